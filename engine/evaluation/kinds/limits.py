"""Criteria on what a network may contain and may cost, all known from its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.budget import amount
from engine.evaluation.kinds.architecture import AT_LEAST, AT_MOST, words
from engine.evaluation.kinds.base import Kind, between, needs_a_bound
from engine.evaluation.kinds.settings import LAYER_LIST, KindName, LayerName
from engine.evaluation.report import Finding
from engine.evaluation.subject import Subject
from engine.evaluation.wording import counted, sequence
from engine.spec import Config, Graph, Layer
from engine.spec.arguments import Argument, Only, Whole
from engine.spec.catalogue.losses import LOSS
from engine.spec.catalogue.optimizers import OPTIMIZER
from engine.spec.composites import Either, Many
from engine.spec.strict_json import Plain


def every_layer(graph: Graph) -> Iterator[Layer]:
    """All layers, those of nested models and the ones in wrappers included; no inputs."""
    for layer in graph.layers:
        if layer.model is not None:
            yield from every_layer(layer.model)
        elif layer.kind != "InputLayer":
            yield layer
            yield from (inner for inner in layer.config.values() if isinstance(inner, Layer))


def kinds_of(subject: Subject) -> tuple[str, ...]:
    """The kinds of all layers, in order."""
    return tuple(layer.kind for layer in every_layer(subject.spec))


def judge_uses(config: Config, subject: Subject) -> Finding:
    want, have = words(config), kinds_of(subject)
    missing = tuple(dict.fromkeys(kind for kind in want if kind not in have))
    evidence: dict[str, Plain] = {"have": list(have), "missing": list(missing)}
    if not missing:
        return Finding(1.0, f"The layers are {sequence(have)}.", evidence=evidence)
    share = 1 - len(missing) / len(set(want))
    reason = f"There is no {' and no '.join(missing)} layer; the layers are {sequence(have)}."
    return Finding(share, reason, f"Add {' and '.join(missing)}.", evidence=evidence)


def judge_avoids(config: Config, subject: Subject) -> Finding:
    unwanted = words(config)
    found = [layer for layer in every_layer(subject.spec) if layer.kind in unwanted]
    if not found:
        return Finding(1.0, f"There is no {' and no '.join(unwanted)} layer.")
    told = sequence([f'{layer.kind} "{layer.name}"' for layer in found])
    kinds = sequence(tuple(dict.fromkeys(layer.kind for layer in found)))
    return Finding(0.0, f"The network has {told}.", f"Do it without {kinds}.")


def bounded(config: Config, have: int, noun: str, told: str, less: str, more: str) -> Finding:
    """A finding on a number between at_least and at_most; `told` is the sentence that says it."""
    least, most = config["at_least"], config["at_most"]
    if isinstance(most, int) and have > most:
        return Finding(0.0, f"{told}; at most {most:,} are allowed.", less, f"{have:,}", f"allowed {most:,}")
    if isinstance(least, int) and have < least:
        return Finding(0.0, f"{told}; at least {least:,} are wanted.", more, f"{have:,}", f"needed {least:,}")
    limit = f"allowed {most:,}" if isinstance(most, int) else f"needed {least:,}"
    return Finding(1.0, f"{told}.", value=f"{have:,}", limit=limit)


def judge_count(config: Config, subject: Subject) -> Finding:
    kind = config["of"]
    have = sum(1 for each in kinds_of(subject) if kind is None or each == kind)
    noun = "layer" if kind is None else f"{kind} layer"
    return bounded(
        config, have, noun, f"The network has {counted(have, noun)}", f"Take out {noun}s.", f"Add {noun}s."
    )


def title_of_count(config: Config) -> str:
    kind = config["of"]
    return between(config, "layers" if kind is None else f"{kind} layers")


def judge_flops(config: Config, subject: Subject) -> Finding:
    have = subject.cost.flops
    per_layer: list[Plain] = [[row.name, row.kind, row.flops] for row in subject.cost.layers]
    found = bounded(
        config, have, "operations", f"One sample takes {have:,} operations ({amount('flops', have)})",
        "Use fewer units, fewer filters or larger strides.", "Use more units or more layers.",
    )  # fmt: skip
    return Finding(found.share, found.reason, found.advice, found.value, found.limit, {"layers": per_layer})


def judge_epochs(config: Config, subject: Subject) -> Finding:
    fit = subject.spec.fit
    if fit is None:
        return Finding(
            0.0, "The text does not say for how long to train.", "Write model.fit(x, y, epochs=20)."
        )
    return bounded(
        config, fit.epochs, "epochs", f"The text trains for {counted(fit.epochs, 'epoch')}",
        "Let epochs be smaller.", "Let epochs be larger.",
    )  # fmt: skip


def judge_compile(config: Config, subject: Subject) -> Finding:
    compiled = subject.spec.compiled
    if compiled is None:
        advice = "Write model.compile(optimizer='adam', loss='categorical_crossentropy')."
        return Finding(0.0, "The text does not compile the model.", advice)
    parts: list[tuple[str, str, tuple[str, ...]]] = []
    for what, value in (("optimizer", compiled.optimizer), ("loss", compiled.loss)):
        if config[what] is not None:
            parts.append((what, getattr(value, "kind", "none"), words(config, what)))
    wrong = [(what, have, want) for what, have, want in parts if have not in want]
    share = 1 - len(wrong) / len(parts)
    if not wrong:
        return Finding(1.0, " ".join(f"The {what} is {have}." for what, have, _ in parts))
    reason = " ".join(f"The {what} is {have}; wanted is {' or '.join(want)}." for what, have, want in wrong)
    return Finding(share, reason, "Change it in model.compile(...).")


def title_of_compile(config: Config) -> str:
    told = [f"{what} {' or '.join(words(config, what))}" for what in ("optimizer", "loss") if config[what]]
    return f"Compiled with {' and '.join(told)}"


def needs_optimizer_or_loss(config: Config) -> None:
    """Refuses a criterion that asks for neither."""
    if not config["optimizer"] and not config["loss"]:
        raise ValueError("needs optimizer, loss or both")


LIMITS: Final = (
    Kind(
        "uses",
        "Kinds of layers that must be there, anywhere.",
        (Argument("want", LAYER_LIST, doc="The kinds."),),
        lambda config: f"Uses {sequence(words(config))}",
        judge_uses,
    ),
    Kind(
        "avoids",
        "Kinds of layers that must not be there.",
        (Argument("want", LAYER_LIST, doc="The kinds."),),
        lambda config: f"Does without {sequence(words(config))}",
        judge_avoids,
    ),
    Kind(
        "layer_count",
        "How many layers there are, of one kind or in all; inputs do not count.",
        (Argument("of", Either((LayerName(), Only(None))), None, "The kind that counts."), AT_MOST, AT_LEAST),
        title_of_count,
        judge_count,
        needs_a_bound,
    ),
    Kind(
        "flops",
        "How many operations one sample takes.",
        (AT_MOST, AT_LEAST),
        lambda config: between(config, "operations for one sample"),
        judge_flops,
        needs_a_bound,
    ),
    Kind(
        "epochs",
        "For how many epochs the text trains.",
        (
            Argument("at_most", Whole(1, none=True), None, "The largest number allowed."),
            Argument("at_least", Whole(1, none=True), None, "The smallest number allowed."),
        ),
        lambda config: between(config, "epochs"),
        judge_epochs,
        needs_a_bound,
    ),
    Kind(
        "compile",
        "What the text compiles the model with.",
        (
            Argument(
                "optimizer", Either((Many(KindName(OPTIMIZER)), Only(None))), None, "Those that will do."
            ),
            Argument("loss", Either((Many(KindName(LOSS)), Only(None))), None, "Those that will do."),
        ),
        title_of_compile,
        judge_compile,
        needs_optimizer_or_loss,
    ),
)
