"""The challenges that are shipped: the author's solutions do what they should, and always the same.

`REPORT_RUNS=100` grades each solution a hundred times, as `make prove` does.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import engine
from course.content import Tree
from labs.files import read_challenges, settings_text
from labs.rubric import criterion_toml
from labs.solutions import outcome_of
from labs.weights import weight_tables

CONTENT = Path(__file__).parent.parent.parent / "content"
RUNS = int(os.environ.get("REPORT_RUNS", "2"))
SHIPPED = {entry.key: entry.values for entry, _ in read_challenges(Tree.read(CONTENT))}
SOLUTIONS = [(key, solution) for key, values in SHIPPED.items() for solution in values["solution"]]


def report_of(key: str, solution: Mapping[str, Any]) -> dict[str, Any]:
    texts = [
        criterion_toml(one["kind"], one["points"], settings_text(one)) for one in SHIPPED[key]["criterion"]
    ]
    asked, weights = engine.criteria("\n".join(texts)), solution["weights"] or None
    return dict(engine.evaluate(solution["source"], asked, 0, engine.WORKER, weights).to_dict())


def test_there_are_at_least_twelve() -> None:
    assert len(SHIPPED) >= 12


@pytest.mark.parametrize("key", SHIPPED)
def test_each_has_a_way_to_pass_and_known_mistakes(key: str) -> None:
    misses = [solution["misses"] for solution in SHIPPED[key]["solution"]]
    assert misses.count("") == 1
    assert len(misses) >= 4
    assert SHIPPED[key]["task"]


@pytest.mark.parametrize("key", SHIPPED)
def test_the_starter_reads_and_does_not_pass(key: str) -> None:
    text, weights = SHIPPED[key]["starter"], None
    if SHIPPED[key]["weights"]:
        tables = weight_tables(engine.parse(text), {})
        assert tables is not None
        weights = tables.arrays
    assert report_of(key, {"source": text, "weights": weights})["verdict"] == "not yet"


@pytest.mark.parametrize(("key", "solution"), SOLUTIONS, ids=[f"{k}: {s['title']}" for k, s in SOLUTIONS])
def test_a_solution_does_what_it_should_every_time(key: str, solution: Mapping[str, Any]) -> None:
    first = report_of(key, solution)
    found = outcome_of(first, solution["misses"])
    assert found.is_as_meant, found.told
    for _ in range(RUNS - 1):
        assert json.dumps(report_of(key, solution)) == json.dumps(first)
