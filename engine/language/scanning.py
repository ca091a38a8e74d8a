"""One linear pass over the words and signs of a text, before Python's parser sees it.

It bounds everything that a parser recurses over: brackets, chains of operators, indentation, elif branches,
formatted strings; and refuses characters that cannot be seen. Raises SourceError with one diagnostic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from engine.errors import SourceError
from engine.language.source import Source

MOST_TOKENS: Final = 8_000
MOST_NESTING: Final = 24
MOST_CHAIN: Final = 100
MOST_INDENTS: Final = 16
MOST_ELIFS: Final = 64
MOST_DIGITS: Final = 40
MOST_FSTRING: Final = 200

_STRING: Final = r"(?P<prefix>[bBrRuUfF]{0,2})(?P<quote>\"\"\"|'''|\"|')"
_TOKEN: Final = re.compile(
    rf"""(?P<space>[ \t\f]++)|(?P<comment>\#[^\r\n]*+)|{_STRING}
    |(?P<name>[^\W\d]\w*+)|(?P<number>\.?\d[\w.]*+)
    |(?P<newline>\r\n|\r|\n)|(?P<continuation>\\(?:\r\n|\r|\n))|(?P<open>[(\[{{])|(?P<close>[)\]}}])
    |(?P<operator>\*\*|//|->|:=|[-+*/%@&|^~<>=!,:;.])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_REST: Final = {
    '"': re.compile(r'(?:[^"\\\r\n]|\\(?:\r\n|.))*+"', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\r\n]|\\(?:\r\n|.))*+'", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+"""', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*+'''", re.DOTALL),
}
_BIDIRECTIONAL: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NESTED: Final = r"(?<!\w)[fF][rR]?['\"]|(?<!\w)[rR][fF]['\"]"
_CHAINING: Final = frozenset(
    {"not", "lambda", "if", "else", "and", "or", "in", "is", "await", "yield", "for", "from", "async"}
)


def scan(source: Source) -> None:
    """Raises SourceError unless the text is safe to parse."""
    _Scan(source).run()


def refuse(source: Source, code: str, message: str, hint: str, span: tuple[int, int]) -> SourceError:
    """A refusal of the part of a text between two offsets."""
    return SourceError([source.diagnostic(code, message, hint, source.at(*span))])


def invisible(source: Source, offset: int) -> SourceError:
    """The refusal of a character that cannot be seen."""
    letter = source.text[offset]
    return SourceError(
        [
            source.diagnostic(
                "character",
                f"The invisible character U+{ord(letter):04X} does not belong in a text.",
                "Put a plain space in its place." if letter.isspace() else "Delete it.",
                source.at(offset, offset + 1),
                fix=" " if letter.isspace() else "",
            )
        ]
    )


@dataclass(slots=True, eq=False)
class _Scan:
    """The pass over tokens. `chain` counts operators since the last comma, for every open bracket."""

    source: Source
    tokens: int = 0
    elifs: int = 0
    chain: list[int] = field(default_factory=lambda: [0])
    brackets: list[int] = field(default_factory=list)
    indents: list[int] = field(default_factory=lambda: [0])
    fresh: bool = True

    def run(self) -> None:
        text, offset, width = self.source.text, 0, 0
        while offset < len(text):
            match = _TOKEN.match(text, offset)
            assert match is not None
            kind = "string" if match["quote"] else match.lastgroup
            end = match.end()
            if kind == "space":
                width = len(match.group().expandtabs(8))
            elif kind == "newline":
                self._newline()
                width = 0
            elif kind not in ("comment", "continuation"):
                if self.fresh and not self.brackets:
                    self._indent(width, offset)
                self.fresh = False
                end = self._token(kind or "other", match, offset)
            offset = end

    def _fail(self, code: str, message: str, hint: str, start: int, end: int) -> SourceError:
        return refuse(self.source, code, message, hint, (start, end))

    def _newline(self) -> None:
        if not self.brackets:
            self.chain[-1] = 0
            self.fresh = True

    def _indent(self, width: int, offset: int) -> None:
        while width < self.indents[-1]:
            self.indents.pop()
        if width > self.indents[-1]:
            self.indents.append(width)
        if len(self.indents) > MOST_INDENTS:
            raise self._fail(
                "too-deep",
                f"The text is indented more than {MOST_INDENTS - 1} levels deep.",
                "Build the network in a flatter way.",
                offset,
                offset + 1,
            )

    def _token(self, kind: str, match: re.Match[str], start: int) -> int:
        self.tokens += 1
        if self.tokens > MOST_TOKENS:
            raise self._fail(
                "too-long",
                f"The text has more than {MOST_TOKENS:,} words and signs.",
                "Keep only the lines that build the network.",
                start,
                match.end(),
            )
        text = match.group()
        if kind == "string":
            return self._string(match, start)
        if kind == "open":
            self._open(start)
        elif kind == "close":
            self._close()
        elif kind == "operator":
            self._operator(text, start)
        elif kind == "name":
            self._name(text, start)
        elif kind == "number" and len(text) > MOST_DIGITS:
            raise self._fail(
                "number", "This number is too long to read.", "Write a shorter one.", start, match.end()
            )
        elif kind == "other" and (not text.isprintable() or text in _BIDIRECTIONAL):
            raise invisible(self.source, start)
        return match.end()

    def _string(self, match: re.Match[str], start: int) -> int:
        rest = _REST[match["quote"]].match(self.source.text, match.end())
        if rest is None:
            raise self._fail(
                "syntax", "The string that begins here never ends.", "Close its quotes.", start, match.end()
            )
        prefix = match["prefix"].lower()
        if "f" in prefix:
            self._formatted(start, rest.end())
        return rest.end()

    def _formatted(self, start: int, end: int) -> None:
        body = self.source.text[start:end]
        nested = re.search(_NESTED, "".join(body.partition("{")[1:])) is not None
        deep = sum(body.count(bracket) for bracket in "([{") > MOST_NESTING
        if len(body.encode("utf-8")) > MOST_FSTRING or deep or nested:
            raise self._fail(
                "too-deep",
                "This formatted string is too long or too nested to read.",
                f"Write a plain string, or keep it below {MOST_FSTRING} bytes.",
                start,
                end,
            )

    def _open(self, start: int) -> None:
        self._link(start)
        self.brackets.append(start)
        self.chain.append(0)
        if len(self.brackets) > MOST_NESTING:
            raise self._fail(
                "too-deep",
                f"Brackets are nested more than {MOST_NESTING} deep.",
                "Give the inner parts names of their own.",
                start,
                start + 1,
            )

    def _close(self) -> None:
        if self.brackets:
            self.brackets.pop()
            self.chain.pop()

    def _operator(self, text: str, start: int) -> None:
        if text in (",", ";"):
            self.chain[-1] = 0
        else:
            self._link(start)

    def _name(self, text: str, start: int) -> None:
        if text in _CHAINING:
            self._link(start)
        elif text == "elif":
            self.elifs += 1
            if self.elifs > MOST_ELIFS:
                raise self._fail(
                    "too-deep",
                    f"The text has more than {MOST_ELIFS} elif branches.",
                    "Keep only the lines that build the network.",
                    start,
                    start + 4,
                )

    def _link(self, start: int) -> None:
        self.chain[-1] += 1
        if sum(self.chain) > MOST_CHAIN:
            raise self._fail(
                "too-deep",
                f"This expression chains more than {MOST_CHAIN} operators.",
                "Give parts of it names of their own.",
                start,
                start + 1,
            )
