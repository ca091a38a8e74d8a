"""Plots: round ticks, places in percent, curves that may leave the sheet but not the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.figures.plot import Plot, ticks


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-4, 4, [-4, -2, 0, 2, 4]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-1.5, 4, [-1, 0, 1, 2, 3, 4]),
        (0.2, 2.9, [0.5, 1, 1.5, 2, 2.5]),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_there_are_two_to_eight_ticks_and_none_outside(low: float, size: float) -> None:
    found = ticks(low, low + size)
    assert 2 <= len(found) <= 8
    assert all(low - 1e-6 * size <= value <= low + size * (1 + 1e-6) for value in found)


def test_places_run_from_left_to_right_and_from_top_to_bottom() -> None:
    plot = Plot(0, 10, 0, 2, "x", "y")
    assert plot.path([(0, 0), (5, 2), (10, 1)]) == "M0 100L50 0L100 50"
    assert plot.path([(0, 1e30)]) == "M0 -60"
