"""A network seen as a plain chain of weighted sums and activations, where it is one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.explain.activations import ACTIVATION_LAYERS
from engine.explain.symptoms import PASSING
from engine.nn.activations import activation
from engine.nn.arrays import Array
from engine.nn.layers import Layer
from engine.nn.model import Model
from engine.spec import Item, Value


@dataclass(frozen=True, slots=True)
class Step:
    """a = activation(x @ kernel + bias): kernel (inputs, units), bias (units,), float64."""

    name: str
    kernel: Array
    bias: Array
    activation: Value

    @property
    def activation_name(self) -> str:
        """The activation's name, whatever its settings."""
        return self.activation.kind if isinstance(self.activation, Item) else str(self.activation or "linear")

    @property
    def is_scalable(self) -> bool:
        """Whether activation(c * z) = c * activation(z) for every c above 0."""
        value = self.activation
        if isinstance(value, Item):
            unbent = value.config.get("max_value") is None and not value.config.get("threshold")
            return value.kind in ("ReLU", "LeakyReLU") and unbent
        return value in ("linear", "relu", "leaky_relu")

    @property
    def is_odd(self) -> bool:
        """Whether activation(-z) = -activation(z)."""
        return self.activation in ("linear", "tanh", "softsign", "hard_tanh")

    def sums(self, x: Array) -> Array:
        """z for samples x (batch, inputs)."""
        z: Array = x @ self.kernel + self.bias
        return z

    def outputs(self, z: Array) -> Array:
        """a for sums z."""
        return activate(self.activation, z)


def activate(name: Value, z: Array) -> Array:
    """An activation applied to float64 numbers."""
    with np.errstate(all="ignore"):
        return activation(name)(z)[0]


def dense_steps(model: Model) -> tuple[Step, ...] | None:
    """The steps of a Sequential model of Dense layers and activations, in order; layers that only hand on
    are left out. None for any other model.
    """
    if model.spec.kind != "Sequential" or len(model.input_shapes[0]) != 2:
        return None
    steps: list[Step] = []
    for layer in model.layers:
        if layer.kind == "InputLayer" or layer.kind in PASSING:
            continue
        if layer.kind == "Dense":
            steps.append(_step(layer))
            continue
        name = _plain_activation(layer)
        if name is None or not steps or steps[-1].activation_name != "linear":
            return None
        steps[-1] = Step(steps[-1].name, steps[-1].kernel, steps[-1].bias, name)
    return tuple(steps) or None


def _step(layer: Layer) -> Step:
    kernel = layer["kernel"].astype(np.float64)
    bias = layer["bias"].astype(np.float64) if "bias" in layer else np.zeros(kernel.shape[1])
    return Step(layer.name, kernel, bias, simplest(layer.config["activation"]))


def _plain_activation(layer: Layer) -> Value:
    """What a layer that is an activation and nothing else applies; None for any other."""
    if layer.kind == "Activation":
        return simplest(layer.config["activation"])
    if layer.kind not in ACTIVATION_LAYERS or layer.parameters:
        return None
    return simplest(Item(layer.kind, layer.config))


def simplest(value: Value) -> Value:
    """An activation by its bare name, where its settings say nothing more."""
    if not isinstance(value, Item):
        return value or "linear"
    config = value.config
    if value.kind == "ReLU" and (config["negative_slope"], config["max_value"], config["threshold"]) == (
        0,
        None,
        0,
    ):
        return "relu"
    return "softmax" if value.kind == "Softmax" and config["axis"] == -1 else value
