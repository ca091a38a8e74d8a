"""One Dense layer with given numbers, run by the engine: what weighted sums of a question are made of."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

import engine

Row = tuple[float, ...]


@dataclass(frozen=True)
class LayerCase:
    """A layer and one input: `kernel` has one row per input and one column per unit, as Keras keeps it."""

    kernel: tuple[Row, ...]
    bias: Row
    x: Row
    activation: str

    def outputs(self) -> tuple[Row, Row]:
        """The weighted sums and the activations of all units, in float64."""
        model = engine.build(_spec(len(self.x), len(self.bias), self.activation), dtype="float64")
        model.set_weights([np.array(self.kernel), np.array(self.bias)])
        layer = engine.trace(model, np.array(self.x)).layers[-1]
        assert layer.z is not None  # a Dense layer always has one
        return tuple(map(float, layer.z)), tuple(map(float, layer.a))

    def sum_of(self, unit: int) -> float:
        return self.outputs()[0][unit]

    def without_bias(self) -> "LayerCase":
        return replace(self, bias=tuple(0.0 for _ in self.bias))

    def with_bias_subtracted(self) -> "LayerCase":
        return replace(self, bias=tuple(-b for b in self.bias))

    def without_signs(self) -> "LayerCase":
        return replace(self, kernel=tuple(tuple(abs(w) for w in row) for row in self.kernel))

    def terms(self, unit: int) -> list[tuple[float, float]]:
        """Per input: its value and its weight to the unit."""
        return [(x, row[unit]) for x, row in zip(self.x, self.kernel, strict=True)]


@lru_cache(maxsize=64)
def _spec(inputs: int, units: int, activation: str) -> "engine.Spec":
    return engine.parse(
        "from keras import Input, Sequential\n"
        "from keras.layers import Dense\n"
        f"model = Sequential([Input(shape=({inputs},)), Dense({units}, activation={activation!r})])\n"
    )
