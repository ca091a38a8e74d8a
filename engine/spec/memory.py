"""How much memory a run holds at its fullest moment, known from shapes alone: a prediction, or a training.

Either the compiled plan runs a network, in buffers, or its calls are made one after the other. All counts are
of float32, with the samples that are given and everything that the model itself holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from engine.spec.catalogue.kinds import NUMBER, held
from engine.spec.inference import graph_weights, infer, layer_weights
from engine.spec.line import GATHERED, chunk_size, has_step, is_straight, name_of
from engine.spec.line_memory import Stop, Teaching, as_sizes, line_bytes
from engine.spec.settings import Compile
from engine.spec.structure import Graph, Item, Layer, Shape, Shapes
from engine.spec.training_space import loss_arrays, optimizer_state
from engine.spec.work import call_works, given, predicting_peak, training_moments

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
        peak, left = predicting_peak(graph, shapes, call_works(graph, shapes))
        return model + samples + max(peak, left + answers)
    widths = [made[0][1] or 1 for made in open_shapes if len(made[0]) == 2]
    chunk = min(chunk_size(widths), batch_size)
    sizes = {chunk, batch_size % chunk} - {0}
    buffers = _buffers(graph, open_shapes, sizes)
    first = answers * chunk // batch_size if chunk < batch_size else 0
    return model + samples + answers + first + buffers


def training(graph: Graph, compiled: Compile | None, samples: int, batch_size: int) -> int:
    """Bytes of training on so many samples in batches of a size, the samples and their targets included.

    Where no settings are given, they are counted as Adam's and those of the loss that takes most.
    """
    open_shapes, size = infer(graph), max(min(batch_size, samples), 1)
    x, targets = _ends(graph, batched(open_shapes, max(samples, 1)))
    weights, state = weight_bytes(graph), optimizer_state(compiled)
    if _is_planned(graph, open_shapes):
        lasting, back = _planned_training(graph, open_shapes, compiled, samples, size), 0
    else:
        lasting, back = _called_training(graph, batched(open_shapes, size), compiled)
    steady = (2 + state.kept) * weights + lasting + max(back, state.aside * weights)
    return x + targets + max(4 * weights, steady)


def _called_training(graph: Graph, shapes: Sequence[Shapes], compiled: Compile | None) -> tuple[int, int]:
    """What one batch leaves behind on the way there, and the most beside that."""
    samples, answers = _ends(graph, shapes)
    step = training_moments(graph, shapes, call_works(graph, shapes))
    arrays = loss_arrays(compiled.loss if compiled is not None else None)
    return samples + answers + step.kept, max(int(arrays * answers), step.aside, answers + step.back)


def _planned_training(
    graph: Graph, shapes: Sequence[Shapes], compiled: Compile | None, samples: int, size: int
) -> int:
    """The batches that a plan lays out at a time, as they are drawn and as its steps want them, and the
    buffers of its steps.
    """
    x, targets = _ends(graph, batched(shapes, size))
    together = max(1, min(samples // size, GATHERED // max(x // NUMBER, 1)))
    teaching = _teaching(graph.layers[-1], shapes[-1][0], compiled)
    sizes = {size, samples % size} - {0}
    buffers = _buffers(graph, shapes, sizes, teaching)
    return 2 * together * (x + targets) + targets * samples // size + buffers


def _teaching(last: Layer, shape: Shape, compiled: Compile | None) -> Teaching:
    loss = compiled.loss if compiled is not None else None
    name = loss.kind if isinstance(loss, Item) else ""
    is_fused = last.kind == "Dense" and len(shape) == 2
    if name == "MeanSquaredError":
        is_fused = is_fused and name_of(last) is not None
    else:
        is_fused = is_fused and (name, last.config["activation"]) in FUSED
    return Teaching(loss_arrays(loss), name if is_fused else "")


def _buffers(
    graph: Graph, shapes: Sequence[Shapes], sizes: Iterable[int], teaching: Teaching | None = None
) -> int:
    """What plans for batches of these sizes hold, of which one runs at a time."""
    lines = [_line(graph, shapes, size, teaching) for size in sizes]
    return sum(lasting for lasting, _ in lines) + max(beside for _, beside in lines)


def _line(
    graph: Graph, shapes: Sequence[Shapes], batch_size: int, teaching: Teaching | None
) -> tuple[int, int]:
    works = call_works(graph, batched(shapes, batch_size))
    layers = {layer.name: layer for layer in graph.layers}
    stops: list[Stop] = []
    for number, (call, work) in enumerate(zip(graph.calls, works, strict=True)):
        layer, inputs = layers[call.layer], given(graph, shapes, number)
        weights = NUMBER * sum(weight.size for weight in layer_weights(layer, inputs))
        stops.append(Stop(layer, as_sizes(shapes[number][0], batch_size), weights, work))
    return line_bytes(stops, stops[0].shape, teaching)


def _is_planned(graph: Graph, shapes: Sequence[Shapes]) -> bool:
    return is_straight(graph, shapes) and any(has_step(layer) for layer in graph.layers)


def _ends(graph: Graph, shapes: Sequence[Shapes]) -> tuple[int, int]:
    """Bytes of what goes in, and of what comes out."""
    samples, answers = (
        sum(held(shapes[tensor.call][tensor.output]) for tensor in ends)
        for ends in (graph.inputs, graph.outputs)
    )
    return samples, answers


def batched(shapes: Sequence[Shapes], batch_size: int) -> tuple[Shapes, ...]:
    """The output shapes of every call, for a batch of that size."""
    return tuple(tuple(as_sizes(shape, batch_size) for shape in made) for made in shapes)


def weight_bytes(graph: Graph) -> int:
    """Bytes of all weights."""
    return NUMBER * sum(weight.size for _, weights in graph_weights(graph) for weight in weights)
