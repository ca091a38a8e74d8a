"""Which color each piece of a Keras text has on a page: k keyword, s string, d number, c comment."""

from functools import lru_cache

from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Token, _TokenType

LIMIT = 6_000
"""Characters; a longer text has no colors, because the lexer is slow on texts made to be slow."""

_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_COLORS = ((Keyword, "k"), (Operator.Word, "k"), (String, "s"), (Number, "d"), (Comment, "c"))


@lru_cache(maxsize=64)
def colored_lines(source: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Per line of `source` its pieces as (text, color); a color may be empty. The pieces make up the text."""
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, text in _tokens(source):
        first, *others = text.split("\n")
        lines[-1].append((first, _color(kind)))
        lines += [[(other, _color(kind))] for other in others]
    return tuple(tuple(piece for piece in line if piece[0]) for line in lines)


def _tokens(source: str) -> list[tuple[_TokenType, str]]:
    """The lexer normalizes some line ends; where its pieces are not the text itself, there are no colors."""
    tokens = list(_LEXER.get_tokens(source)) if len(source) <= LIMIT else []
    return tokens if "".join(text for _, text in tokens) == source else [(Token, source)]


def _color(kind: _TokenType) -> str:
    return next((color for group, color in _COLORS if kind in group), "")
