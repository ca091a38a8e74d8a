"""The static cost model: what a run takes, known from shapes alone, before anything is allocated."""

from __future__ import annotations

from dataclasses import dataclass

from engine.records import record
from engine.spec.catalogue.kinds import held
from engine.spec.inference import graph_weights, infer
from engine.spec.memory import batched, predicting
from engine.spec.structure import Graph, Shape, Shapes
from engine.spec.work import call_works


@dataclass(frozen=True, slots=True)
class LayerCost:
    """One call's part of the cost: `flops` and `bytes` of its output for the whole batch.

    `parameters` counts at the first call of a shared layer only, so that sums are right.
    """

    name: str
    kind: str
    output_shapes: Shapes
    parameters: int
    flops: int
    bytes: int


@record
class Tally:
    """What the calls of a graph add up to. `steps` counts recurrent time steps."""

    layers: tuple[LayerCost, ...]
    output_shapes: Shapes
    parameters: int
    flops: int
    steps: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one `predict` of a batch takes.

    `output_shape` is the first output's, batch first, open dimensions None (counted as 1 in the sums).
    `bytes` is the most that is held at one time, in float32: the samples, the model, and either the buffers
    of the compiled plan or, call by call, what is still to be read and what the layer at work lays aside.
    `steps` counts recurrent time steps.
    """

    parameters: int
    output_shape: Shape
    output_shapes: Shapes
    layers: tuple[LayerCost, ...]
    flops: int
    bytes: int
    steps: int


def estimate(graph: Graph, batch_size: int = 1) -> Cost:
    """The cost of predicting one batch; raises ShapeError when the graph's shapes do not fit."""
    found = tally(graph, batch_size)
    return Cost(
        found.parameters,
        found.output_shapes[0],
        found.output_shapes,
        found.layers,
        found.flops,
        predicting(graph, batch_size),
        found.steps,
    )


def tally(graph: Graph, batch_size: int = 1) -> Tally:
    """The sums over all calls, for one batch; raises ShapeError when the graph's shapes do not fit."""
    open_shapes = infer(graph)
    shapes = batched(open_shapes, batch_size)
    works = call_works(graph, shapes)
    sizes = {layer.name: sum(weight.size for weight in weights) for layer, weights in graph_weights(graph)}
    kinds = {layer.name: layer.kind for layer in graph.layers}
    total, rows = sum(sizes.values()), []
    for call, made, told, work in zip(graph.calls, shapes, open_shapes, works, strict=True):
        own = sizes.pop(call.layer, 0)
        rows.append(LayerCost(call.layer, kinds[call.layer], told, own, work.flops, held(*made)))
    return Tally(
        tuple(rows),
        tuple(open_shapes[tensor.call][tensor.output] for tensor in graph.outputs),
        total,
        sum(work.flops for work in works),
        sum(work.steps for work in works),
    )
