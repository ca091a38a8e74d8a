"""The names of Keras's activation functions, each with its formula. `nn.activations` holds their
arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.spec.arguments import Unfit
from engine.spec.catalogue.kinds import Misfit
from engine.spec.structure import Item, Layer, Shape, Value
from engine.spec.wording import closest


@dataclass(frozen=True, slots=True)
class ActivationKind:
    """One activation function: its Keras name, its formula in plain words, further names for it."""

    name: str
    formula: str
    aliases: tuple[str, ...] = ()


ACTIVATIONS: Final = {
    kind.name: kind
    for kind in (
        ActivationKind("linear", "x"),
        ActivationKind("relu", "max(x, 0)"),
        ActivationKind("sigmoid", "1 / (1 + exp(-x))"),
        ActivationKind("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))"),
        ActivationKind("softmax", "exp(x) / sum(exp(x)) over the last axis"),
        ActivationKind("elu", "x above 0, else exp(x) - 1"),
        ActivationKind("selu", "1.05070098 * (x above 0, else 1.67326324 * (exp(x) - 1))"),
        ActivationKind("celu", "max(x, 0) + min(exp(x) - 1, 0)"),
        ActivationKind("softplus", "log(exp(x) + 1)"),
        ActivationKind("softsign", "x / (abs(x) + 1)"),
        ActivationKind("exponential", "exp(x)"),
        ActivationKind("relu6", "min(max(x, 0), 6)"),
        ActivationKind("leaky_relu", "x above 0, else 0.2 * x"),
        ActivationKind("silu", "x * sigmoid(x)", ("swish",)),
        ActivationKind("gelu", "x * P(X <= x) for a standard normal X"),
        ActivationKind("mish", "x * tanh(softplus(x))"),
        ActivationKind("hard_sigmoid", "min(max(x / 6 + 0.5, 0), 1)"),
        ActivationKind("hard_silu", "x * hard_sigmoid(x)", ("hard_swish",)),
        ActivationKind("hard_tanh", "min(max(x, -1), 1)"),
        ActivationKind("hard_shrink", "x where abs(x) exceeds 0.5, else 0"),
        ActivationKind("soft_shrink", "x drawn 0.5 towards 0, and 0 within 0.5 of it"),
        ActivationKind("tanh_shrink", "x - tanh(x)"),
        ActivationKind("log_sigmoid", "log(sigmoid(x))"),
        ActivationKind("log_softmax", "log(softmax(x))"),
        ActivationKind("glu", "the first half of the last axis times the sigmoid of the second"),
        ActivationKind("squareplus", "(x + sqrt(x * x + 4)) / 2"),
        ActivationKind("sparse_plus", "0 below -1, (x + 1)^2 / 4 up to 1, x beyond"),
        ActivationKind("sparse_sigmoid", "0 below -1, (x + 1) / 2 up to 1, 1 beyond"),
        ActivationKind("sparsemax", "the projection of x onto the probability simplex"),
    )
}

HALVING: Final = "glu"
"""The one activation whose output is not shaped like its input."""


def activated(shape: Shape, activation: Value) -> Shape:
    """The shape of what an activation makes of an array of that shape; raises Misfit."""
    if activation != HALVING or shape[-1] is None:
        return shape
    if shape[-1] % 2:
        raise Misfit("an even number of values for glu to halve", "Use an even number of units.")
    return (*shape[:-1], shape[-1] // 2)


SPELLINGS: Final = {
    spelling: kind.name for kind in ACTIVATIONS.values() for spelling in (kind.name, *kind.aliases)
}

ACTIVATION_LAYERS: Final = ("ReLU", "LeakyReLU", "ELU", "Softmax")
"""Layers without weights that may stand where an activation is wanted."""


@dataclass(frozen=True, slots=True)
class ActivationType:
    """An activation by name; None is 'linear'. A layer such as LeakyReLU(0.1) is kept as an Item."""

    def read(self, value: Value, /) -> Value:
        if value is None:
            return "linear"
        if isinstance(value, Item | Layer) and value.kind in ACTIVATION_LAYERS:
            return Item(value.kind, value.config)
        if isinstance(value, str):
            name = SPELLINGS.get(value) or SPELLINGS.get(value.lower())
            if name:
                return name
            near = closest(value, SPELLINGS)
            raise Unfit(self.describe(), fix=repr(near) if near else None)
        raise Unfit(self.describe())

    def describe(self) -> str:
        return "the name of an activation such as 'relu', 'sigmoid' or 'softmax'"
