"""Arrays from outside: what `predict`, `fit` and `set_weights` accept, and the refusal of anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.errors import ShapeError
from engine.nn.arrays import Array, Arrays
from engine.spec import Shape
from engine.spec.wording import show_shape

Given: TypeAlias = npt.ArrayLike | Mapping[str, npt.ArrayLike]
"""One array; for a model with several inputs a list of arrays, or a dict of them by input name."""


def numbers(given: Any, what: str, dtype: npt.DTypeLike) -> Array:
    """A rectangular array of real numbers: floats in `dtype`, whole numbers and booleans too."""
    try:
        array = np.asarray(given)
    except ValueError:
        raise ShapeError(f"{what} is ragged.", "Give every row the same length.") from None
    if array.dtype.kind not in "fiub":
        raise ShapeError(f"{what} must hold numbers; it holds {array.dtype}.", "Convert it to numbers first.")
    return array.astype(dtype, copy=False)


def samples(given: Any, shape: Shape, what: str, dtype: npt.DTypeLike) -> Array:
    """A batch of samples of that shape (batch first), or a ShapeError that says what is expected."""
    array = numbers(given, what, dtype)
    fits = array.ndim == len(shape) and all(
        wanted is None or size == wanted for size, wanted in zip(array.shape[1:], shape[1:], strict=True)
    )
    if fits:
        return array
    hint = "Its first axis counts the samples."
    if array.ndim == len(shape) - 1 and all(
        wanted is None or size == wanted for size, wanted in zip(array.shape, shape[1:], strict=True)
    ):
        hint = f"One sample is a batch of one: {what}[None]."
    raise ShapeError(f"{what} must have the shape {show_shape(shape)}; it has the shape {array.shape}.", hint)


def inputs(given: Any, names: Sequence[str], shapes: Sequence[Shape], dtype: npt.DTypeLike) -> Arrays:
    """The arrays for a model's inputs, all with the same number of samples."""
    if isinstance(given, Mapping):
        missing = [name for name in names if name not in given]
        if missing or len(given) != len(names):
            keys = ", ".join(map(str, given)) or "none"
            raise ShapeError(
                f"The model has the inputs {', '.join(names)}; x gives {keys}.",
                "Give one array for each input.",
            )
        parts = [given[name] for name in names]
        told = [f"x[{name!r}]" for name in names]
    elif len(names) == 1:
        parts, told = [given], ["x"]
    else:
        if not isinstance(given, list | tuple) or len(given) != len(names):
            raise ShapeError(
                f"The model has {len(names)} inputs; x must be a list of {len(names)} arrays.",
                f"Their order is {', '.join(names)}.",
            )
        parts, told = list(given), [f"x[{index}]" for index in range(len(names))]
    arrays = tuple(
        samples(part, shape, what, dtype) for part, shape, what in zip(parts, shapes, told, strict=True)
    )
    counts = {len(array) for array in arrays}
    if len(counts) > 1:
        raise ShapeError(
            f"The inputs differ in their number of samples: {', '.join(str(len(a)) for a in arrays)}.",
            "Every input needs one row per sample.",
        )
    return arrays
