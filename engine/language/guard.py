"""The gate: what a text must be before Python's parser may see it, and the parser behind every fence.

In order: size and encoding; one linear pass over tokens that bounds everything a parser recurses over
(brackets, chains of operators, indentation, f-strings); `ast.parse` with all its exceptions caught; an
iterative walk that bounds the tree. Nothing is ever compiled to code or run. Raises SourceError with one
diagnostic.
"""

from __future__ import annotations

import ast
import unicodedata
import warnings
from typing import Final

from engine.errors import SourceError
from engine.language.scanning import invisible, refuse, scan
from engine.language.source import Place, Source
from engine.spec.wording import cut

MOST_BYTES: Final = 32 * 1024
MOST_DEPTH: Final = 200
FILENAME: Final = "/dev/null/network"
"""A name that no file can have: Python looks for one, to quote its line in a SyntaxError."""

NORMAL_FORM: Final = unicodedata.normalize
"""Held so that Python's database of characters is there before a text is: the parser would import it."""


def decode(text: str | bytes) -> Source:
    """The text as a Source, if its size and encoding are fine; a byte order mark is dropped."""
    if isinstance(text, bytes):
        if len(text) > MOST_BYTES:
            raise _too_long()
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise refuse(
                Source(""), "encoding", "The text is not valid UTF-8.", "Save the file as UTF-8.", (0, 0)
            ) from None
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_BYTES:
        raise _too_long()
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        source = Source(text.encode("utf-8", "replace").decode("utf-8"))
        raise refuse(
            source,
            "encoding",
            "The text has a lone surrogate, which is no character.",
            "Type the character anew.",
            (error.start, error.start + 1),
        ) from None
    if size > MOST_BYTES:
        raise _too_long()
    return Source(text)


def tree(source: Source) -> ast.Module:
    """The syntax tree of a text that is safe to parse and to walk."""
    nul = source.text.find("\0")
    if nul >= 0:
        raise invisible(source, nul)
    scan(source)
    parsed = _parse(source)
    _bound(parsed, source)
    return parsed


def _too_long() -> SourceError:
    return refuse(
        Source(""),
        "too-long",
        f"The text is longer than {MOST_BYTES // 1024} KiB.",
        "Keep only the lines that build the network.",
        (0, 0),
    )


def _quiet() -> None:
    """Keeps Python's warnings about a text silent.

    Told aloud, one would make the `warnings` module import, open and execute. The filter is process-wide:
    `catch_warnings` is not safe between threads. It stands first, whatever else has been put before it since.
    """
    first = warnings.filters[0] if warnings.filters else None
    if first is None or first[0] != "ignore" or getattr(first[3], "pattern", None) != FILENAME:
        warnings.filterwarnings("ignore", module=FILENAME)


def _parse(source: Source) -> ast.Module:
    _quiet()
    try:
        return ast.parse(source.text, FILENAME)
    except SyntaxError as error:
        raise _syntax(source, error) from None
    except (RecursionError, MemoryError):
        raise refuse(
            source,
            "too-deep",
            "The text is too deeply nested to read.",
            "Give the inner parts names of their own.",
            (0, 0),
        ) from None
    except (ValueError, OverflowError):
        raise refuse(
            source, "syntax", "Python cannot read this text.", "Look for unusual characters.", (0, 0)
        ) from None


def _syntax(source: Source, error: SyntaxError) -> SourceError:
    line = error.lineno or 1
    column = error.offset or 1
    end_line, end_column = error.end_lineno or line, error.end_offset or 0
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    said = cut(str(error.msg), 160).rstrip(".")
    return SourceError(
        [
            source.diagnostic(
                "syntax",
                f"This is not valid Python: {said}.",
                "Look at this place and just before it: a bracket, comma or quote may be missing.",
                Place(line, column, end_line, end_column),
            )
        ]
    )


def _bound(parsed: ast.Module, source: Source) -> None:
    level: list[ast.AST] = [parsed]
    for _ in range(MOST_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise refuse(
        source,
        "too-deep",
        "The text is too deeply nested to read.",
        "Give the inner parts names of their own.",
        (0, 0),
    )
