import numpy as np
import pytest

from engine.errors import ShapeError
from engine.nn.penalties import constrained, price
from engine.spec import Config, Item
from engine.spec.catalogue import CONSTRAINTS, REGULARIZERS
from engine.spec.catalogue.items import default_item


def test_orthogonal_rows_cost_nothing_and_equal_ones_most() -> None:
    item = default_item(REGULARIZERS["OrthogonalRegularizer"])
    assert price(item, np.eye(3))[0] == 0
    assert price(item, np.ones((3, 3)))[0] == pytest.approx(item.config.real("factor"))


def test_only_a_matrix_has_rows_to_compare() -> None:
    with pytest.raises(ShapeError) as caught:
        price(default_item(REGULARIZERS["OrthogonalRegularizer"]), np.ones(3))
    assert str(caught.value) == (
        "OrthogonalRegularizer compares rows of a matrix; it is given an array of shape (3,). "
        "Use 'l2', or give it the kernel of a Dense layer."
    )


def test_a_constraint_needs_an_axis_that_is_there() -> None:
    item = default_item(CONSTRAINTS["MaxNorm"])
    with pytest.raises(ShapeError) as caught:
        constrained(Item(item.kind, Config(item.config).replace(axis=1)), np.ones(3))
    assert str(caught.value) == (
        "A constraint adds up along axis 1; the weights have the shape (3,). Use axis=0."
    )
    assert constrained(item, np.full((4, 2), 2.0)) == pytest.approx(np.full((4, 2), 1.0), abs=1e-6)
