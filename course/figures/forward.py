"""One forward pass as the figure needs it: the engine's trace, folded into columns of units.

The engine computes every number. A Dense layer and an Activation that follows it are one column; layers that
pass a vector through unchanged when a network answers (Dropout, Flatten of a vector) have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.document import Matrix, NetworkDocument, Vector
from course.figures.errors import FigureError
from course.figures.numbers import NIL

TRACE_VERSION = 1
# What the browser can mirror (frontend/network/forward.js has the same names).
MIRRORED = {"linear", "relu", "sigmoid", "tanh", "softmax", "elu", "selu", "softplus", "softsign"}
PASSED_THROUGH = {"Dropout", "Flatten", "InputLayer", "GaussianNoise", "GaussianDropout", "AlphaDropout"}


@dataclass(frozen=True)
class Column:
    """One dense layer: kernel (inputs, units), bias (units,), its weighted sums z and its outputs a."""

    kernel: Matrix
    bias: Vector
    activation: str
    z: Vector
    a: Vector


@dataclass(frozen=True)
class Pass:
    """All numbers of one sample on its way through a small dense network."""

    x: Vector
    columns: tuple[Column, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return (len(self.x), *(len(column.bias) for column in self.columns))

    def source(self, layer: int) -> Vector:
        """What arrives at dense layer `layer` (1 is the first)."""
        return self.x if layer == 1 else self.columns[layer - 2].a

    def has_shares(self) -> bool:
        """Whether the output is a probability per class, drawn as bars."""
        return self.columns[-1].activation in ("softmax", "sigmoid")

    @property
    def answer(self) -> int:
        """The index of the class with the largest output."""
        return max(range(len(self.columns[-1].a)), key=self.columns[-1].a.__getitem__)


def read_trace(trace: Mapping[str, Any]) -> Pass:
    """Fold the engine's trace JSON. Raises FigureError for a layer that is not dense."""
    if trace.get("v") != TRACE_VERSION:
        raise FigureError(f"This figure reads trace version {TRACE_VERSION}, not {trace.get('v')!r}.")
    x: Vector | None = None
    columns: list[Column] = []
    for layer in trace["layers"]:
        kind = layer["kind"]
        if x is None:
            x = _vector(layer["x"] if "x" in layer else layer["a"])
        if kind == "Dense":
            columns.append(_column(layer))
        elif kind == "Activation" and columns and columns[-1].activation == "linear":
            columns[-1] = replace(columns[-1], activation=layer["activation"], a=_vector(layer["a"]))
        elif kind not in PASSED_THROUGH:
            raise FigureError(f"The network figure draws Dense layers; {layer['name']} is {kind}.")
    if x is None or not columns:
        raise FigureError("The network figure needs at least one Dense layer.")
    for column in columns:
        if column.activation not in MIRRORED:
            raise FigureError(f"The network figure does not draw the activation {column.activation}.")
    return Pass(x, tuple(columns))


def _column(layer: Mapping[str, Any]) -> Column:
    kernel = tuple(_vector(row) for row in layer["kernel"])
    bias = _vector(layer["bias"]) if layer.get("bias") is not None else (0.0,) * len(kernel[0])
    return Column(kernel, bias, layer.get("activation") or "linear", _vector(layer["z"]), _vector(layer["a"]))


def _vector(values: Sequence[float]) -> Vector:
    return tuple(float(value) for value in values)


@lru_cache(maxsize=32)
def model_of(document: NetworkDocument) -> Any:
    """The document's network with its weights, in float64. Raises FigureError."""
    pairs = zip(document.kernels, document.biases, strict=True)
    try:
        model = engine.build(engine.parse(document.source), dtype="float64", budget=engine.INTERACTIVE)
    except engine.EngineError as error:
        raise FigureError(f"The network's text cannot be used: {error}") from error
    try:
        model.set_weights([np.array(part) for pair in pairs for part in pair])
    except engine.EngineError as error:
        raise FigureError(f"The weights do not fit the network's text: {error}") from error
    return model


@lru_cache(maxsize=512)
def run(document: NetworkDocument, x: Vector) -> Pass:
    """Let the engine carry x, one number per input, through the document's network."""
    try:
        return read_trace(engine.trace(model_of(document), np.array(x)).to_dict())
    except engine.EngineError as error:
        raise FigureError(f"The network cannot take these inputs: {error}") from error


def carriers(seen: Pass, known: int) -> list[list[list[bool]]]:
    """Which weights carry the answer, as far as known: product not 0, and a path of units that are on.

    `known` is the number of columns, input included, whose outputs have been computed. Units beyond it may
    still turn out either way and count as on, so that a line never tells what the page still hides.
    """
    keep: list[list[list[bool]]] = []
    ahead = [True] * len(seen.columns[-1].bias)
    for layer in range(len(seen.columns), 0, -1):
        source, kernel = seen.source(layer), seen.columns[layer - 1].kernel
        on = [layer > known or abs(value) > NIL for value in source]
        lead = [[w != 0 and on[i] and ahead[j] for j, w in enumerate(row)] for i, row in enumerate(kernel)]
        keep.insert(0, lead)
        ahead = [any(row) for row in lead]
    return keep
