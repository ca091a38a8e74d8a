"""What every layer is: parameters, a way forward, a way back.

A layer with one input and one output writes `forward(x, context) -> (y, backward)`; all others write `call`,
which takes and returns tuples. `backward` returns the gradient with respect to the input and hands the
gradients of the layer's own weights to `learn`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array, Arrays, Backward, BackwardMany, Random
from engine.spec import Config, Item, Shapes
from engine.spec import Layer as LayerSpec

Masks: TypeAlias = tuple[Array | None, ...]
"""One mask per tensor: booleans (batch, steps), False where a step is padding; None masks nothing."""


@dataclass(slots=True, eq=False)
class Parameter:
    """One array of weights with the gradient that training collects for it.

    `value` and `gradient` have the same shape and dtype; training moves both into one flat buffer.
    """

    name: str
    value: Array
    gradient: Array
    trainable: bool = True
    regularizer: Item | None = None
    constraint: Item | None = None


@dataclass(slots=True, eq=False)
class Visit:
    """What one call of one layer received, noted on its way, and returned; after the way back, the gradients
    of the loss with respect to what it returned.
    """

    layer: Layer
    inputs: Arrays
    outputs: Arrays = ()
    notes: dict[str, Array] = field(default_factory=dict)
    gradients: Arrays = ()

    def watched(self, backward: BackwardMany) -> BackwardMany:
        """The same way back, whose gradients are kept."""

        def back(gradients: Arrays) -> Arrays:
            self.gradients = gradients
            return backward(gradients)

        return back


@dataclass(slots=True, eq=False)
class Context:
    """What a forward pass carries beside the numbers; each call of a layer gets its own.

    `random` feeds dropout and noise and is set in training. `masks` belong to the inputs, `keywords` are
    tensors given by name. `notes` is None unless somebody looks on (see `engine.explain.forward`), `visits`
    collects them. `penalties`, unless None, collects what activity regularizers add to the loss. With
    `one_way` nobody will go back, and nothing is kept for it.
    """

    training: bool = False
    random: Random | None = None
    masks: Masks = ()
    keywords: Mapping[str, Arrays] = field(default_factory=dict)
    options: Config = field(default_factory=Config)
    visits: list[Visit] | None = None
    notes: dict[str, Array] | None = None
    penalties: list[float] | None = None
    one_way: bool = False
    output_masks: Masks = ()

    @property
    def mask(self) -> Array | None:
        """The mask of the first input."""
        return self.masks[0] if self.masks else None

    def note(self, name: str, array: Array) -> None:
        """Keeps an intermediate result for an onlooker; does nothing when there is none."""
        if self.notes is not None:
            self.notes[name] = array


class Layer:
    """A layer of a network: what the catalogue says of it, its parameters, and its arithmetic.

    A layer that does not support masking ends the mask of its input, as Keras's do.
    """

    supports_masking = True

    def __init__(self, spec: LayerSpec, inputs: Shapes, parameters: tuple[Parameter, ...]) -> None:
        self.spec = spec
        self.name = spec.name
        self.kind = spec.kind
        self.config = spec.config
        self.parameters = parameters
        self._named = {parameter.name: parameter for parameter in parameters}
        activity = spec.config.get("activity_regularizer")
        self.activity_regularizer = activity if isinstance(activity, Item) else None
        self.setup(inputs)

    def setup(self, inputs: Shapes) -> None:
        """Prepares what depends on the config and the input shapes only."""

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        """Outputs, and the way back from their gradients to those of the inputs."""
        outputs, backward = self.forward(inputs[0], context)
        return (outputs,), lambda gradients: (backward(gradients[0]),)

    def forward(self, x: Array, context: Context) -> tuple[Array, Backward]:
        """The same for one input and one output."""
        raise NotImplementedError(f"{self.kind} has no arithmetic")

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        """The masks of the outputs: by default the first input's, for every output."""
        return (context.mask if self.supports_masking else None,)

    def __getitem__(self, name: str) -> Array:
        """The value of the weight of that name."""
        return self._named[name].value

    def __contains__(self, name: str) -> bool:
        return name in self._named

    def learn(self, name: str, gradient: Array) -> None:
        """Adds to the gradient of the weight of that name."""
        self._named[name].gradient += gradient

    def count_params(self) -> int:
        """How many numbers the layer's weights hold."""
        return sum(parameter.value.size for parameter in self.parameters)


def zeros_like(arrays: Arrays) -> Arrays:
    """One array of zeros for each."""
    return tuple(np.zeros_like(array) for array in arrays)
