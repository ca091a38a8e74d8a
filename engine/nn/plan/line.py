"""Which networks are a straight line: one input, then layer after layer, each used once, one output."""

from __future__ import annotations

from typing import NamedTuple

from engine.nn.layers import Layer
from engine.nn.network import Network
from engine.spec.line import is_straight


class Station(NamedTuple):
    """A layer on the line, and the shape of one sample that leaves it."""

    layer: Layer
    shape: tuple[int, ...]


def straight(network: Network) -> tuple[Station, ...] | None:
    """The layers in the order in which a sample meets them, or None for a graph that is no straight line."""
    if not is_straight(network.graph, network.shapes):
        return None
    layers = (network.by_name[call.layer] for call in network.graph.calls)
    sizes = (tuple(size for size in made[0][1:] if size is not None) for made in network.shapes)
    return tuple(map(Station, layers, sizes))
