import math
from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.nn.losses import LOSSES, Loss
from engine.spec import Item, catalogue
from engine.spec.catalogue import losses as declared
from engine.spec.completion import complete
from tests.engine.nn.gradients import assert_close, numeric


def item(kind: str, **given: Any) -> Item:
    config, problems = complete(kind, declared.LOSSES[kind].arguments, given)
    assert config is not None, problems
    return Item(kind, config)


def test_every_loss_of_the_catalogue_has_arithmetic() -> None:
    assert set(LOSSES) == set(catalogue.LOSSES)


CASES = [item(kind) for kind in LOSSES] + [
    item("BinaryCrossentropy", from_logits=True),
    item("BinaryCrossentropy", label_smoothing=0.2),
    item("BinaryFocalCrossentropy", from_logits=True, apply_class_balancing=True, gamma=1.5),
    item("CategoricalCrossentropy", from_logits=True, label_smoothing=0.1),
    item("CategoricalFocalCrossentropy", from_logits=True, label_smoothing=0.1),
    item("SparseCategoricalCrossentropy", from_logits=True),
    item("SparseCategoricalCrossentropy", ignore_class=2),
    item("MeanSquaredError", reduction="sum"),
    item("Huber", delta=0.2),
]


def batch(kind: str, random: np.random.Generator, from_logits: bool) -> tuple[np.ndarray, np.ndarray]:
    p = random.normal(size=(3, 2, 4)) if from_logits else random.uniform(0.05, 0.8, (3, 2, 4))
    if kind == "SparseCategoricalCrossentropy":
        return random.integers(0, 4, (3, 2)), p
    if kind.startswith("Categorical"):
        return np.eye(4)[random.integers(0, 4, (3, 2))], p
    if kind.startswith("Binary") or "Hinge" in kind:
        return random.integers(0, 2, (3, 2, 4)).astype(float), p
    return random.uniform(0.05, 0.9, (3, 2, 4)), p


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("loss", CASES, ids=lambda loss: loss.kind)
def test_way_back_agrees_with_central_differences(loss: Item, masked: bool) -> None:
    from_logits = loss.config.get("from_logits") is True
    y, p = batch(loss.kind, np.random.default_rng(4), from_logits)
    mask = np.array([[True, False], [True, True], [False, True]]) if masked else None
    total, gradient = Loss(loss)(y, p, mask)
    assert math.isfinite(total)
    assert_close(gradient, numeric(lambda: Loss(loss)(y, p, mask)[0], p), loss.kind)


def test_crossentropy_of_the_llama() -> None:
    p = np.array([[0.016200, 0.072603, 0.884488, 0.026709]])
    total, _ = Loss(item("SparseCategoricalCrossentropy"))(np.array([2]), p)
    assert total == pytest.approx(-math.log(0.884488), abs=1e-6)


def test_padding_changes_no_mean() -> None:
    y, p = np.zeros((1, 3, 1)), np.array([[[1.0], [2.0], [9.0]]])
    mask = np.array([[True, True, False]])
    assert Loss(item("MeanAbsoluteError"))(y, p, mask)[0] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("kind", "y", "p", "message"),
    [
        (
            "CategoricalCrossentropy",
            (5,),
            (5, 4),
            "y must have the shape (5, 4), beside the predictions; it has (5,). "
            "For class numbers use SparseCategoricalCrossentropy; or give one-hot rows.",
        ),
        (
            "SparseCategoricalCrossentropy",
            (5, 4),
            (5, 4),
            "y must have the shape (5,), beside the predictions; it has (5, 4). "
            "SparseCategoricalCrossentropy takes class numbers; for one-hot rows use "
            "CategoricalCrossentropy.",
        ),
        (
            "MeanSquaredError",
            (5, 2),
            (5, 4),
            "y must have the shape (5, 4), beside the predictions; it has (5, 2). "
            "One target is needed for each output.",
        ),
    ],
)
def test_tells_targets_that_do_not_fit(
    kind: str, y: tuple[int, ...], p: tuple[int, ...], message: str
) -> None:
    with pytest.raises(ShapeError) as caught:
        Loss(item(kind))(np.zeros(y), np.ones(p))
    assert str(caught.value) == message


def test_targets_without_their_last_axis_are_understood() -> None:
    assert Loss(item("MeanSquaredError"))(np.array([1.0, 3.0]), np.array([[0.0], [0.0]]))[0] == 5
