"""From a table to points: which columns are coordinates, which is the class, and how they fit the plane."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.playground import OWN, Settings
from engine.playground.own import FEWEST_OF_A_CLASS, REACH, read, write
from labs.playground.addresses import MOST_NAME
from labs.playground.sheets import MOST_TOLD, Sheet, SheetError

MOST_CLASSES = 20
SPREAD = 5.0
"""A column with numbers beyond the plane is shown from -SPREAD to SPREAD."""

POSITIVE, NEGATIVE = "positive", "negative"


@dataclass(frozen=True)
class Choice:
    """The columns that are meant, and the class that is positive; all others are negative."""

    across: int
    up: int
    label: int
    positive: str


def guessed(sheet: Sheet) -> Choice:
    """What is most likely meant: the class is words, or the last column; the first numbers coordinates."""
    places = range(len(sheet.heads))
    words = [
        place
        for place in places
        if not _is_numeric(sheet, place) and len(classes(sheet, place)) <= MOST_CLASSES
    ]
    label = words[-1] if words else places[-1]
    left = sorted(
        (place for place in places if place != label), key=lambda each: not _is_numeric(sheet, each)
    )
    return Choice(left[0], left[1], label, _likely_positive(sheet, label))


def chosen(sheet: Sheet, given: Mapping[str, str]) -> Choice:
    """What the form says, or the guess where it says nothing that there is."""
    guess, places = guessed(sheet), {str(place): place for place in range(len(sheet.heads))}
    across = places.get(given.get("x", ""), guess.across)
    up = places.get(given.get("y", ""), guess.up)
    label = places.get(given.get("label", ""), guess.label)
    positive = given.get("positive", "")
    is_known = positive in classes(sheet, label)
    return Choice(across, up, label, positive if is_known else _likely_positive(sheet, label))


def is_plain(sheet: Sheet, choice: Choice) -> bool:
    """There is nothing to choose: two coordinates and two classes."""
    return len(sheet.heads) == 3 and len(classes(sheet, choice.label)) <= 2


def classes(sheet: Sheet, label: int) -> tuple[str, ...]:
    """The different values of a column, in the order of their first appearance."""
    return tuple(dict.fromkeys(sheet.column(label)))


def brought(sheet: Sheet, choice: Choice) -> dict[str, Any]:
    """The fields of Settings for these points. Raises SheetError."""
    if len({choice.across, choice.up, choice.label}) < 3:
        raise SheetError("Choose three different columns: one across, one up, one for the class.")
    counts = Counter(sheet.column(choice.label))
    if not 2 <= len(counts) <= MOST_CLASSES:
        many = "1 different value" if len(counts) == 1 else f"{len(counts)} different values"
        raise SheetError(
            f"Column {choice.label + 1} ({sheet.heads[choice.label][:MOST_NAME]}) has {many}; "
            f"a class needs from 2 to {MOST_CLASSES}. Choose another column."
        )
    positive = counts[choice.positive]
    if min(positive, len(sheet.rows) - positive) < FEWEST_OF_A_CLASS:
        raise SheetError(
            f"Each class needs at least {FEWEST_OF_A_CLASS} points; {choice.positive} has {positive}."
        )
    columns = [_numbers(sheet, place) for place in (choice.across, choice.up)]
    is_within = all(abs(value) <= REACH for column in columns for value in column)
    names = [sheet.heads[choice.across], sheet.heads[choice.up]]
    if not is_within:
        names = [_with_range(name, column) for name, column in zip(names, columns, strict=True)]
        columns = [_spread(column) for column in columns]
    labels = [1.0 if value == choice.positive else -1.0 for value in sheet.column(choice.label)]
    others = [value for value in counts if value != choice.positive]
    names += [choice.positive, others[0] if len(others) == 1 else "any other"]
    own = write(zip(*columns, labels, strict=True))
    return {"dataset": OWN, "own": own, "names": tuple(map(_short, names))}


def as_table(settings: Settings) -> str:
    """The points that an address has, as a table to read and to change; without any, nothing."""
    if not settings.own:
        return ""
    names = settings.names or ("x", "y", POSITIVE, NEGATIVE)
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow((*names[:2], "class"))
    for x, y, label in read(settings.own):
        writer.writerow((f"{x:g}", f"{y:g}", names[2] if label > 0 else names[3]))
    return told.getvalue()


def _is_numeric(sheet: Sheet, place: int) -> bool:
    return 2 * sum(sheet.number(value) is not None for value in sheet.column(place)) > len(sheet.rows)


def _likely_positive(sheet: Sheet, label: int) -> str:
    """`positive` if there is such a class, the largest of numbers, else the first."""
    known = classes(sheet, label)
    values = {name: sheet.number(name) for name in known}
    if POSITIVE in known:
        return POSITIVE
    if all(value is not None for value in values.values()):
        return max(known, key=lambda name: values[name] or 0.0)
    return known[0]


def _numbers(sheet: Sheet, place: int) -> list[float]:
    found, faults = [], []
    for row in sheet.rows:
        if (value := sheet.number(row.cells[place])) is None:
            faults.append(
                f"Line {row.line}, column {place + 1} ({sheet.heads[place][:MOST_NAME]}) must be a number "
                f"such as 1.5 or -2; it is {row.cells[place][:MOST_NAME]!r}."
            )
        else:
            found.append(value)
    if faults:
        raise SheetError(*faults[:MOST_TOLD])
    return found


def _spread(column: list[float]) -> list[float]:
    low, high = min(column), max(column)
    return [(value - low) / (high - low) * 2 * SPREAD - SPREAD if high > low else 0.0 for value in column]


def _with_range(name: str, column: list[float]) -> str:
    return f"{name[: MOST_NAME - 18].strip()}, {min(column):.4g} to {max(column):.4g}"


def _short(name: str) -> str:
    """As an address takes it."""
    return (name.replace("|", "/")[:MOST_NAME].strip()) or "no name"
