"""The names of Keras's activation functions, each with its formula. `nn.activations` holds their
arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.records import record
from engine.spec.arguments import Unfit
from engine.spec.catalogue.kinds import Misfit
from engine.spec.structure import Config, Item, Layer, Shape, Value
from engine.spec.wording import closest


@record
class Space:
    """What an activation takes beside its sums and its outputs, in arrays of the sums' size: laid `aside` at
    the fullest moment of the way there, `kept` for the way back, laid aside on the way `back`. `sums` and
    `outputs` tell which of the two it holds on to.
    """

    aside: float = 0.0
    kept: float = 0.0
    back: float = 0.0
    sums: bool = False
    outputs: bool = False


NOTHING: Final = Space()
"""What an activation takes that passes its sums on."""


@dataclass(frozen=True, slots=True)
class ActivationKind:
    """One activation function: its Keras name, its formula in plain words, the space it takes, further names
    for it.
    """

    name: str
    formula: str
    space: Space = NOTHING
    aliases: tuple[str, ...] = ()


ACTIVATIONS: Final = {
    kind.name: kind
    for kind in (
        ActivationKind("linear", "x"),
        ActivationKind("relu", "max(x, 0)", Space(back=0.25, sums=True)),
        ActivationKind("sigmoid", "1 / (1 + exp(-x))", Space(aside=2.0, back=1.0, outputs=True)),
        ActivationKind("tanh", "(exp(x) - exp(-x)) / (exp(x) + exp(-x))", Space(back=1.0, outputs=True)),
        ActivationKind("softmax", "exp(x) / sum(exp(x)) over the last axis", Space(aside=1.0, outputs=True)),
        ActivationKind(
            "elu", "x above 0, else exp(x) - 1", Space(aside=1.25, back=1.25, sums=True, outputs=True)
        ),
        ActivationKind(
            "selu",
            "1.05070098 * (x above 0, else 1.67326324 * (exp(x) - 1))",
            Space(aside=1.25, kept=1.0, back=2.25, sums=True),
        ),
        ActivationKind(
            "celu", "max(x, 0) + min(exp(x) - 1, 0)", Space(aside=1.25, back=1.25, sums=True, outputs=True)
        ),
        ActivationKind("softplus", "log(exp(x) + 1)", Space(back=2.0, sums=True)),
        ActivationKind("softsign", "x / (abs(x) + 1)", Space(aside=1.0, kept=1.0)),
        ActivationKind("exponential", "exp(x)", Space(outputs=True)),
        ActivationKind("relu6", "min(max(x, 0), 6)", Space(aside=3.25, kept=1.0)),
        ActivationKind("leaky_relu", "x above 0, else 0.2 * x", Space(aside=2.0, kept=1.0)),
        ActivationKind("silu", "x * sigmoid(x)", Space(aside=2.0, kept=1.0, outputs=True), ("swish",)),
        ActivationKind(
            "gelu", "x * P(X <= x) for a standard normal X", Space(aside=17.0, kept=2.0, sums=True)
        ),
        ActivationKind("mish", "x * tanh(softplus(x))", Space(aside=2.0, kept=1.0, back=4.0, sums=True)),
        ActivationKind("hard_sigmoid", "min(max(x / 6 + 0.5, 0), 1)", Space(aside=1.25, kept=0.25, back=1.0)),
        ActivationKind(
            "hard_silu",
            "x * hard_sigmoid(x)",
            Space(aside=1.25, kept=1.25, back=3.0, sums=True),
            ("hard_swish",),
        ),
        ActivationKind("hard_tanh", "min(max(x, -1), 1)", Space(aside=0.25, kept=0.25)),
        ActivationKind("hard_shrink", "x where abs(x) exceeds 0.5, else 0", Space(aside=0.25, kept=0.25)),
        ActivationKind(
            "soft_shrink", "x drawn 0.5 towards 0, and 0 within 0.5 of it", Space(aside=1.25, kept=0.25)
        ),
        ActivationKind("tanh_shrink", "x - tanh(x)", Space(aside=1.0, kept=1.0)),
        ActivationKind("log_sigmoid", "log(sigmoid(x))", Space(aside=1.0, back=3.0, sums=True)),
        ActivationKind("log_softmax", "log(softmax(x))", Space(aside=1.0, back=1.0, outputs=True)),
        ActivationKind(
            "glu",
            "the first half of the last axis times the sigmoid of the second",
            Space(aside=1.0, kept=0.5, back=1.0, sums=True),
        ),
        ActivationKind(
            "squareplus", "(x + sqrt(x * x + 4)) / 2", Space(aside=2.0, kept=1.0, back=1.0, sums=True)
        ),
        ActivationKind(
            "sparse_plus", "0 below -1, (x + 1)^2 / 4 up to 1, x beyond", Space(aside=2.5, kept=1.0)
        ),
        ActivationKind(
            "sparse_sigmoid",
            "0 below -1, (x + 1) / 2 up to 1, 1 beyond",
            Space(aside=1.25, kept=0.25, back=1.0),
        ),
        ActivationKind(
            "sparsemax",
            "the projection of x onto the probability simplex",
            Space(aside=5.0, kept=0.25, back=2.0, sums=True),
        ),
    )
}

BOUNDED: Final = Space(aside=3.25, kept=1.0)
"""ReLU with a slope, a bound or a threshold."""


def space_of(activation: Value) -> Space:
    """The space that a config's `activation` takes: a name, or a layer such as LeakyReLU(0.1) as an Item."""
    if isinstance(activation, Item):
        return space_of_layer(activation.kind, activation.config)
    assert isinstance(activation, str)
    return ACTIVATIONS[activation].space


def space_of_layer(kind: str, config: Config) -> Space:
    """The same for one of ACTIVATION_LAYERS."""
    if kind == "ReLU" and (
        config["max_value"] is not None or config["negative_slope"] or config["threshold"]
    ):
        return BOUNDED
    return ACTIVATIONS[ACTIVATION_LAYERS[kind]].space


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

ACTIVATION_LAYERS: Final = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax"}
"""Layers without weights that may stand where an activation is wanted, and the function of each."""


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
