"""What passes between files and rows: an entry going in, an outcome coming back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What loading did with a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept your edit"
    MISSING = "no longer in the files"


@dataclass(frozen=True)
class Entry:
    """One row as its files describe it. `values` is JSON data, complete (defaults filled in)."""

    kind: str  # "course.lesson": app and model
    key: str  # "neural-networks/layers": lasts as long as the row
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One line of the report; `differs` names the values where a kept edit and the file part."""

    entry_kind: str
    key: str
    status: Status
    differs: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        line = f"{self.entry_kind} {self.key}: {self.status}"
        return f"{line} (the file differs in {', '.join(self.differs)})" if self.differs else line
