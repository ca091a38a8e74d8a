"""Maps of answers: bands, and the line where they are zero."""

import json
import subprocess
from pathlib import Path

import numpy as np

from labs.playground.maps import Grid, Map, heat_maps
from tests.course.figures.scripts import node

ROOT = Path(__file__).parents[3]
DRAWN = """
import {{ bandsOf }} from "{module}";
import {{ readFileSync }} from "node:fs";
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(bandsOf)));
"""


def heat_map(values: Grid) -> Map:
    return heat_maps(values[None])[0]


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
    assert heat_map(np.array([[np.inf, -np.inf]] * 2)).levels == "5050"


def test_maps_are_drawn_together_as_each_alone() -> None:
    values = np.random.default_rng(0).normal(size=(5, 9, 9))

    assert heat_maps(values) == [heat_map(each) for each in values]


def test_what_is_below_zero_is_hatched() -> None:
    assert heat_map(np.array([[-1.0, -0.5], [-0.1, 1.0]])).hatched == "M0 0h1v1h-1zM1 0h1v1h-1zM0 1h1v1h-1z"


def test_the_browser_draws_the_same_bands() -> None:
    maps = heat_maps(np.random.default_rng(1).normal(0, 0.6, (20, 20, 20)).round(1))
    script = DRAWN.format(module=(ROOT / "frontend/playground/strips.js").as_uri())
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script],
        input=json.dumps([each.levels for each in maps]),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == [[path for _, path in each.bands] for each in maps]
