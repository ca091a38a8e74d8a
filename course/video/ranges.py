"""The part of a file that a browser asks for: `Range: bytes=first-last`, one range, as players send it.

A header that is not of that form is as good as none (RFC 9110, 14.2): the whole file is the answer.
"""

import re
from dataclasses import dataclass

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


class UnsatisfiableError(Exception):
    """The range lies outside the file."""


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def byte_range(header: str, size: int, longest: int) -> ByteRange | None:
    """At most `longest` bytes of what is asked for of a file of `size` bytes; None for the whole file."""
    found = RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    begin, end = found.groups()
    if begin:
        first, last = int(begin), int(end) if end else size - 1
        if last < first and end:
            return None
    else:
        first, last = max(size - int(end), 0), size - 1
    if first >= size:
        raise UnsatisfiableError
    return ByteRange(first, min(last, size - 1, first + longest - 1))
