"""Recurrent layers: one step after another along a sequence, with a state that is carried on."""

from __future__ import annotations

from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import Argument, Choice, Flag, Real, Text, Unfit, Whole
from engine.spec.catalogue.activations import ActivationType
from engine.spec.catalogue.core import (
    ACTIVITY_REGULARIZER,
    GLOROT,
    USE_BIAS,
    ZEROS,
    constraint_arguments,
    known_last,
    weight,
    weight_arguments,
)
from engine.spec.catalogue.initializers import INITIALIZERS
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.kinds import LayerKind, Misfit, Weight
from engine.spec.catalogue.recurrent_cost import GATES, bidirectional_cost, recurrent_cost
from engine.spec.structure import Config, Layer, Shape, Shapes, Value

ORTHOGONAL: Final = default_item(INITIALIZERS["Orthogonal"])

EXPECTS: Final = "an input of rank 3 (batch, steps, features)"
REMEDY: Final = (
    "Samples need the shape (steps, features), such as (50, 16); a recurrent layer before it needs "
    "return_sequences=True."
)


class Keeping(ActivationType):
    """An activation that keeps the shape, as a state needs it."""

    def read(self, value: Value, /) -> Value:
        name = super().read(value)
        if name == "glu":
            raise Unfit("an activation that keeps the number of values", fix="'tanh'")
        return name


class WrappedLayer:
    """A layer inside another: any kind, or one of a few."""

    def __init__(self, *kinds: str, none: bool = False) -> None:
        self.kinds, self.none = kinds, none

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, Layer) and value.model is None and (not self.kinds or value.kind in self.kinds):
            return value
        raise Unfit(self.describe())

    def describe(self) -> str:
        told = "a layer such as " + (f"{self.kinds[0]}(32)" if self.kinds else "Dense(32)")
        return told + (" or None" if self.none else "")


def states(layer: Layer) -> int:
    """How many arrays a state consists of."""
    return 2 if layer.kind == "LSTM" else 1


def check_initial(layer: Layer, given: Shapes) -> None:
    """Raises Misfit unless arrays of these shapes can be the states that a recurrent layer starts from."""
    both = layer.kind == "Bidirectional"
    inner = layer.config.layer("layer") if both else layer
    if inner.kind not in GATES:
        raise Misfit("no initial_state", "Only recurrent layers start from one.")
    count, units = states(inner) * (2 if both else 1), inner.config.whole("units")
    if len(given) != count or any(len(shape) != 2 or shape[1] not in (None, units) for shape in given):
        what = "an initial state" if count == 1 else f"{count} initial states"
        raise Misfit(
            f"{what} of the shape (batch, {units})",
            "Give it the states that a recurrent layer of the same size returns with return_state=True.",
        )


def recurrent_outputs(layer: Layer) -> int:
    """The output, and the last state where it is asked for."""
    return 1 + (states(layer) if layer.config.flag("return_state") else 0)


def recurrent_shape(layer: Layer, inputs: Shapes) -> Shapes:
    config, shape = layer.config, inputs[0]
    known_last(shape)
    state = (shape[0], config.whole("units"))
    if any(given != state and given[1:] != state[1:] for given in inputs[1:]):
        raise Misfit(f"initial states of the shape (batch, {state[1]})", "Give states of its own size.")
    output: Shape = (shape[0], shape[1], state[1]) if config.flag("return_sequences") else state
    return (output, *(state,) * (recurrent_outputs(layer) - 1))


def recurrent_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    config, units = layer.config, layer.config.whole("units")
    width = GATES[layer.kind] * units
    drawn = weight(config, "recurrent", (units, width))
    found = [
        weight(config, "kernel", (known_last(inputs[0]), width)),
        Weight("recurrent_kernel", drawn.shape, drawn.initializer, drawn.regularizer, drawn.constraint),
    ]
    if config.flag("use_bias"):
        twice = layer.kind == "GRU" and config.flag("reset_after")
        found.append(weight(config, "bias", (2, width) if twice else (width,)))
    return tuple(found)


def bidirectional_settle(config: Config) -> Config:
    """Both layers written out, as Keras does: one forwards, one backwards, equal in all else."""
    inner = config.layer("layer")
    shown = inner.config.flag("return_sequences")
    forward = Layer(
        inner.kind,
        "forward_" + inner.name.removeprefix("forward_"),
        inner.config.replace(zero_output_for_mask=shown),
    )
    given = config["backward_layer"]
    if isinstance(given, Layer):
        backward = Layer(given.kind, given.name, given.config.replace(zero_output_for_mask=shown))
    else:
        backward = Layer(
            inner.kind,
            "backward_" + inner.name.removeprefix("backward_"),
            forward.config.replace(go_backwards=True),
        )
    if forward.config.flag("go_backwards") == backward.config.flag("go_backwards"):
        raise SpecError(
            "Bidirectional needs one layer that goes forwards and one that goes backwards.",
            "Leave go_backwards out of the layer that it wraps.",
            code="bad-argument",
            argument="layer",
        )
    for key in ("return_sequences", "return_state", "units"):
        if forward.config[key] != backward.config[key]:
            raise SpecError(
                f"Bidirectional needs two layers with the same {key}.",
                "Leave backward_layer out to have it made.",
                code="bad-argument",
                argument="backward_layer",
            )
    return config.replace(layer=forward, backward_layer=backward)


def bidirectional_outputs(layer: Layer) -> int:
    first = 2 if layer.config["merge_mode"] is None else 1
    inner = layer.config.layer("layer")
    return first + 2 * (recurrent_outputs(inner) - 1)


def bidirectional_shape(layer: Layer, inputs: Shapes) -> Shapes:
    inner = layer.config.layer("layer")
    if len(inputs) > 1:
        raise Misfit("one input", "Initial states go in by initial_state=.")
    output, *last = recurrent_shape(inner, inputs)
    mode = layer.config["merge_mode"]
    if mode == "concat":
        width = output[-1]
        assert width is not None
        return ((*output[:-1], 2 * width), *last, *last)
    return (output, output, *last, *last) if mode is None else (output, *last, *last)


def bidirectional_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    both = (layer.config.layer("layer"), layer.config.layer("backward_layer"))
    return tuple(found for inner in both for found in recurrent_weights(inner, inputs))


UNITS: Final = Argument("units", Whole(1), doc="The size of the state, which is the size of the output.")
ACTIVATION: Final = Argument("activation", Keeping(), "tanh", "The function applied to the new state.")
RECURRENT_ACTIVATION: Final = Argument(
    "recurrent_activation", Keeping(), "sigmoid", "The function that opens and closes gates."
)
_WEIGHTS: Final = weight_arguments(("kernel", GLOROT), ("recurrent", ORTHOGONAL), ("bias", ZEROS))
INITIALIZERS_OF: Final = _WEIGHTS[:3]
REGULARIZERS_OF: Final = _WEIGHTS[3:]


def _share(name: str, of: str) -> Argument:
    return Argument(name, Real(least=0.0, most=1.0), 0.0, f"The part of the {of} to drop in training.")


TAIL: Final = (
    ACTIVITY_REGULARIZER,
    *constraint_arguments("kernel", "recurrent", "bias"),
    _share("dropout", "inputs"),
    _share("recurrent_dropout", "state"),
    Argument("seed", Whole(0, none=True), None, "A number that fixes the draw of dropout."),
    Argument("return_sequences", Flag(), False, "Whether to return every step's output or the last one's."),
    Argument("return_state", Flag(), False, "Whether to return the last state too."),
    Argument("go_backwards", Flag(), False, "Whether to read the sequence from its end."),
    Argument("stateful", Flag(), False, "Whether a batch begins with the last one's state."),
    Argument("unroll", Flag(), False, "How Keras computes it; it changes no number."),
)
CUDNN: Final = Argument("use_cudnn", Text(none=True), "auto", "How Keras computes it; it changes no number.")
ZERO_OUTPUT: Final = Argument(
    "zero_output_for_mask", Flag(), False, "Whether padded steps give zeros.", keyword_only=True
)
RESET_AFTER: Final = Argument(
    "reset_after", Flag(), True, "Whether the reset gate acts after the matrix product or before it."
)


def _recurrent(name: str, doc: str, arguments: tuple[Argument, ...]) -> LayerKind:
    return LayerKind(
        name,
        "recurrent",
        doc,
        (*arguments, ZERO_OUTPUT),
        shape=recurrent_shape,
        weights=recurrent_weights,
        cost=recurrent_cost,
        ranks=(3, 3),
        expects=EXPECTS,
        remedy=REMEDY,
        outputs=recurrent_outputs,
    )


RECURRENT: Final = (
    _recurrent(
        "SimpleRNN",
        "The new state is a weighted sum of the input and the last state, through an activation.",
        (UNITS, ACTIVATION, USE_BIAS, *INITIALIZERS_OF, *REGULARIZERS_OF, *TAIL),
    ),
    _recurrent(
        "LSTM",
        "Gates decide what a memory forgets, what it takes in, and how much of it shows.",
        (
            UNITS,
            ACTIVATION,
            RECURRENT_ACTIVATION,
            USE_BIAS,
            *INITIALIZERS_OF,
            Argument("unit_forget_bias", Flag(), True, "Whether the forget gate's bias starts at 1."),
            *REGULARIZERS_OF,
            *TAIL,
            CUDNN,
        ),
    ),
    _recurrent(
        "GRU",
        "One gate mixes the last state with a new one, another decides how much of the last it sees.",
        (
            UNITS,
            ACTIVATION,
            RECURRENT_ACTIVATION,
            USE_BIAS,
            *INITIALIZERS_OF,
            *REGULARIZERS_OF,
            *TAIL,
            RESET_AFTER,
            CUDNN,
        ),
    ),
    LayerKind(
        "Bidirectional",
        "recurrent",
        "Reads a sequence from both ends with a layer for each, and merges what they return.",
        (
            Argument("layer", WrappedLayer(*GATES), doc="The recurrent layer that reads forwards."),
            Argument(
                "merge_mode",
                Choice(("concat", "sum", "mul", "ave"), none=True),
                "concat",
                "How the two outputs are merged.",
            ),
            Argument(
                "backward_layer",
                WrappedLayer(*GATES, none=True),
                None,
                "The layer that reads backwards; None makes it like the first.",
                keyword_only=True,
            ),
        ),
        shape=bidirectional_shape,
        weights=bidirectional_weights,
        cost=bidirectional_cost,
        ranks=(3, 3),
        expects=EXPECTS,
        remedy=REMEDY,
        settle=bidirectional_settle,
        outputs=bidirectional_outputs,
    ),
)
