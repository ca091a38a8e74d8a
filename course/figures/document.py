"""A network as a lesson carries it: Keras text, weights, and the names of what goes in and comes out.

    {"source": "from keras…", "weights": {"W": [[[…]]], "b": [[…]]}, "features": […], "classes": […],
     "presets": {"llama": […]}, "layers": ["input", …], "subject": "animal", "input_note": "ratings",
     "range": {"min": 0, "max": 2, "step": 0.5}}

Only source and weights are needed; everything else is a name, and has a plain default.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.figures.errors import FigureError

MAX_UNITS = 12
MAX_LAYERS = 6

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


@dataclass(frozen=True)
class InputRange:
    """What a slider of the inputs can reach."""

    low: float
    high: float
    step: float


@dataclass(frozen=True)
class NetworkDocument:
    """A small dense network with its weights and names. Hashable, so that its passes can be remembered."""

    source: str
    kernels: tuple[Matrix, ...]
    biases: tuple[Vector, ...]
    features: tuple[str, ...]
    classes: tuple[str, ...]
    presets: tuple[tuple[str, Vector], ...]
    layers: tuple[str, ...]
    subject: str
    input_note: str
    range: InputRange

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units per column, the input first: (8, 6, 6, 4)."""
        return (len(self.kernels[0]), *(len(bias) for bias in self.biases))

    @property
    def first_x(self) -> Vector:
        """What the figure shows when nothing was chosen: the first preset, else zeros."""
        return self.presets[0][1] if self.presets else (0.0,) * self.sizes[0]

    def preset(self, name: str) -> Vector | None:
        """The inputs of a preset, or None when no preset has the name."""
        return dict(self.presets).get(name)

    def preset_of(self, x: Vector) -> str | None:
        """The name of the preset with exactly these inputs."""
        return next((name for name, values in self.presets if values == x), None)

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> "NetworkDocument":
        """Read a document from its JSON. Raises FigureError, saying which entry and what it should be."""
        source = data.get("source")
        if not isinstance(source, str) or not source.strip():
            raise FigureError("The network has no 'source'. Give the Keras text that builds it.")
        kernels, biases = _weights(data.get("weights"))
        inputs, outputs = len(kernels[0]), len(biases[-1])
        presets = _presets(data.get("presets", {}), inputs)
        return cls(
            source=source,
            kernels=kernels,
            biases=biases,
            features=_names(data, "features", inputs, [f"x{i + 1}" for i in range(inputs)]),
            classes=_names(data, "classes", outputs, [f"y{i + 1}" for i in range(outputs)]),
            presets=presets,
            layers=_names(data, "layers", len(kernels) + 1, _layer_names(len(kernels))),
            subject=str(data.get("subject", "input")),
            input_note=str(data.get("input_note", "values")),
            range=_range(data.get("range"), presets),
        )


def _weights(data: object) -> tuple[tuple[Matrix, ...], tuple[Vector, ...]]:
    if not isinstance(data, Mapping) or not data.get("W") or len(data["W"]) != len(data.get("b", ())):
        raise FigureError("'weights' needs 'W' and 'b', each with one entry per Dense layer.")
    if len(data["W"]) >= MAX_LAYERS:
        raise FigureError(
            f"The figure draws up to {MAX_LAYERS} columns; this network has {len(data['W']) + 1}."
        )
    kernels = tuple(
        tuple(_vector(row, f"W[{k}][{i}]") for i, row in enumerate(kernel))
        for k, kernel in enumerate(data["W"])
    )
    biases = tuple(_vector(bias, f"b[{k}]") for k, bias in enumerate(data["b"]))
    _check_chain(kernels, biases)
    return kernels, biases


def _check_chain(kernels: tuple[Matrix, ...], biases: tuple[Vector, ...]) -> None:
    arriving = len(kernels[0])
    for k, (kernel, bias) in enumerate(zip(kernels, biases, strict=True)):
        if len(kernel) != arriving or any(len(row) != len(bias) for row in kernel):
            raise FigureError(
                f"W[{k}] should have {arriving} rows of {len(bias)} weights each, to fit b[{k}]."
            )
        arriving = len(bias)
        if not 0 < len(kernel) <= MAX_UNITS or not 0 < arriving <= MAX_UNITS:
            raise FigureError(
                f"The figure draws layers of 1 to {MAX_UNITS} units; layer {k + 1} is outside of that."
            )


def _vector(data: object, where: str) -> Vector:
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise FigureError(f"{where} should be a list of numbers.")
    for value in data:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise FigureError(f"{where} holds {value!r}, which is not a finite number.")
    return tuple(float(value) for value in data)


def _presets(data: Mapping[str, Any], inputs: int) -> tuple[tuple[str, Vector], ...]:
    presets = tuple((str(name), _vector(x, f"preset {name!r}")) for name, x in data.items())
    for name, x in presets:
        if len(x) != inputs:
            raise FigureError(f"Preset {name!r} has {len(x)} numbers; the network takes {inputs}.")
    return presets


def _names(data: Mapping[str, Any], key: str, count: int, default: list[str]) -> tuple[str, ...]:
    names = tuple(str(name) for name in data.get(key) or default)
    if len(names) != count:
        raise FigureError(f"'{key}' has {len(names)} names; the network needs {count}.")
    return names


def _layer_names(dense: int) -> list[str]:
    return ["input", *(f"hidden {k + 1}" for k in range(dense - 1)), "output"]


def _range(data: object, presets: tuple[tuple[str, Vector], ...]) -> InputRange:
    if isinstance(data, Mapping):
        low, high, step = _vector([data.get("min", 0), data.get("max", 1), data.get("step", 0.1)], "range")
        if not low < high or step <= 0:
            raise FigureError("'range' needs min below max and a step above 0.")
        return InputRange(low, high, step)
    values = [value for _, x in presets for value in x]
    if not values:
        return InputRange(-4.0, 4.0, 0.5)
    return InputRange(min(0.0, *values), max(1.0, *values), 0.5)
