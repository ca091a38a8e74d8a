"""What a challenge's content files say, as plain values: challenges/<slug>.toml, and <slug>.md for the task.

title, summary, lesson ("course/lesson"), order, published, starter, and one [[criterion]] per thing to meet:
kind, points, and what the kind asks for (the engine reads and checks it).
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
    return tomlkit.dumps({name: value for name, value in criterion.items() if name not in ("kind", "points")})


def _settings(path: str, text: str) -> dict[str, Any]:
    table = Table(path, read_toml(path, text))
    values = {
        "title": table.text("title", at_most=120),
        "summary": table.text("summary", at_most=300),
        "lesson": table.text("lesson", ""),
        "order": table.integer("order", 0),
        "published": table.truth("published", True),
        "starter": table.text("starter", "", at_most=32_000),
        "criterion": [_criterion(path, place, entry) for place, entry in enumerate(_tables(table), start=1)],
    }
    table.done()
    return values


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
