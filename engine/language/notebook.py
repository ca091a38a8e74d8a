"""A notebook's own lines, which are not Python: `%matplotlib inline`, `!pip install keras`, `%%time`.

They are blanked before anything else sees the text, each to a `0` and spaces, so that all places stay.
"""

from __future__ import annotations

import re
from typing import Final

from engine.language.source import Place, Source

MOST_LINES: Final = 200
"""No notebook has more; in a text with more, the rest are told as what they are: not Python."""

_LINE: Final = re.compile(r"[ \t]*+(?P<own>[%!][^\r\n]*+)")
_ANY: Final = re.compile(r"^[ \t]*+[%!]", re.MULTILINE)
_PART: Final = r"""(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*+'''
    |"(?:[^"\\\r\n]|\\(?:\r\n|.))*+"|'(?:[^'\\\r\n]|\\(?:\r\n|.))*+')
    |(?P<comment>\#[^\r\n]*+)|(?P<continuation>\\(?:\r\n|\r|\n))|(?P<newline>\r\n|\r|\n)
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<plain>[^"'\#\\\r\n()\[\]{}]++)|(?P<other>.)"""


def plain(source: Source) -> tuple[Source, list[Place]]:
    """The text with the lines of a notebook blanked, and where the first of them are."""
    if not _ANY.search(source.text):
        return source, []
    part_at = re.compile(_PART, re.VERBOSE | re.DOTALL).match
    text, offset, depth, is_fresh = source.text, 0, 0, True
    made: list[str] = []
    places: list[tuple[int, int]] = []
    while offset < len(text):
        own = _LINE.match(text, offset) if is_fresh and depth <= 0 and len(places) < MOST_LINES else None
        if own is not None:
            start, end = own.span("own")
            made.append(text[offset:start] + "0" + " " * (end - start - 1))
            places.append((start, end))
            offset, is_fresh = end, False
            continue
        part = part_at(text, offset)
        assert part is not None
        depth += (part.lastgroup == "open") - (part.lastgroup == "close")
        is_fresh = part.lastgroup == "newline"
        made.append(part.group())
        offset = part.end()
    return Source("".join(made)), [source.at(*span) for span in places]
