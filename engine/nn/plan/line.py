"""Which networks are a straight line: one input, then layer after layer, each used once, one output."""

from __future__ import annotations

from typing import NamedTuple

from engine.nn.layers import Layer
from engine.nn.network import Network


class Station(NamedTuple):
    """A layer on the line, and the shape of one sample that leaves it."""

    layer: Layer
    shape: tuple[int, ...]


def straight(network: Network) -> tuple[Station, ...] | None:
    """The layers in the order in which a sample meets them, or None for a graph that branches, shares
    layers, masks steps, prices activities, or leaves sizes open.
    """
    graph = network.graph
    if len(graph.inputs) != 1 or len(graph.outputs) != 1 or len(graph.calls) != len(graph.layers):
        return None
    if graph.inputs[0].call != 0 or graph.outputs[0].call != len(graph.calls) - 1:
        return None
    stations = []
    for number, call in enumerate(graph.calls):
        layer = network.by_name[call.layer]
        follows = number == 0 or (len(call.inputs) == 1 and call.inputs[0].call == number - 1)
        if not follows or call.keywords or call.options or not is_plain(layer):
            return None
        if any(tensor.output != 0 for tensor in call.inputs):
            return None
        shapes = network.shapes[number]
        sizes = tuple(size for size in shapes[0][1:] if size is not None)
        if len(shapes) != 1 or len(sizes) != len(shapes[0]) - 1:
            return None
        stations.append(Station(layer, sizes))
    return tuple(stations)


def is_plain(layer: Layer) -> bool:
    """Whether a layer only turns one array into another."""
    if isinstance(layer, Network) or layer.activity_regularizer is not None:
        return False
    masks = layer.kind == "Masking" or (layer.kind == "Embedding" and layer.config["mask_zero"] is True)
    carries = layer.config.get("stateful") is True or layer.config.get("return_state") is True
    return not masks and not carries
