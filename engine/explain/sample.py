"""One sample, as a batch of one: what every explanation starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.errors import ShapeError
from engine.nn.arrays import Arrays
from engine.nn.model import Model


def exact(model: Model) -> Model:
    """The model in float64: itself when it is, else a twin."""
    return model if model.dtype == "float64" else model.astype("float64")


def one_sample(model: Model, x: Any) -> Arrays:
    """x, with or without a batch axis, as the arrays the model takes; raises ShapeError unless it is one
    sample of finite numbers.
    """
    arrays = model.take(_batch_of_one(model, x))
    if any(len(array) != 1 for array in arrays):
        raise ShapeError(f"A trace follows one sample; x holds {len(arrays[0])}.", "Choose one row of x.")
    if not all(np.isfinite(array).all() for array in arrays):
        raise ShapeError("x holds values that are not finite.", "Every input must be a number.")
    return arrays


def _batch_of_one(model: Model, x: Any) -> Any:
    """x with a batch axis, where one sample was given without it."""
    if isinstance(x, dict):
        named = zip(model.input_names, model.input_shapes, strict=True)
        return {**x, **{name: _grown(x[name], len(shape)) for name, shape in named if name in x}}
    if len(model.input_shapes) > 1 and isinstance(x, Sequence) and len(x) == len(model.input_shapes):
        return [_grown(part, len(shape)) for part, shape in zip(x, model.input_shapes, strict=True)]
    return _grown(x, len(model.input_shapes[0]))


def _grown(x: Any, rank: int) -> Any:
    try:
        array = np.asarray(x)
    except ValueError:
        return x
    return array[None] if array.ndim == rank - 1 else array
