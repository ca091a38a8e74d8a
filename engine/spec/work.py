"""What a call of a layer costs, and what running all calls of a graph holds at its fullest moments.

A prediction lets a result go once nobody reads it any more. Training holds on to every result, and to what
each layer keeps beside it, until the way back is done.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.records import record
from engine.spec.catalogue.kinds import Work, held
from engine.spec.inference import infer, kind_of
from engine.spec.structure import Graph, Layer, Shapes


def layer_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """What one call costs, for shapes that fit; a nested model costs what its own calls do."""
    if layer.model is None:
        return kind_of(layer.kind).cost(layer, inputs, outputs)
    shapes = infer(layer.model, inputs)
    works = call_works(layer.model, shapes)
    made = held(*outputs)
    trained = training_moments(layer.model, shapes, works)
    return Work(
        sum(work.flops for work in works),
        max(predicting_peak(layer.model, shapes, works)[0] - made, 0),
        sum(work.steps for work in works),
        max(trained.kept - made, 0),
        max(trained.back, trained.aside),
    )


def call_works(graph: Graph, shapes: Sequence[Shapes]) -> list[Work]:
    """The cost of every call, for the output shapes of all calls."""
    layers = {layer.name: layer for layer in graph.layers}
    return [
        layer_cost(layers[call.layer], given(graph, shapes, number), made)
        for number, (call, made) in enumerate(zip(graph.calls, shapes, strict=True))
    ]


def given(graph: Graph, shapes: Sequence[Shapes], number: int) -> Shapes:
    """The shapes of a call's main inputs."""
    return tuple(shapes[tensor.call][tensor.output] for tensor in graph.calls[number].inputs)


def predicting_peak(graph: Graph, shapes: Sequence[Shapes], works: Sequence[Work]) -> tuple[int, int]:
    """Bytes at the fullest moment of one prediction, beside its inputs; and those left at its end: the
    outputs, as far as these are not the inputs themselves.
    """
    sources = list(range(len(graph.calls)))
    entries = {tensor.call for tensor in graph.inputs}
    last = [len(graph.calls) if number in entries else number for number in sources]
    for number, (call, work) in enumerate(zip(graph.calls, works, strict=True)):
        if work.passes_on and call.inputs and number not in entries:
            sources[number] = sources[call.inputs[0].call]
        for tensor in call.tensors():
            last[sources[tensor.call]] = max(last[sources[tensor.call]], number)
    for tensor in graph.outputs:
        last[sources[tensor.call]] = len(graph.calls)
    live = peak = 0
    ends: dict[int, list[int]] = {}
    for source, end in enumerate(last):
        ends.setdefault(end, []).append(source)
    sizes = [
        held(*outputs) if sources[number] == number and number not in entries else 0
        for number, outputs in enumerate(shapes)
    ]
    for number, work in enumerate(works):
        live += sizes[number]
        peak = max(peak, live + work.scratch)
        live -= sum(sizes[source] for source in ends.get(number, ()))
    return peak, live


@record
class Training:
    """Bytes that one step's way there leaves behind, those `aside` at a fuller moment of it, and those of the
    way `back` at its fullest, with the gradients of the inputs and without those of the outputs.
    """

    kept: int
    aside: int
    back: int


def training_moments(graph: Graph, shapes: Sequence[Shapes], works: Sequence[Work]) -> Training:
    """What one step of a training holds, call after call there and back."""
    entries = {tensor.call for tensor in graph.inputs}
    layers = {layer.name: layer for layer in graph.layers}
    kept = there = 0
    for number, (call, work) in enumerate(zip(graph.calls, works, strict=True)):
        if number not in entries:
            made = held(*shapes[number])
            there = max(there, kept + made + work.scratch)
            kept += (0 if work.passes_on else made) + work.kept + made * is_priced(layers[call.layer])
    found = sum(held(*shapes[number]) for number in entries)
    peak = due = 0
    waiting: dict[int, int] = {tensor.call: 0 for tensor in graph.outputs}
    for number in range(len(graph.calls) - 1, -1, -1):
        if number in entries or number not in waiting:
            continue
        call, work = graph.calls[number], works[number]
        priced = held(*shapes[number]) if is_priced(layers[call.layer]) else 0
        peak = max(peak, due + priced + work.back)
        due -= waiting.pop(number)
        for tensor in call.tensors():
            size = held(shapes[tensor.call][tensor.output])
            if tensor.call in waiting:
                peak = max(peak, due + 2 * size)
                continue
            waiting[tensor.call] = size
            due += size
    return Training(kept, max(there - kept, 0), peak + found)


def is_priced(layer: Layer) -> bool:
    """Whether large outputs cost something in training, whose gradient is kept."""
    return layer.kind == "ActivityRegularization" or layer.config.get("activity_regularizer") is not None
