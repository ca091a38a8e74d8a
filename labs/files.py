"""What a challenge's content files say, as plain values: challenges/<slug>.toml, and <slug>.md for the task.

title, summary, lesson ("course/lesson"), closes_at, attempt_limit, order, published, starter, hints (a list
of texts), weights (true: learners set them), one [[criterion]] per thing to meet (kind, points, and what the
kind asks for, which the engine reads and checks), and [[solution]] tables: a network that passes, and known
mistakes with the criterion that each one misses.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import tomlkit

from course.content import ContentError, Entry, Table, Tree, read_toml
from labs.rubric import CriterionError, check_criterion

KIND = "labs.challenge"
PATTERNS = ("challenges/*.toml", "*/challenges/*.toml")


def read_challenges(tree: Tree) -> Iterator[tuple[Entry, list[str]]]:
    """Each challenge with the paths it was read from. Raises ContentError."""
    for pattern in PATTERNS:
        for path, text in tree.matching(pattern):
            task_path = task_path_of(path)
            values = {**_settings(path, text), "task": tree.files.get(task_path, "")}
            paths = [path, task_path] if task_path in tree.files else [path]
            yield Entry(KIND, PurePosixPath(path).stem, values), paths


def task_path_of(path: str) -> str:
    """Where the task of the challenge at `path` is written."""
    return str(PurePosixPath(path).with_suffix(".md"))


def settings_text(criterion: dict[str, Any]) -> str:
    """What a criterion's kind asks for, as the TOML that its row keeps."""
    table = tomlkit.table()
    for name, value in criterion.items():
        if name not in ("kind", "points"):
            table[name] = _inline(value)
    return tomlkit.dumps(table)


def _inline(value: Any) -> Any:
    """A list of tables on one line each: under a heading of its own it would leave its criterion."""
    if not (isinstance(value, list) and any(isinstance(one, dict) for one in value)):
        return value
    rows = tomlkit.array().multiline(True)
    for one in value:
        row = tomlkit.inline_table()
        row.update(one)
        rows.append(row)
    return rows


def _settings(path: str, text: str) -> dict[str, Any]:
    table = Table(path, read_toml(path, text))
    values = {
        "title": table.text("title", at_most=120),
        "summary": table.text("summary", at_most=300),
        "lesson": table.text("lesson", ""),
        "closes_at": table.moment_or_none("closes_at"),
        "attempt_limit": table.integer("attempt_limit", 0, at_most=100),
        "order": table.integer("order", 0),
        "published": table.truth("published", True),
        "starter": table.text("starter", "", at_most=32_000),
        "hints": _hints(table),
        "weights": table.truth("weights", False),
        "board": table.choice("board", ["off", "passed", "open"], "off"),
        "shows_reference": table.truth("shows_reference", False),
        "criterion": [_criterion(path, place, entry) for place, entry in enumerate(_tables(table), start=1)],
        "solution": [_solution(part) for part in table.tables("solution")],
    }
    table.done()
    return values


def _hints(table: Table) -> list[str]:
    hints = [" ".join(hint.split()) for hint in table.texts("hints", [])]
    if not all(hints):
        raise table.error("One of the `hints` is empty.")
    return hints


def _solution(table: Table) -> dict[str, Any]:
    solution = {
        "title": table.text("title", at_most=120),
        "source": table.text("source", at_most=32_000),
        "misses": table.text("misses", "", at_most=200),
        "weights": table.raw("weights", []),
    }
    table.done()
    return solution


def _tables(table: Table) -> list[Any]:
    criteria = table.raw("criterion", [])
    if not isinstance(criteria, list) or not criteria:
        raise table.error("There is nothing to meet. Add tables under [[criterion]].")
    return criteria


def _criterion(path: str, place: int, entry: Any) -> dict[str, Any]:
    criterion = dict(entry)
    kind, points = criterion.get("kind"), criterion.get("points", 1)
    if not isinstance(kind, str) or isinstance(points, bool) or not isinstance(points, int | float):
        raise ContentError(path, f"In criterion {place}: `kind` must be a text, `points` a number.")
    try:
        check_criterion(kind, points, settings_text(criterion))
    except CriterionError as error:
        raise ContentError(path, f"In criterion {place}: {error.message}") from error
    return {"kind": kind, "points": points, **criterion}
