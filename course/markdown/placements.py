"""Figures in a text: a fenced block whose first word is a kind of figure places one there.

    ```softmax
    title = "Four logits become four shares"
    logits = [2.0, 1.0, -1.0]
    ```

Which kinds there are, and what may stand in a block, comes in from outside: this room knows no figure.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from markdown_it.token import Token

from course.markdown.anchors import Anchors
from course.markdown.expressions import EXPRESSION
from course.markdown.problems import Problem

WORD = re.compile(r"\S*")


class FigureSource(Protocol):
    """What a text may place."""

    @property
    def kinds(self) -> Collection[str]:
        """The words that open a figure's block."""
        ...

    def problems(self, kind: str, body: str) -> Sequence[Problem]:
        """What an author has to mend in a block; lines count from 1 in the block, 0 is the block itself."""
        ...


@dataclass(frozen=True)
class Placement:
    """A figure of the text: its anchor, its kind, what its block says, and the line the block opens on."""

    name: str
    kind: str
    body: str
    line: int


def kind_of(token: Token, figures: FigureSource | None) -> str:
    """The kind of figure that a fence places, else nothing."""
    if figures is None or token.type != "fence":
        return ""
    word = WORD.match(token.info.strip())
    return word[0] if word and word[0] in figures.kinds else ""


def place(tokens: Sequence[Token], figures: FigureSource | None, anchors: Anchors) -> Iterator[Problem]:
    """Name every figure of a text, "softmax-1" before "softmax-2", and tell what is to be mended.

    A block with an expression that could not be filled in was told of already.
    """
    counts: dict[str, int] = {}
    for token in tokens:
        kind = kind_of(token, figures)
        if not figures or not kind:
            continue
        line = token.map[0] + 1 if token.map else 1
        counts[kind] = counts.get(kind, 0) + 1
        name = anchors.new(f"{kind} {counts[kind]}")
        token.meta = {"placement": Placement(name, kind, token.content, line)}
        if token.level:
            yield Problem(line, "A figure stands by itself, not inside of another block or a list.")
        if token.info.strip() != kind:
            yield Problem(line, f"A figure's block opens with ```{kind} alone; its settings stand inside.")
        if not EXPRESSION.search(token.content):
            yield from (
                Problem(line + found.line, found.message) for found in figures.problems(kind, token.content)
            )


def placement_of(token: Token) -> Placement | None:
    """The figure that a token places."""
    found = token.meta.get("placement")
    return found if isinstance(found, Placement) else None
