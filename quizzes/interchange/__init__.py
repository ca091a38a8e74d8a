"""Questions from and to the files of other programs. Pure: text in, questions and problems out.

A format is one module with `read` and `write`, and one entry here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quizzes.interchange import aiken, gift_reader, gift_writer, moodle_reader, moodle_writer
from quizzes.interchange.frozen import freeze
from quizzes.interchange.items import Item, Note, Problem, Question, Written, faults
from quizzes.interchange.source import MOST_BYTES, FileError, decode


@dataclass(frozen=True)
class Format:
    """A notation of questions: how it is called, how its files end, how it is read and written."""

    name: str
    label: str
    suffix: str
    content_type: str
    read: Callable[[str], list[Item]]
    write: Callable[[Iterable[Question]], Written]


_AIKEN = re.compile(r"^[ \t]*ANSWER: ?[A-Z][ \t]*$", re.MULTILINE)
_TEXT = "text/plain; charset=utf-8"
_ALL = (
    Format("gift", "GIFT", ".gift", _TEXT, gift_reader.read, gift_writer.write),
    Format("moodle", "Moodle XML", ".xml", "application/xml", moodle_reader.read, moodle_writer.write),
    Format("aiken", "Aiken", ".txt", _TEXT, aiken.read, aiken.write),
)
FORMATS: dict[str, Format] = {one.name: one for one in _ALL}


def recognized(text: str) -> str:
    """The name of the format that a text looks like."""
    if text.lstrip().startswith("<"):
        return "moodle"
    return "aiken" if _AIKEN.search(text) else "gift"


__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "FileError",
    "Format",
    "Item",
    "Note",
    "Problem",
    "Question",
    "Written",
    "decode",
    "faults",
    "freeze",
    "recognized",
]
