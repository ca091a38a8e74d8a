"""Criteria on what a network is made of: its layers, their units and activations, its shapes and size."""

from __future__ import annotations

from typing import Final

from engine.evaluation.kinds.base import Kind, between, needs_a_bound
from engine.evaluation.kinds.settings import LAYER_LIST
from engine.evaluation.report import Finding
from engine.evaluation.subject import Subject
from engine.evaluation.wording import counted, layer_place, ordinal, parameter_sum, sample_shape, sequence
from engine.spec import Config, Layer, Shape, input_shapes
from engine.spec.arguments import Argument, Choice, Dimensions, Whole
from engine.spec.catalogue import ACTIVATIONS
from engine.spec.composites import Many
from engine.spec.strict_json import Plain

AT_MOST: Final = Argument("at_most", Whole(0, none=True), None, "The largest number allowed.")
AT_LEAST: Final = Argument("at_least", Whole(0, none=True), None, "The smallest number allowed.")


def words(config: Config, key: str = "want") -> tuple[str, ...]:
    """An argument that is a list of strings."""
    value = config[key]
    assert isinstance(value, tuple)
    return tuple(str(part) for part in value)


def judge_layers(config: Config, subject: Subject) -> Finding:
    want = words(config)
    plain = "Activation" in want
    have = tuple(
        layer.kind for layer in (subject.layers if plain else (layer for layer, _ in subject.folded))
    )
    value, limit = counted(len(have), "layer"), f"needed {len(want)}"
    if have == want:
        return Finding(1.0, f"The layers are {sequence(have)}.", value=value, limit=limit)
    index = first_difference(have, want)
    if index == len(have):
        reason = f"The network ends after {counted(len(have), 'layer')}; {len(want)} are wanted."
        advice = f"Add {listed_kinds(want[index:])}."
    elif index == len(want):
        reason = f"There are {len(have)} layers; {len(want)} are wanted."
        advice = f"Take out what comes after the {ordinal(index - 1)} layer." if index else "Take them out."
    else:
        reason = f"The {ordinal(index)} layer is {have[index]}; {want[index]} is wanted there."
        advice = f"Let the layers be {sequence(want)}."
    return Finding(0.0, reason, advice, value, limit, {"have": list(have), "want": list(want)})


def listed_kinds(kinds: tuple[str, ...]) -> str:
    """`a Dense layer`, `the layers Dense, Dense`."""
    return f"a {kinds[0]} layer" if len(kinds) == 1 else f"the layers {sequence(kinds)}"


def first_difference(have: tuple[object, ...], want: tuple[object, ...]) -> int:
    """The index of the first entry that differs, or at which one of the two ends."""
    for index, (one, other) in enumerate(zip(have, want, strict=False)):
        if one != other:
            return index
    return min(len(have), len(want))


def size_of(layer: Layer) -> int | None:
    """How many units a layer has; for a convolution its filters."""
    for key in ("units", "filters"):
        value = layer.config.get(key)
        if isinstance(value, int):
            return value
    return None


def judge_units(config: Config, subject: Subject) -> Finding:
    want = config.wholes("want")
    sized = [(layer, size) for layer in subject.layers if (size := size_of(layer)) is not None]
    have = tuple(size for _, size in sized)
    value, limit = sequence(have), f"needed {sequence(want)}"
    if have == want:
        return Finding(1.0, f"The layers have {sequence(have)} units.", value=value, limit=limit)
    index = first_difference(have, want)
    if index < len(have) and index < len(want):
        layer, size = sized[index]
        place = layer_place(subject.spec, layer)
        reason = f"{place[0].upper()}{place[1:]}, has {counted(size, 'unit')}; {want[index]} are wanted."
        advice = f"Give that layer {counted(want[index], 'unit')}."
    else:
        reason = f"{counted(len(have), 'layer')} with units; {len(want)} are wanted."
        advice = f"Let the layers with units have {sequence(want)} of them."
    return Finding(0.0, reason, advice, value, limit, {"have": list(have), "want": list(want)})


def judge_activations(config: Config, subject: Subject) -> Finding:
    want = words(config)
    acting = [(layer, name) for layer, name in subject.folded if size_of(layer) is not None]
    have = tuple(name for _, name in acting)
    value, limit = sequence(have), f"needed {sequence(want)}"
    if have == want:
        return Finding(1.0, f"The activations are {sequence(have)}.", value=value, limit=limit)
    index = first_difference(have, want)
    if index < len(have) and index < len(want):
        layer, name = acting[index]
        place = layer_place(subject.spec, layer)
        does = "applies no activation" if name == "linear" else f"applies {name}"
        reason = f"{place[0].upper()}{place[1:]}, {does}; {want[index]} is wanted there."
        advice = f"Write activation='{want[index]}' in that layer."
    else:
        reason = f"There are {counted(len(have), 'layer')} with an activation; {len(want)} are wanted."
        advice = f"Let the activations be {sequence(want)}."
    return Finding(0.0, reason, advice, value, limit, {"have": list(have), "want": list(want)})


def judge_output_shape(config: Config, subject: Subject) -> Finding:
    want: Shape = (None, *config.shape("want"))
    have = subject.cost.output_shape
    value, limit = sample_shape(have), f"needed {sample_shape(want)}"
    if have[1:] == want[1:]:
        last = subject.folded[-1] if subject.folded else None
        told = (
            f'The last layer, "{last[0].name}", gives {sample_shape(have)}' if last else "The output is right"
        )
        ending = f" and applies {last[1]}." if last and last[1] != "linear" else "."
        return Finding(1.0, told + ending, value=value, limit=limit)
    advice = (
        f"Give the last layer {counted(want[1], 'unit')}."
        if len(have) == len(want) == 2 and want[1] is not None
        else f"Change the last layers until the output has the shape {sample_shape(want)}."
    )
    reason = f"Each sample comes out as {sample_shape(have)}; {sample_shape(want)} is wanted."
    return Finding(0.0, reason, advice, value, limit)


def judge_input_shape(config: Config, subject: Subject) -> Finding:
    want: Shape = (None, *config.shape("want"))
    have = input_shapes(subject.spec)[0]
    value, limit = sample_shape(have), f"needed {sample_shape(want)}"
    if have[1:] == want[1:]:
        return Finding(1.0, f"Each sample goes in as {sample_shape(have)}.", value=value, limit=limit)
    reason = f"The network takes samples of shape {sample_shape(have)}; the data has {sample_shape(want)}."
    return Finding(0.0, reason, f"Write input_shape={sample_shape(want)}.", value, limit)


def judge_parameters(config: Config, subject: Subject) -> Finding:
    have = subject.cost.parameters
    least, most = config["at_least"], config["at_most"]
    worked = parameter_sum(subject.spec)
    layers: list[Plain] = [[row.name, row.kind, row.parameters] for row in subject.cost.layers]
    evidence: dict[str, Plain] = {"layers": layers}
    value = f"{have:,}"
    limit = f"allowed {most:,}" if isinstance(most, int) else f"needed {least:,}"
    if isinstance(most, int) and have > most:
        return Finding(
            0.0,
            f"{worked}: that is {have - most:,} more than allowed.",
            "Give the largest layer fewer units.",
            value,
            limit,
            evidence,
        )
    if isinstance(least, int) and have < least:
        reason = f"{worked}: {least - have:,} are missing." if worked else "No layer has parameters."
        return Finding(0.0, reason, "Add units or layers.", value, f"needed {least:,}", evidence)
    reason = f"{worked}." if worked else "No layer has parameters."
    return Finding(1.0, reason, value=value, limit=limit, evidence=evidence)


def _kinds(doc: str) -> Argument:
    return Argument("want", LAYER_LIST, doc=doc)


ARCHITECTURE: Final = (
    Kind(
        "layers",
        "The kinds of layers, in order. Inputs do not count; Activation layers count only if listed.",
        (_kinds("The layers, first to last."),),
        lambda config: f"Layers: {sequence(words(config))}",
        judge_layers,
    ),
    Kind(
        "units",
        "How many units (or filters) each layer that has them must have, in order.",
        (Argument("want", Many(Whole(1)), doc="The units, first layer to last."),),
        lambda config: f"Units: {sequence(config.wholes('want'))}",
        judge_units,
    ),
    Kind(
        "activations",
        "The activation of each layer with units, in order; one that follows as a layer counts as well.",
        (Argument("want", Many(Choice(tuple(ACTIVATIONS))), doc="The activations, first layer to last."),),
        lambda config: f"Activations: {sequence(words(config))}",
        judge_activations,
    ),
    Kind(
        "input_shape",
        "The shape of one sample that goes in.",
        (Argument("want", Dimensions(), doc="The shape, without the batch."),),
        lambda config: f"Takes samples of shape {sample_shape((None, *config.shape('want')))}",
        judge_input_shape,
    ),
    Kind(
        "output_shape",
        "The shape of what comes out for one sample.",
        (Argument("want", Dimensions(), doc="The shape, without the batch."),),
        lambda config: f"Gives outputs of shape {sample_shape((None, *config.shape('want')))}",
        judge_output_shape,
    ),
    Kind(
        "parameters",
        "How many numbers the network may learn.",
        (AT_MOST, AT_LEAST),
        lambda config: between(config, "parameters"),
        judge_parameters,
        needs_a_bound,
    ),
)
