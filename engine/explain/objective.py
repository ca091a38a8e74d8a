"""What a model is held to when its way back is explained: which loss, and the target in its form."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Array, Arrays
from engine.nn.losses import SPARSE
from engine.nn.model import Model
from engine.spec import Item, Value
from engine.spec.catalogue.items import snake_case

SUITED: Final = {
    "softmax": "categorical_crossentropy",
    "sigmoid": "binary_crossentropy",
}
"""The loss that goes with a last activation; with any other it is the squared error."""


def chosen_loss(model: Model) -> Value:
    """The loss a model was compiled with, else the one that suits each of its outputs."""
    if model.compiled is not None and model.compiled.loss is not None:
        return model.compiled.loss
    each = tuple(
        SUITED.get(last_activation(model, name), "mean_squared_error") for name in model.output_names
    )
    return each[0] if len(each) == 1 else each


def last_activation(model: Model, name: str) -> str:
    """The name of the activation by which an output's layer ends; 'linear' when it has none."""
    layer = model.network.by_name[name]
    if layer.kind == "Softmax":
        return "softmax"
    value = layer.config.get("activation")
    return value.kind if isinstance(value, Item) else value if isinstance(value, str) else "linear"


def loss_name(model: Model) -> str:
    """The names of a compiled model's losses."""
    goals = model.trainer.objective.goals
    return " + ".join(snake_case(goal.loss.item.kind) for goal in goals if goal.loss is not None)


def target(model: Model, y: Any) -> Arrays:
    """The target of one sample as the objective takes it: a batch of one, class numbers one-hot where the
    loss wants shares.
    """
    goals = model.trainer.objective.goals
    named = isinstance(y, dict)
    several = len(goals) > 1
    if several and not named and not (isinstance(y, list | tuple) and len(y) == len(goals)):
        raise ShapeError(
            f"The model has {len(goals)} outputs; y must be a list of {len(goals)} targets.",
            f"Their order is {', '.join(model.output_names)}.",
        )
    parts = {name: y[name] for name in model.output_names if name in y} if named else y
    if not named:
        parts = dict(zip(model.output_names, y if several else [y], strict=True))
    shaped = {
        goal.name: _one(parts[goal.name], shape, goal.loss is not None and goal.loss.item.kind == SPARSE)
        for goal, shape in zip(goals, model.output_shapes, strict=True)
        if goal.name in parts
    }
    arrays = model.trainer.objective.targets(shaped, model.output_shapes, "float64")
    if any(len(array) != 1 for array in arrays):
        raise ShapeError(f"A trace follows one sample; y holds {len(arrays[0])}.", "Choose one row of y.")
    return arrays


def _one(y: Any, shape: tuple[int | None, ...], is_sparse: bool) -> Array:
    try:
        array = np.asarray(y)
    except ValueError:
        raise ShapeError("y is ragged.", "Give every row the same length.") from None
    classes = shape[-1]
    if array.ndim == 0 and not is_sparse and len(shape) == 2 and classes is not None and classes > 1:
        return _one_hot(array, classes)
    wanted = len(shape) - 1 if not is_sparse else len(shape) - 2
    return array[None] if array.ndim <= wanted else array


def _one_hot(number: Array, classes: int) -> Array:
    if number.dtype.kind not in "iu" or not 0 <= int(number) < classes:
        raise ShapeError(
            f"y is {number}; the model has {classes} outputs.", f"Give a class from 0 to {classes - 1}."
        )
    return np.asarray(np.eye(classes)[int(number)][None])
