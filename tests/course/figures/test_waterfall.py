"""The weighted sum as a waterfall and a table."""

import pytest
from django.template.loader import render_to_string

from course.figures import waterfall

LEGS = ("legs", 0.5, 2.0, 1.0)
FUR = ("fur", 0.0, 2.0, 0.0)
NECK = ("neck", -0.5, 2.0, -1.0)
SIZE = ("size", -0.5, 2.0, -1.0)


def test_columns_keep_the_order_and_zeros_are_named() -> None:
    summed = waterfall([LEGS, FUR, NECK, SIZE], 0.5, -0.5)
    assert [cell.name for cell in summed.cells] == ["legs", "neck", "size", "bias", "z"]
    assert [cell.total for cell in summed.cells] == ["+1.00", "−1.00", "−1.00", "+0.50", "−0.50"]
    assert [cell.key for cell in summed.cells] == ["0", "2", "3", "b", "z"]
    assert summed.zeros == ("fur",)


def test_each_bar_begins_where_the_one_before_ends() -> None:
    summed = waterfall([LEGS, NECK, SIZE], 0.5, -0.5)
    up, down, further, bias, z = summed.bars
    assert up.y + up.height == pytest.approx(summed.axis)
    assert down.y == pytest.approx(up.y)
    assert further.y == pytest.approx(summed.axis)
    assert bias.y + bias.height == pytest.approx(further.y + further.height)
    assert z.y == pytest.approx(summed.axis)
    assert z.height == pytest.approx(bias.height, abs=0.2)


def test_the_learners_value_is_a_line_inside_the_picture() -> None:
    inside = waterfall([LEGS, NECK, SIZE], 0.5, -0.5, mark=-1.0)
    assert inside.mark == pytest.approx(inside.bars[2].y + inside.bars[2].height)
    far = waterfall([LEGS], 0.0, 1.0, mark=30.0)
    assert far.mark is not None
    assert 0 <= far.mark <= far.height
    assert far.mark_text == "30.00"
    assert "mark" in render_to_string("course/figures/_waterfall.html", {"sum": far})


def test_a_hidden_sum_has_no_bars() -> None:
    summed = waterfall([("h1.1", 0.5, None, None), ("h1.2", 0.0, None, None)], 0.5, None)
    assert [(cell.name, cell.input, cell.total) for cell in summed.cells] == [
        ("h1.1", "?", "?"),
        ("bias", "", "+0.50"),
        ("z", "", "?"),
    ]
    assert summed.bars == ()


def test_a_sum_of_nothing_can_be_drawn() -> None:
    summed = waterfall([FUR], 0.0, 0.0)
    assert all(bar.is_nil for bar in summed.bars)
    assert render_to_string("course/figures/_waterfall.html", {"sum": summed})
