"""Small Dense networks as a question shows them: Keras text, and the engine's steps with given numbers."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

import engine
from engine.explain.dense import Step, activate
from engine.nn.arrays import Array
from quizzes.kinds.numbers import shown

IMPORTS = "from keras import Input, Sequential\nfrom keras.layers import Dense\n"


def dense_text(
    inputs: int, units: Sequence[int], use_bias: Sequence[bool] | None = None, hidden: str = "relu"
) -> str:
    """A Sequential model of Dense layers with softmax at its end, without its imports."""
    lines = []
    for place, size in enumerate(units):
        activation = "softmax" if place == len(units) - 1 else hidden
        bias = "" if use_bias is None or use_bias[place] else ", use_bias=False"
        lines.append(f'    Dense({size}, activation="{activation}"{bias}),')
    return "\n".join(["model = Sequential([", f"    Input(shape=({inputs},)),", *lines, "])"])


@lru_cache(maxsize=256)
def read_network(text: str) -> "engine.Spec":
    """The network of a text made by `dense_text`."""
    return engine.parse(IMPORTS + text)


def dense(
    kernel: Sequence[Sequence[float]], bias: Sequence[float], activation: str, name: str = "h1"
) -> Step:
    """A layer with given numbers, in float64; `kernel` has a row per input and a column per unit."""
    return Step(name, np.array(kernel, np.float64), np.array(bias, np.float64), activation)


def model_of(steps: Sequence[Step]) -> "engine.Model":
    """The engine's model of a chain of steps, with their numbers."""
    inputs = steps[0].kernel.shape[0]
    layers = ", ".join(f"Dense({len(step.bias)}, activation={step.activation!r})" for step in steps)
    text = f"model = Sequential([Input(shape=({inputs},)), {layers}])"
    model = engine.build(read_network(text), dtype="float64")
    model.set_weights([array for step in steps for array in (step.kernel, step.bias)])
    return model


def forward(steps: Sequence[Step], x: Sequence[float]) -> list[tuple[Array, Array]]:
    """z and a of every step for one sample."""
    found: list[tuple[Array, Array]] = []
    a = vector(x)
    for step in steps:
        z = step.sums(a)
        a = step.outputs(z)
        found.append((z, a))
    return found


def softmax(logits: Sequence[float]) -> list[float]:
    return plain(activate("softmax", vector(logits)))


def plain(array: Array) -> list[float]:
    """A vector as floats that JSON keeps; -0.0 becomes 0.0."""
    return [float(number) + 0.0 for number in array]


def vector(numbers: Sequence[float]) -> Array:
    return np.array(numbers, np.float64)


def worked_sum(layer: Step, x: Sequence[float], unit: int) -> str:
    """The products that are not zero, and the bias, as they are added: 1 − 0.5 + 2."""
    weights = map(float, layer.kernel[:, unit])
    products = [value * weight for value, weight in zip(x, weights, strict=True) if value]
    first, *rest = [*products, float(layer.bias[unit])]
    return shown(first) + "".join(f" {'−' if one < 0 else '+'} {shown(abs(one))}" for one in rest)
