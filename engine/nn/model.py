"""A network that can be asked: weights, predictions, a summary. `build` makes one from a Spec."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.budget import Budget
from engine.errors import ShapeError, SpecError
from engine.nn import training
from engine.nn.arrays import Array, Arrays, BackwardMany, Random
from engine.nn.initializers import draw
from engine.nn.inputs import inputs, numbers
from engine.nn.layers import Context, Layer, Parameter
from engine.nn.network import Network
from engine.nn.plan import Plans
from engine.nn.summary import summary
from engine.spec import Layer as LayerSpec
from engine.spec import Shape, Spec, Value, estimate, input_shapes, model_output_shapes
from engine.spec.catalogue import Weight

if TYPE_CHECKING:
    from engine.nn.metrics import Result

Dtype: TypeAlias = Literal["float32", "float64"]


def build(spec: Spec, seed: int = 0, dtype: Dtype = "float32", budget: Budget | None = None) -> Model:
    """A model with fresh weights. The same spec and seed always give the same weights.

    Raises BudgetExceeded, before anything is allocated, when one sample costs more than `budget` allows.
    """
    if budget is not None:
        budget.check(estimate(spec))
    random = np.random.default_rng(seed)
    network = Network(spec, lambda layer, weights: _draw(layer, weights, random, dtype))
    return Model(spec, network, dtype)


def _draw(
    layer: LayerSpec, weights: tuple[Weight, ...], random: Random, dtype: Dtype
) -> tuple[Parameter, ...]:
    trainable = layer.config.get("trainable") is not False
    parameters = []
    for weight in weights:
        value = np.array(draw(weight.initializer, weight.shape, random), dtype, order="C")
        parameters.append(
            Parameter(
                weight.name,
                value,
                np.zeros_like(value),
                trainable and weight.trainable,
                weight.regularizer,
                weight.constraint,
            )
        )
    return tuple(parameters)


class Model:
    """A network with weights. Arrays are `(batch, ...)`; several inputs or outputs come as lists."""

    def __init__(self, spec: Spec, network: Network, dtype: Dtype) -> None:
        self.spec = spec
        self.network = network
        self.dtype: Dtype = dtype
        self.name = spec.name
        self.compiled = spec.compiled
        self._trainer: training.Trainer | None = None
        self._plans = Plans(network, dtype)
        self.input_names = tuple(spec.calls[tensor.call].layer for tensor in spec.inputs)
        self.input_shapes = input_shapes(spec)
        self.output_names = tuple(spec.calls[tensor.call].layer for tensor in spec.outputs)
        self.output_shapes = model_output_shapes(spec)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in Keras's order; those of a nested model stand in its own `layers`."""
        return self.network.layers

    @property
    def output_shape(self) -> Shape | tuple[Shape, ...]:
        """The shape of what `predict` returns, batch first, open dimensions None; a tuple of shapes for
        several outputs.
        """
        return self.output_shapes[0] if len(self.output_shapes) == 1 else self.output_shapes

    def predict(self, x: Any, batch_size: int | None = None) -> Any:
        """The network's answers to x: a fresh `(batch, ...)` array in the model's dtype.

        `batch_size` bounds the memory in use; None runs x as one batch. Raises ShapeError.
        """
        if batch_size is None and type(x) is np.ndarray:
            answer = self._plans.again(x)
            if answer is not None:
                return answer
        arrays = self.take(x)
        count = len(arrays[0])
        if len(arrays) == 1 and (batch_size is None or count <= batch_size):
            answer = self._plans.answer(arrays[0])
            if answer is not None:
                return answer
        step = count if batch_size is None else max(1, batch_size)
        parts = [
            self.run(tuple(array[start : start + step] for array in arrays), Context(one_way=True))[0]
            for start in range(0, max(count, 1), max(step, 1))
        ]
        # Layers that only pass on would return the caller's own array.
        answers = [np.concatenate(column) for column in zip(*parts, strict=True)]
        return answers[0] if len(answers) == 1 else answers

    def take(self, x: Any) -> Arrays:
        """x as the arrays that the network takes, in the model's dtype; raises ShapeError."""
        return inputs(x, self.input_names, self.input_shapes, self.dtype)

    def run(self, arrays: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        """One pass through the network, and the way back. Numbers may overflow to infinity, silently."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return self.network.call(arrays, context)

    def get_weights(self) -> list[Array]:
        """Copies of all weights, in Keras's order and layouts."""
        return [parameter.value.copy() for parameter in self.network.parameters]

    def set_weights(self, weights: Sequence[npt.ArrayLike]) -> None:
        """Replaces all weights, or none of them: raises ShapeError for a wrong number, shape or value."""
        parameters = self.network.parameters
        if len(weights) != len(parameters):
            were = "was" if len(weights) == 1 else "were"
            raise ShapeError(
                f"The model has {len(parameters)} weight arrays; {len(weights)} {were} given.",
                f"It wants {self._wanted()}.",
            )
        arrays = []
        for index, (parameter, given) in enumerate(zip(parameters, weights, strict=True)):
            array = numbers(given, f"Weight array {index + 1}", self.dtype)
            if array.shape != parameter.value.shape:
                raise ShapeError(
                    f"Weight array {index + 1} ({parameter.name}) must have the shape "
                    f"{parameter.value.shape}; it has the shape {array.shape}.",
                    f"The model wants {self._wanted()}.",
                )
            if not np.isfinite(array).all():
                raise ShapeError(
                    f"Weight array {index + 1} ({parameter.name}) holds values that are not finite.",
                    f"Every weight must be a number that {self.dtype} can hold.",
                )
            arrays.append(array)
        for parameter, array in zip(parameters, arrays, strict=True):
            parameter.value[...] = array

    def _wanted(self) -> str:
        shapes = [f"{parameter.name} {parameter.value.shape}" for parameter in self.network.parameters]
        return ", ".join(shapes) or "none"

    def count_params(self) -> int:
        """How many numbers all weights hold."""
        return self.network.count_params()

    def summary(self) -> str:
        """A table of layers, output shapes and parameters, as Keras prints it."""
        return summary(self.spec)

    def compile(self, optimizer: Value = "rmsprop", loss: Value = None, metrics: Value = ()) -> None:
        """Says how `fit` shall train: optimizer, loss and metrics by Keras's names, or as Items.

        Raises SpecError for a name that Keras does not have.
        """
        self.compiled = training.compile_settings(optimizer, loss, metrics)
        self._trainer = None

    def fit(
        self,
        x: Any,
        y: Any,
        epochs: int = 1,
        batch_size: int | None = None,
        shuffle: bool = True,
        validation_data: tuple[Any, Any] | None = None,
        validation_split: float = 0.0,
        seed: int = 0,
        on_epoch: training.OnEpoch | None = None,
        budget: Budget | None = None,
    ) -> training.History:
        """Trains on x and y; prints nothing. A batch_size of None is 32.

        `validation_split` keeps the last part of the samples for validation. `seed` fixes shuffling, dropout
        and noise. `on_epoch` may end the training by returning True. Raises ShapeError, SpecError without a
        loss, BudgetExceeded before the first step, Diverged when the loss is no longer finite.
        """
        arrays, targets = self._pairs(x, y)
        validation = None if validation_data is None else self._pairs(*validation_data)
        if validation is None and validation_split > 0:
            kept = int(len(arrays[0]) * (1 - validation_split))
            if kept == 0:
                raise ShapeError("validation_split leaves no samples to train on.", "Make it smaller.")
            validation = tuple(a[kept:] for a in arrays), tuple(a[kept:] for a in targets)
            arrays, targets = tuple(a[:kept] for a in arrays), tuple(a[:kept] for a in targets)
        size = batch_size or 32
        if budget is not None:
            budget.check(training.training_cost(self.spec, len(arrays[0]), epochs, size, self.compiled))
        return self.trainer.fit(arrays, targets, epochs, size, shuffle, validation, seed, on_epoch)

    def evaluate(self, x: Any, y: Any, batch_size: int | None = None) -> dict[str, Result]:
        """Loss and metrics on x and y, under Keras's keys. Raises ShapeError."""
        arrays, targets = self._pairs(x, y)
        return self.trainer.evaluate(arrays, targets, batch_size or 32)

    def _pairs(self, x: Any, y: Any) -> tuple[Arrays, Arrays]:
        arrays = self.take(x)
        targets = self.trainer.objective.targets(y, self.output_shapes, self.dtype)
        counts = {len(array) for array in (*arrays, *targets)}
        if len(counts) > 1:
            raise ShapeError(
                f"x holds {len(arrays[0])} samples and y {len(targets[0])}.",
                "Give one target for each sample.",
            )
        if counts == {0}:
            raise ShapeError("x holds no samples.", "Give at least one.")
        if not all(np.isfinite(array).all() for array in arrays):
            raise ShapeError("x holds values that are not finite.", "Leave such samples out.")
        return arrays, targets

    @property
    def trainer(self) -> training.Trainer:
        """What trains this model; it keeps the optimizer's state from one `fit` to the next."""
        if self._trainer is None:
            if self.compiled is None:
                raise SpecError(
                    "The model is not compiled.",
                    "Call compile(optimizer='adam', loss='categorical_crossentropy') before fit.",
                    code="not-compiled",
                )
            self._trainer = training.Trainer(self.network, self.compiled, self.output_names, self.dtype)
            # The trainer moves the weights into buffers of its own.
            self._plans = Plans(self.network, self.dtype)
        return self._trainer

    def astype(self, dtype: Dtype) -> Model:
        """The same model, same weights, computing in another dtype."""
        twin = build(self.spec, dtype=dtype)
        twin.set_weights(self.get_weights())
        return twin
