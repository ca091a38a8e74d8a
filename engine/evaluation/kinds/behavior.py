"""Criteria on what a network computes: given rows, truth tables, the function of a reference network.

Which weights it computes with: those that the criterion gives; else, where it names a data set, those that
training on it finds; else the learner's own; else those that its initializers draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from engine import language
from engine.datasets import GATES, truth_table
from engine.errors import ShapeError, SourceError
from engine.evaluation.kinds.base import Kind
from engine.evaluation.kinds.settings import (
    BATCH_SIZE,
    EPOCHS,
    DatasetName,
    Examples,
    Weights,
    array,
    arrays,
    run_of,
)
from engine.evaluation.report import Finding, Unmet
from engine.evaluation.subject import Subject, fill
from engine.evaluation.wording import counted, numbers, sample_shape
from engine.explain import Equivalence, equivalent
from engine.explain.forward import plain
from engine.nn import Model, build
from engine.nn.arrays import Array
from engine.spec import Config, Shape, Spec, Value
from engine.spec.arguments import Argument, Choice, Only, Real, Text, Unfit, Whole
from engine.spec.composites import Either
from engine.spec.strict_json import Plain

DRAWS: Final = 3
"""For how many drawn sets of weights two networks are compared that bring none."""

_SOURCES: Final = (
    Argument("weights", Weights(), None, "All its weights, in Keras's order."),
    Argument("dataset", Either((DatasetName(), Only(None))), None, "What it learns first."),
    EPOCHS,
    BATCH_SIZE,
)


def model_of(config: Config, subject: Subject) -> Model:
    """The network with the weights that the criterion means; raises Unmet."""
    given = arrays(config, "weights")
    if given is not None:
        model = build(subject.spec, budget=subject.budget)
        fill(model, given)
        return model
    if config["dataset"] is not None:
        return run_of(config, subject).model
    return subject.model


def one_source(config: Config) -> None:
    """Refuses weights together with a training that would change them."""
    if config["weights"] is not None and config["dataset"] is not None:
        raise ValueError("gives weights and a data set to learn them from; one of them must go")


def examples(config: Config) -> list[tuple[Array, Array]]:
    """The rows of a criterion: inputs and wanted outputs, float64."""
    rows = config["rows"]
    assert isinstance(rows, tuple)
    return [(array(row, "x"), array(row, "y")) for row in rows if isinstance(row, Config)]


def answers(model: Model, x: Sequence[Array]) -> Array:
    """What a network of one input and one output gives for each row; raises Unmet for rows it does not
    take.
    """
    if len(model.input_shapes) > 1 or len(model.output_shapes) > 1:
        raise Unmet("The network has several inputs or outputs; one of each is asked about.")
    try:
        told: Array = model.predict(np.stack(x))
    except (ShapeError, ValueError):
        have: Shape = (None, *x[0].shape)
        raise Unmet(
            f"The rows have inputs of shape {sample_shape(have)}; the network takes "
            f"{sample_shape(model.input_shapes[0])}.",
            f"Write input_shape={sample_shape(have)} in the first layer.",
        ) from None
    return told


def judge_outputs(config: Config, subject: Subject) -> Finding:
    rows = examples(config)
    told = answers(model_of(config, subject), [x for x, _ in rows])
    tolerance = config.real("tolerance")
    if told[0].shape != rows[0][1].shape:
        have, wanted = ((None, *shape) for shape in (told[0].shape, rows[0][1].shape))
        raise Unmet(
            f"For each row the network gives {sample_shape(have)}; {sample_shape(wanted)} is wanted.",
            "Change the last layer.",
        )
    holds = [bool((np.abs(a - y) <= tolerance).all()) for a, (_, y) in zip(told, rows, strict=True)]
    want = [f"{numbers(y)} ± {tolerance:g} is wanted" for _, y in rows]
    return _table([x for x, _ in rows], told, [y for _, y in rows], holds, want)


def judge_truth_table(config: Config, subject: Subject) -> Finding:
    bits, wanted = truth_table(config.text("gate"), config.whole("inputs"))
    told = answers(model_of(config, subject), list(bits.astype(np.float64)))
    if told.shape[1:] != (1,):
        raise Unmet(
            f"The network gives outputs of shape {sample_shape((None, *told.shape[1:]))}; a gate has one.",
            "Let the last layer have 1 unit.",
        )
    margin = config.real("margin")
    holds = [
        bool(a >= 0.5 + margin if bit else a <= 0.5 - margin)
        for a, bit in zip(told[:, 0], wanted, strict=True)
    ]
    want = [
        f"at least {0.5 + margin:g} is wanted" if bit else f"at most {0.5 - margin:g} is wanted"
        for bit in wanted
    ]
    return _table(list(bits), told, list(wanted[:, None]), holds, want)


def _table(
    x: Sequence[Array], told: Array, wanted: Sequence[Array], holds: Sequence[bool], phrases: Sequence[str]
) -> Finding:
    """A finding from a table of rows: the share that holds, and the first row that does not."""
    right, count = sum(holds), len(holds)
    rows: list[Plain] = [
        {"x": plain(given), "have": plain(a), "want": plain(y), "holds": one}
        for given, a, y, one in zip(x, told, wanted, holds, strict=True)
    ]
    evidence: dict[str, Plain] = {"rows": rows}
    value, limit = f"{right} of {count}", f"needed {count}"
    hold = "row holds" if count == 1 else "rows hold"
    if right == count:
        return Finding(1.0, f"{'All ' if count > 1 else ''}{count} {hold}.", "", value, limit, evidence)
    first = holds.index(False)
    reason = (
        f"{right} of {count} {hold}. For {numbers(x[first])} the network gives {numbers(told[first])}; "
        f"{phrases[first]}."
    )
    return Finding(right / count, reason, "Work that row through by hand.", value, limit, evidence)


def reference_of(config: Config) -> Spec:
    """The network that a criterion compares with."""
    return language.parse(config.text("reference"))


def judge_equivalent(config: Config, subject: Subject) -> Finding:
    reference = reference_of(config)
    own, theirs = arrays(config, "weights"), arrays(config, "reference_weights")
    if own is None and theirs is None and subject.weights is None and config["dataset"] is None:
        return _told(_for_drawn_weights(reference, subject))
    other = build(reference, subject.seed)
    given = theirs if theirs is not None else own
    if given is not None:
        fill(other, given)
    return _told(equivalent(model_of(config, subject), other, subject.budget))


def _for_drawn_weights(reference: Spec, subject: Subject) -> Equivalence:
    """Compares both networks with the same weights, drawn a few times; raises Unmet when one set does not
    fit both.
    """
    found: Equivalence | None = None
    for draw in range(DRAWS):
        random = np.random.default_rng([subject.seed, draw])
        other, own = build(reference, subject.seed), build(subject.spec, subject.seed, budget=subject.budget)
        weights = [random.normal(0, 0.5, weight.shape) for weight in other.get_weights()]
        fill(other, weights)
        fill(own, weights)
        found = equivalent(own, other, subject.budget)
        if not found:
            break
    assert found is not None
    return found


def _told(found: Equivalence) -> Finding:
    example = found.counterexample
    if found:
        return Finding(1.0, f"It computes what the reference computes. {found.reason}")
    if example is None:
        reason = found.reason.replace("One ", "Your network ", 1).replace("the other", "the reference", 1)
        return Finding(0.0, reason, "Change the first or the last layer.")
    evidence: dict[str, Plain] = {"counterexample": example.to_dict()}
    reason = (
        f"For the input {numbers(example.x[0])} the network gives {numbers(example.one[0])}; the reference "
        f"gives {numbers(example.other[0])}."
    )
    return Finding(0.0, reason, "Follow that input through both networks.", evidence=evidence)


class NetworkText(Text):
    """A network as Keras text, whatever its length."""

    def read(self, value: Value, /) -> Value:
        if isinstance(value, str):
            return value
        raise Unfit(self.describe())

    def describe(self) -> str:
        return "a network as Keras text"


def readable(config: Config) -> None:
    """Refuses a reference that does not read, and weights that do not fit it."""
    one_source(config)
    try:
        reference = build(reference_of(config))
    except SourceError as error:
        raise ValueError(f"has a reference that does not read: {error.diagnostics[0]}") from None
    weights = arrays(config, "reference_weights")
    if weights is None:
        return
    try:
        reference.set_weights(weights)
    except ShapeError as error:
        raise ValueError(f"has reference_weights that do not fit: {error}") from None


def alike(config: Config) -> None:
    """Refuses rows of different shapes."""
    one_source(config)
    rows = examples(config)
    if len({x.shape for x, _ in rows}) > 1 or len({y.shape for _, y in rows}) > 1:
        raise ValueError("has rows of different shapes")


def title_of_gate(config: Config) -> str:
    return f"Computes {config.text('gate').upper()} of {config.whole('inputs')} inputs"


BEHAVIOR: Final = (
    Kind(
        "outputs",
        "Given inputs and the outputs wanted for them; each row counts.",
        (
            Argument("rows", Examples(), doc="Inputs x and wanted outputs y."),
            Argument("tolerance", Real(least=0.0), 0.01, "How far off an output may be."),
            *_SOURCES,
        ),
        lambda config: f"Gives the right outputs for {counted(len(examples(config)), 'row')}",
        judge_outputs,
        alike,
        is_static=False,
    ),
    Kind(
        "truth_table",
        "A gate: one output, above a half where the gate answers 1; each row counts.",
        (
            Argument("gate", Choice(tuple(GATES)), doc="The gate."),
            Argument("inputs", Whole(1, 6), 2, "How many bits go in."),
            Argument("margin", Real(least=0.0, below=0.5), 0.1, "How far from a half an output must be."),
            *_SOURCES,
        ),
        title_of_gate,
        judge_truth_table,
        one_source,
        is_static=False,
    ),
    Kind(
        "equivalent",
        "The same function as a reference network; without weights, for weights drawn for both.",
        (
            Argument("reference", NetworkText(), doc="The reference as Keras text."),
            Argument("reference_weights", Weights(), None, "Its weights; by default those of `weights`."),
            *_SOURCES,
        ),
        lambda config: "Computes what the reference computes",
        judge_equivalent,
        readable,
        is_static=False,
    ),
)
