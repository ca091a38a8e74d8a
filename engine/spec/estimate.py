"""The static cost model: what a run takes, known from shapes alone, before anything is allocated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.spec.catalogue.kinds import Work, volume
from engine.spec.inference import graph_weights, infer, layer_cost
from engine.spec.structure import Graph, Shape, Shapes

NUMBER: Final = 4
"""Bytes of one float32."""


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


@dataclass(frozen=True, slots=True)
class Cost:
    """What one `predict` of a batch takes, summed over all layers.

    `output_shape` is the first output's, batch first, open dimensions None (counted as 1 in the sums).
    `bytes` holds weights, every activation and the largest scratch space, in float32. `steps` counts
    recurrent time steps; `kept` are the bytes that a training holds on to for the way back.
    """

    parameters: int
    output_shape: Shape
    output_shapes: Shapes
    layers: tuple[LayerCost, ...]
    flops: int
    bytes: int
    steps: int
    kept: int


def estimate(graph: Graph, batch_size: int = 1) -> Cost:
    """The cost of predicting one batch; raises ShapeError when the graph's shapes do not fit."""
    open_shapes = infer(graph)
    shapes = tuple(tuple(_filled(shape, batch_size) for shape in outputs) for outputs in open_shapes)
    sizes = {layer.name: sum(weight.size for weight in weights) for layer, weights in graph_weights(graph)}
    layers = {layer.name: layer for layer in graph.layers}
    rows: list[LayerCost] = []
    works: list[Work] = []
    counted: set[str] = set()
    for call, outputs, told in zip(graph.calls, shapes, open_shapes, strict=True):
        inputs = tuple(shapes[tensor.call][tensor.output] for tensor in call.inputs)
        layer = layers[call.layer]
        work = layer_cost(layer, inputs, outputs)
        held = NUMBER * sum(volume(shape) for shape in outputs)
        parameters = 0 if layer.name in counted else sizes[layer.name]
        counted.add(layer.name)
        works.append(work)
        rows.append(LayerCost(layer.name, layer.kind, told, parameters, work.flops, held))
    total = sum(sizes.values())
    outputs = tuple(open_shapes[tensor.call][tensor.output] for tensor in graph.outputs)
    return Cost(
        parameters=total,
        output_shape=outputs[0],
        output_shapes=outputs,
        layers=tuple(rows),
        flops=sum(work.flops for work in works),
        bytes=NUMBER * total + sum(row.bytes for row in rows) + max(work.scratch for work in works),
        steps=sum(work.steps for work in works),
        kept=sum(work.kept for work in works),
    )


def _filled(shape: Shape, batch_size: int) -> Shape:
    return (batch_size if shape[0] is None else shape[0], *shape[1:])
