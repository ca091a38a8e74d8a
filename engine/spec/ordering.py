"""Puts a functional graph in Keras's order, which depends on the graph alone and not on how it was
written.

Keras walks from the outputs to the inputs, gives every call the longest distance to an output as its
depth, and lists layers from deep to shallow, layers of one depth as the walk first met them.
`get_weights()` follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.spec.structure import Call, Graph, Layer, Tensor


def arrange(
    name: str,
    layers: Mapping[str, Layer],
    calls: Sequence[Call],
    inputs: Sequence[Tensor],
    outputs: Sequence[Tensor],
) -> Graph:
    """The functional model of these calls, topologically sorted in any way; what no output needs is left
    out.
    """
    finished, met = _walk(calls, inputs, outputs)
    depths, layer_depths = _depths(calls, finished)
    for tensor in inputs:
        if tensor.call not in depths:
            depths[tensor.call] = 0
            layer_depths[calls[tensor.call].layer] = 0
            met.setdefault(calls[tensor.call].layer, -1)
    position = {call: index for index, call in enumerate(finished)}
    order = sorted(depths, key=lambda call: (-depths[call], position.get(call, -1)))
    moved = {call: index for index, call in enumerate(order)}
    names = sorted(layer_depths, key=lambda layer: (-layer_depths[layer], met[layer]))
    return Graph(
        "Functional",
        name,
        tuple(layers[layer] for layer in names),
        tuple(_moved_call(calls[call], moved) for call in order),
        tuple(Tensor(moved[tensor.call], tensor.output) for tensor in inputs),
        tuple(Tensor(moved[tensor.call], tensor.output) for tensor in outputs),
    )


def _moved_call(call: Call, moved: Mapping[int, int]) -> Call:
    def move(tensors: Sequence[Tensor]) -> tuple[Tensor, ...]:
        return tuple(Tensor(moved[tensor.call], tensor.output) for tensor in tensors)

    keywords = tuple(sorted((name, move(given)) for name, given in call.keywords))
    return Call(call.layer, move(call.inputs), keywords, call.options)


def _walk(
    calls: Sequence[Call], inputs: Sequence[Tensor], outputs: Sequence[Tensor]
) -> tuple[list[int], dict[str, int]]:
    """Calls in the order in which the walk leaves them, and layers by when it first met them."""
    stops = set(inputs)
    finished: dict[int, None] = {}
    met: dict[str, int] = {}
    for output in outputs:
        waiting: list[tuple[Tensor, bool]] = [(output, False)]
        while waiting:
            tensor, leaving = waiting.pop()
            if tensor.call in finished:
                continue
            if leaving:
                finished[tensor.call] = None
                continue
            call = calls[tensor.call]
            met.setdefault(call.layer, len(met))
            waiting.append((tensor, True))
            if tensor not in stops:
                waiting.extend((before, False) for before in reversed(call.tensors()))
    return list(finished), met


def _depths(calls: Sequence[Call], finished: Sequence[int]) -> tuple[dict[int, int], dict[str, int]]:
    depths: dict[int, int] = {}
    layer_depths: dict[str, int] = {}
    for index in reversed(finished):
        call = calls[index]
        depth = max(depths.get(index, 0), layer_depths.get(call.layer, 0))
        depths[index] = layer_depths[call.layer] = depth
        for tensor in call.tensors():
            depths[tensor.call] = max(depth + 1, depths.get(tensor.call, 0))
    return depths, layer_depths
