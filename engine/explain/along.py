"""The loss of one sample along one weight: what it would be, and how steep, while everything else stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.errors import SpecError
from engine.explain.backward import descend
from engine.explain.objective import chosen_loss, target
from engine.explain.sample import one_sample
from engine.nn.arrays import Array
from engine.nn.model import Model, build


def loss_along(
    model: Model,
    x: Any,
    y: Any,
    weight: tuple[str, str, tuple[int, ...]],
    values: Sequence[float],
    loss: str | None = None,
) -> tuple[Array, Array]:
    """The losses and the slopes, both float64 of shape (values,), when one weight takes each of the values.

    `weight` names it: layer, array and place, such as ('dense_1', 'kernel', (2, 0)). `x`, `y` and `loss` are
    as for trace_backward; the model is left as it is. Raises ShapeError, and SpecError for a weight that
    there is not.
    """
    twin = build(model.spec, dtype="float64")
    twin.set_weights(model.get_weights())
    twin.compile(optimizer="sgd", loss=chosen_loss(model) if loss is None else loss)
    arrays, targets = one_sample(twin, x), target(twin, y)
    layer, name, place = weight
    known = twin.network.by_name.get(layer)
    parameter = next((p for p in (known.parameters if known else ()) if p.name == name and p.trainable), None)
    if parameter is None or not _is_inside(parameter.value, place):
        raise SpecError(
            f"There is no weight {name}{list(place)} in {layer!r}.",
            "Name a layer, one of its trainable arrays and a place in it.",
        )
    losses, slopes = np.empty(len(values)), np.empty(len(values))
    for n, value in enumerate(values):
        parameter.value[place] = value
        losses[n] = descend(twin, arrays, targets, [])
        slopes[n] = parameter.gradient[place]
    return losses, slopes


def _is_inside(array: Array, place: tuple[int, ...]) -> bool:
    return len(place) == array.ndim and all(
        0 <= at < size for at, size in zip(place, array.shape, strict=True)
    )
