"""How much memory a run holds at its fullest moment, known from shapes alone: a prediction, or a training.

Either the compiled plan runs a network, in buffers, or its calls are made one after the other. All counts are
of float32, with the samples that are given and everything that the model itself holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Final

from engine.spec.catalogue.kinds import NUMBER, held
from engine.spec.inference import graph_weights, infer, layer_weights
from engine.spec.line import GATHERED, chunk_size, has_step, is_straight, name_of
from engine.spec.line_memory import LOSS, Sizes, Stop, as_sizes, line_bytes
from engine.spec.settings import Compile
from engine.spec.structure import Graph, Item, Layer, Shapes
from engine.spec.work import call_works, predicting_peak, training_peak

STATE: Final = {
    "SGD": (0, 0),
    "RMSprop": (1, 3),
    "Adam": (3, 0),
    "AdamW": (3, 0),
    "Adamax": (2, 3),
    "Nadam": (2, 4),
    "Adagrad": (1, 3),
    "Adadelta": (2, 3),
}
"""Numbers for every weight: the optimizer's state, and what a step lays aside."""

EXTRA: Final = {"momentum": 1, "centered": 1, "amsgrad": 1}
"""Settings that keep one number more for every weight."""

FUSED: Final = frozenset(
    (
        ("BinaryCrossentropy", "sigmoid"),
        ("CategoricalCrossentropy", "softmax"),
        ("SparseCategoricalCrossentropy", "softmax"),
    )
)
"""Losses that a plan takes together with the last activation."""


def predicting(graph: Graph, batch_size: int) -> int:
    """Bytes of predicting one batch; raises ShapeError for shapes that do not fit."""
    open_shapes = infer(graph)
    shapes = batched(open_shapes, batch_size)
    samples, answers = _ends(graph, shapes)
    model = 2 * weight_bytes(graph)
    if not _is_planned(graph, open_shapes):
        works = call_works(graph, shapes)
        peak, left = predicting_peak(graph, shapes, works)
        return model + samples + max(peak, left + answers)
    widths = [made[0][1] or 1 for made in open_shapes if len(made[0]) == 2]
    chunk = min(chunk_size(widths), batch_size)
    sizes = {chunk, batch_size % chunk} - {0}
    buffers = sum(_line(graph, open_shapes, size) for size in sizes)
    first = answers * chunk // batch_size if chunk < batch_size else 0
    return model + samples + answers + first + buffers


def training(graph: Graph, compiled: Compile | None, samples: int, batch_size: int) -> int:
    """Bytes of training on so many samples in batches of a size, the samples and their targets included."""
    open_shapes = infer(graph)
    size = max(min(batch_size, samples), 1)
    shapes = batched(open_shapes, size)
    weights = weight_bytes(graph)
    slots, aside = _state(compiled)
    given, targets = _ends(graph, batched(open_shapes, max(samples, 1)))
    if _is_planned(graph, open_shapes) and len(graph.outputs) == 1:
        lasting = _gathered(graph, open_shapes, samples, size, targets)
        lasting += sum(_line(graph, open_shapes, each, compiled) for each in {size, samples % size} - {0})
        back = 0
    else:
        works = call_works(graph, shapes)
        some, answers = _ends(graph, shapes)
        kept, back = training_peak(graph, shapes, works)
        lasting = some + answers + kept
        back = max(LOSS * answers, answers + back)
    steady = (2 + slots) * weights + lasting + max(back, aside * weights)
    return given + targets + max(4 * weights, steady)


def _gathered(graph: Graph, shapes: Sequence[Shapes], samples: int, size: int, targets: int) -> int:
    """The batches that a plan lays out at a time, as they are drawn and as its steps want them."""
    first = as_sizes(shapes[0][0], size)
    together = max(1, min(samples // size, GATHERED // max(prod(first), 1)))
    answers = targets * size // max(samples, 1)
    return together * (2 * held(first) + 2 * answers) + targets


def _line(graph: Graph, shapes: Sequence[Shapes], batch_size: int, compiled: Compile | None = None) -> int:
    stops = _stops(graph, shapes, batch_size)
    if compiled is None:
        return line_bytes(stops, stops[0].shape, trains=False)
    loss = compiled.loss.kind if isinstance(compiled.loss, Item) else ""
    return line_bytes(stops, stops[0].shape, True, loss, _is_fused(stops[-1].layer, stops[-1].shape, loss))


def _is_fused(last: Layer, shape: Sizes, loss: str) -> bool:
    if last.kind != "Dense" or len(shape) != 2:
        return False
    if loss == "MeanSquaredError":
        return name_of(last) is not None
    return (loss, last.config["activation"]) in FUSED


def _stops(graph: Graph, shapes: Sequence[Shapes], batch_size: int) -> list[Stop]:
    filled = batched(shapes, batch_size)
    works, layers = call_works(graph, filled), {layer.name: layer for layer in graph.layers}
    stops: list[Stop] = []
    for number, call in enumerate(graph.calls):
        layer = layers[call.layer]
        inputs = tuple(shapes[tensor.call][tensor.output] for tensor in call.inputs)
        weights = NUMBER * sum(weight.size for weight in layer_weights(layer, inputs))
        stops.append(Stop(layer, as_sizes(shapes[number][0], batch_size), weights, works[number]))
    return stops


def _is_planned(graph: Graph, shapes: Sequence[Shapes]) -> bool:
    return is_straight(graph, shapes) and any(has_step(layer) for layer in graph.layers)


def _ends(graph: Graph, shapes: Sequence[Shapes]) -> tuple[int, int]:
    """Bytes of what goes in, and of what comes out."""
    samples, answers = (
        sum(held(shapes[tensor.call][tensor.output]) for tensor in ends)
        for ends in (graph.inputs, graph.outputs)
    )
    return samples, answers


def _state(compiled: Compile | None) -> tuple[int, int]:
    if compiled is None:
        return STATE["Adam"]
    slots, aside = STATE[compiled.optimizer.kind]
    config = compiled.optimizer.config
    return slots + sum(count for name, count in EXTRA.items() if config.get(name)), aside


def batched(shapes: Sequence[Shapes], batch_size: int) -> tuple[Shapes, ...]:
    """The output shapes of every call, for a batch of that size."""
    return tuple(tuple(as_sizes(shape, batch_size) for shape in made) for made in shapes)


def weight_bytes(graph: Graph) -> int:
    """Bytes of all weights."""
    return NUMBER * sum(weight.size for _, weights in graph_weights(graph) for weight in weights)
