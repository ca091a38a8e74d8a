"""XML as a small tree with line numbers, read without anything that a hostile file could use.

No document type, so no entities but the five of XML itself; nothing outside the file is ever opened; depth
and the number of elements are bounded. Raises FileError.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from quizzes.interchange.source import FileError

DEEPEST = 24
MOST_ELEMENTS = 100_000


@dataclass
class Node:
    """An element: its text is what stands directly in it."""

    tag: str
    line: int
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def all(self, tag: str) -> Iterator["Node"]:
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Node | None":
        return next(self.all(tag), None)

    def value(self, tag: str) -> str:
        """The text of a child, without spaces around it; empty when there is none."""
        child = self.first(tag)
        return "".join(child.parts).strip() if child else ""

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_tree(text: str) -> Node:
    """The root of a document. Raises FileError for what is not XML or no question file has."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.open = [Node("", 0, {})]
        self.count = 0

    def read(self, text: str) -> Node:
        try:
            self.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            raise FileError(f"Line {error.lineno}: This is not XML: {message}.") from error
        return self.open[0].children[0]

    def _refuse(self, *_: object) -> None:
        raise FileError(
            f"Line {self._line}: This file has a document type (DOCTYPE). "
            "Remove it: question files need none."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise FileError(f"The file has more than {MOST_ELEMENTS} elements. Split it.")
        if len(self.open) > DEEPEST:
            raise FileError(f"Line {self._line}: Elements stand in each other more than {DEEPEST} deep.")
        node = Node(tag, self._line, attributes)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, data: str) -> None:
        self.open[-1].parts.append(data)

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber
