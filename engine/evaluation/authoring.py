"""What an author asks of a network, read from TOML: a list of `[[criterion]]` tables.

Every table has a `kind` (a key of `KINDS`) and may have `points` (1), a `title` and an `id`; the other keys
are the kind's own arguments. What is wrong is told with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import CriteriaError, DatasetMissing
from engine.evaluation.kinds import KINDS
from engine.evaluation.kinds.base import Kind
from engine.evaluation.kinds.settings import dataset_of
from engine.spec import Config, Value
from engine.spec.arguments import Argument, Real, Text
from engine.spec.completion import Problem, complete
from engine.spec.wording import closest, listed, show

MOST_CRITERIA: Final = 50
MOST_LETTERS: Final = 64 * 1024

COMMON: Final = (
    Argument("points", Real(least=0.0, most=1000.0), 1.0, "What it is worth."),
    Argument("title", Text(none=True), None, "What it is called; a kind has a title of its own."),
    Argument("id", Text(none=True), None, "A name for machines; a kind has one of its own."),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing asked of a network: its kind, the kind's arguments, and what it is worth."""

    id: str
    kind: Kind
    title: str
    points: float
    config: Config

    @property
    def trains(self) -> bool:
        """Whether the network has to learn before it can be judged."""
        return self.config.get("dataset") is not None


def criteria(toml_text: str) -> tuple[Criterion, ...]:
    """The criteria of a TOML text, in its order. Raises CriteriaError with the line and a hint."""
    if len(toml_text) > MOST_LETTERS:
        raise CriteriaError(f"The criteria are longer than {MOST_LETTERS // 1024} KiB.", 1)
    try:
        tables = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(str(error)) from None
    places = Places(toml_text)
    for key in tables:
        if key != "criterion":
            raise CriteriaError(
                f"There is no setting {show(key)} among criteria.", places.key(key), "Write [[criterion]]."
            )
    listed_tables = tables.get("criterion")
    if not isinstance(listed_tables, list) or not listed_tables:
        raise CriteriaError("There is no criterion.", 1, "Begin each one with a line [[criterion]].")
    if len(listed_tables) > MOST_CRITERIA:
        raise CriteriaError(f"There are more than {MOST_CRITERIA} criteria.", 1, "Split the challenge.")
    read = [_criterion(table, index, places) for index, table in enumerate(listed_tables)]
    _refuse_twins(read, places)
    return tuple(read)


def _broken(message: str) -> CriteriaError:
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found.group(1)) if found else 1
    told = message[: found.start()].strip() if found else message.split(" (at", maxsplit=1)[0]
    return CriteriaError(f"This is not TOML: {told}.", line, "Strings need quotation marks; lists need [ ].")


def _criterion(table: Any, index: int, places: Places) -> Criterion:
    if not isinstance(table, Mapping):
        raise CriteriaError("A criterion must be a table.", places.table(index), "Write [[criterion]].")
    kind = _kind(table, index, places)
    given = {str(key): _value(value, index, places) for key, value in table.items() if key != "kind"}
    config, problems = complete(f"The criterion {kind.name}", (*kind.arguments, *COMMON), given)
    if config is None:
        raise _unfit(problems[0], index, places)
    try:
        if isinstance(config.get("dataset"), str):
            dataset_of(config)
        kind.check(config)
    except ValueError as error:
        raise CriteriaError(f"The criterion {kind.name} {error}.", places.table(index)) from None
    except DatasetMissing as missing:
        raise CriteriaError(missing.message, places.key("dataset", index), missing.hint) from None
    title, name = config["title"], config["id"]
    own = config.without("points", "title", "id")
    return Criterion(
        id=name if isinstance(name, str) and name else f"{kind.name}-{index + 1}",
        kind=kind,
        title=title if isinstance(title, str) and title else kind.title(own),
        points=config.real("points"),
        config=own,
    )


def _kind(table: Mapping[str, Any], index: int, places: Places) -> Kind:
    name = table.get("kind")
    if name is None:
        raise CriteriaError(
            "A criterion needs a kind.", places.table(index), f"The kinds are {listed(sorted(KINDS))}."
        )
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        near = closest(name, KINDS) if isinstance(name, str) else None
        suggestion = f"; did you mean {show(near)}?" if near else "."
        raise CriteriaError(
            f"There is no kind of criterion named {show(str(name))}{suggestion}",
            places.key("kind", index),
            f"The kinds are {listed(sorted(KINDS))}.",
        )
    return kind


def _value(value: Any, index: int, places: Places) -> Value:
    """A TOML value as the engine keeps values; dates and times have no meaning here."""
    if isinstance(value, list):
        return tuple(_value(part, index, places) for part in value)
    if isinstance(value, dict):
        return Config({str(key): _value(part, index, places) for key, part in value.items()})
    if isinstance(value, bool | int | float | str):
        return value
    raise CriteriaError("A criterion holds a date or time.", places.table(index), "Use numbers or strings.")


def _unfit(problem: Problem, index: int, places: Places) -> CriteriaError:
    line = places.key(problem.argument, index) if problem.argument else places.table(index)
    unknown = problem.code == "unknown-argument"
    hint = f"Did you mean {problem.fix}?" if problem.fix and not unknown else problem.hint
    return CriteriaError(problem.message, line, hint)


def _refuse_twins(read: list[Criterion], places: Places) -> None:
    seen: set[str] = set()
    for index, criterion in enumerate(read):
        if criterion.id in seen:
            raise CriteriaError(
                f"Two criteria have the id {show(criterion.id)}.",
                places.key("id", index),
                "Give each its own, or none.",
            )
        seen.add(criterion.id)


class Places:
    """Where tables and keys stand in the text, for messages."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.starts = [
            number
            for number, line in enumerate(self.lines, start=1)
            if re.match(r"\s*\[\[\s*[\"']?criterion[\"']?\s*\]\]", line)
        ]

    def table(self, index: int) -> int:
        """The line at which the table of that index begins; 1 when it is written in another way."""
        return self.starts[index] if index < len(self.starts) else 1

    def key(self, name: str, index: int | None = None) -> int:
        """The line of a key: in the table of that index, or before all of them."""
        first = 1 if index is None else self.table(index)
        last = len(self.lines)
        if index is not None and index + 1 < len(self.starts):
            last = self.starts[index + 1] - 1
        for number in range(first, last + 1):
            if re.match(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[\]=.]", self.lines[number - 1]):
                return number
        return first
