"""Which networks a compiled plan can run, and in what sizes: what `engine.nn.plan` does by, and what the cost
model predicts it by.

A plan wants a straight line: one input, then layer after layer, each used once, one output. Layers that have
a step of their own there are run in buffers; the others are called as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from engine.spec.structure import Config, Graph, Item, Layer, Shapes

IN_PLACE: Final = frozenset(("linear", "relu", "tanh", "sigmoid"))
"""Activations that change a buffer in place. All others are called as the layers call them."""

ACROSS: Final = ("softmax", "log_softmax", "glu", "sparsemax")
"""Activations in which the outputs of one sample depend on each other."""

IDLE: Final = frozenset(
    (
        "InputLayer",
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "GaussianNoise",
        "GaussianDropout",
        "AlphaDropout",
    )
)
"""Layers that do nothing but in training."""

CACHE: Final = 400_000
"""About how many numbers of activations stay in a processor's cache while weights pass by them."""

COPIED: Final = 64 * 1024
"""Up to this many numbers, turning a batch on its side costs less than adding the bias by itself."""

GATHERED: Final = 2**18
"""About how many numbers of the samples a training puts in order at a time."""


class Described(Protocol):
    """A layer, as data or with its arithmetic."""

    @property
    def kind(self) -> str: ...
    @property
    def config(self) -> Config: ...


def is_straight(graph: Graph, shapes: Sequence[Shapes]) -> bool:
    """Whether a graph with these output shapes is a straight line; none that branches, shares layers, masks
    steps, prices activities, or leaves sizes open is one.
    """
    if len(graph.inputs) != 1 or len(graph.outputs) != 1 or len(graph.calls) != len(graph.layers):
        return False
    if graph.inputs[0].call != 0 or graph.outputs[0].call != len(graph.calls) - 1:
        return False
    layers = {layer.name: layer for layer in graph.layers}
    for number, (call, made) in enumerate(zip(graph.calls, shapes, strict=True)):
        follows = number == 0 or (len(call.inputs) == 1 and call.inputs[0].call == number - 1)
        if not follows or call.keywords or call.options or not is_plain(layers[call.layer]):
            return False
        if any(tensor.output != 0 for tensor in call.inputs) or len(made) != 1 or None in made[0][1:]:
            return False
    return True


def is_plain(layer: Layer) -> bool:
    """Whether a layer only turns one array into another."""
    config = layer.config
    is_priced = layer.kind == "ActivityRegularization" or config.get("activity_regularizer") is not None
    masks = layer.kind == "Masking" or (layer.kind == "Embedding" and config["mask_zero"] is True)
    carries = config.get("stateful") is True or config.get("return_state") is True
    return layer.model is None and not is_priced and not masks and not carries


def name_of(layer: Described) -> str | None:
    """The activation's name when it works number by number; None for all others."""
    value = layer.config["activation"]
    if isinstance(value, Item):
        return None if value.kind == "Softmax" else value.kind
    assert isinstance(value, str)
    return None if value in ACROSS else value


def has_step(layer: Described) -> bool:
    """Whether a layer is more than called by a plan."""
    if can_recur(layer):
        return True
    if layer.kind in ("Conv1D", "Conv2D"):
        return layer.config["groups"] == 1 and name_of(layer) is not None
    return layer.kind == "Dense" and (name_of(layer) is not None or layer.config["activation"] == "softmax")


def can_recur(layer: Described) -> bool:
    """Whether a recurrent layer has a step of its own: with the activations that nearly all have."""
    config = layer.config
    match layer.kind:
        case "SimpleRNN":
            return name_of(layer) is not None
        case "LSTM" | "GRU":
            usual = config["activation"] == "tanh" and config["recurrent_activation"] == "sigmoid"
            return usual and config.get("reset_after", True) is True
        case _:
            return False


def pools(layer: Described, after: Described) -> bool:
    """Whether `after` is a max-pooling that can be taken together with the convolution before it."""
    pooling = {"Conv1D": "MaxPooling1D", "Conv2D": "MaxPooling2D"}
    if after.kind != pooling.get(layer.kind) or name_of(layer) not in IN_PLACE:
        return False
    config = after.config
    return config["pool_size"] == config["strides"] and config["padding"] == "valid"


def chunk_size(widths: Sequence[int]) -> int:
    """How many samples to run together, for layers of these widths: a power of two, at least 16."""
    fitting = CACHE // max(sum(widths), 1)
    return max(16, 1 << max(fitting, 1).bit_length() - 1)
