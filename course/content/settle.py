"""An edit that differs from its file: shown value by value, and settled one way or the other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from course.content.entry import Entry, Outcome
from course.content.upsert import Shelf, upsert
from course.models import ContentRecord


@dataclass(frozen=True)
class Line:
    """A line of a difference: of the row ("mine"), the file ("file"), both ("same"), or skipped ("gap")."""

    side: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One value in which a row and its file part."""

    name: str
    lines: tuple[Line, ...]


SIDES = {"-": "mine", "+": "file", " ": "same"}


def shelf_of(kind: str) -> Shelf[Any]:
    """The shelf that settings.CONTENT_SHELVES names for a kind."""
    shelf: Shelf[Any] = import_string(settings.CONTENT_SHELVES[kind])()
    return shelf


def differences(record: ContentRecord) -> list[Difference]:
    """Where the row and the file's newest version part; empty when nothing is open or the row is gone."""
    row = shelf_of(record.kind).find(record.key)
    if row is None or record.offered is None:
        return []
    mine = shelf_of(record.kind).values(row)
    names = [name for name in record.offered if record.offered[name] != mine.get(name)]
    return [Difference(name, tuple(_lines(mine.get(name), record.offered[name]))) for name in names]


def take_file(record: ContentRecord) -> Outcome:
    """The row becomes what the file says. Raises ContentError when it cannot be laid down."""
    entry = Entry(record.kind, record.key, record.offered)
    return upsert(entry, shelf_of(record.kind), overwrite=True)[1]


def keep_mine(record: ContentRecord) -> None:
    """The row stays; the file's version counts as seen until the file changes again."""
    record.values, record.offered = record.offered, None
    record.save()


def _lines(mine: Any, offered: Any) -> Iterator[Line]:
    is_first = True
    for line in list(unified_diff(_text(mine), _text(offered), n=2, lineterm=""))[2:]:
        if not line.startswith("@@"):
            yield Line(SIDES[line[0]], line[1:])
        elif not is_first:
            yield Line("gap", "")
        is_first = False


def _text(value: Any) -> list[str]:
    text = value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)
    return text.splitlines()
