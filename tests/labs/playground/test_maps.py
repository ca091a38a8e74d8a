"""Maps of answers: bands, and the line where they are zero."""

import numpy as np

from labs.playground.maps import heat_map


def test_each_cell_is_in_the_band_of_its_value() -> None:
    made = heat_map(np.array([[-1.0, -1.0, 0.1], [0.9, 0.5, -0.1], [-0.5, 0.0, np.nan]]))

    assert dict(made.bands) == {
        "n3": "M0 0h2v1h-2z",
        "n2": "M0 2h1v1h-1z",
        "n1": "M2 1h1v1h-1z",
        "p1": "M2 0h1v1h-1zM1 2h2v1h-2z",
        "p2": "M1 1h1v1h-1z",
        "p3": "M0 1h1v1h-1z",
    }


def test_the_line_runs_where_values_would_be_zero() -> None:
    assert heat_map(np.array([[-1.0, 3.0], [-1.0, 3.0]])).zero == "M0.75 0.5L0.75 1.5"
    assert heat_map(np.array([[1.0, 1.0], [1.0, 1.0]])).zero == ""


def test_a_saddle_has_two_lines() -> None:
    assert heat_map(np.array([[1.0, -1.0], [-1.0, 1.0]])).zero.count("M") == 2


def test_values_without_bounds_are_drawn() -> None:
    assert [band for band, _ in heat_map(np.array([[np.inf, -np.inf]] * 2)).bands] == ["n3", "p3"]
