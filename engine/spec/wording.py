"""How values, shapes and names are said in messages: short, escaped, never the whole of something long."""

from __future__ import annotations

from collections.abc import Iterable

from engine.spec.structure import Config, Item, Layer, Shape, Value

LONGEST = 80


def cut(text: str, longest: int = LONGEST) -> str:
    """Printable text of at most `longest` characters; what cannot be printed is escaped."""
    if len(text) > longest:
        text = text[: longest - 3] + "..."
    told = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    return told if len(told) <= longest else told[: longest - 3] + "..."


def show(value: Value) -> str:
    """A value as a learner would write it, abbreviated."""
    match value:
        case int() | float() | None:
            return str(value) if not isinstance(value, int) or abs(value) < 2**63 else "a number too large"
        case str():
            return "'" + cut(value, 40) + "'"
        case tuple():
            shown = ", ".join(show(part) for part in value[:6]) + (", ..." if len(value) > 6 else "")
            return f"({shown},)" if len(value) == 1 else f"({shown})"
        case Config():
            return "a dict"
        case Item():
            return f"a {value.kind} object"
        case Layer():
            return f"a {value.kind} layer"


def show_shape(shape: Shape) -> str:
    """`(batch, 8)`: the first dimension by its name, open ones as None."""
    rest = ["None" if size is None else str(size) for size in shape[1:9]] + ["..."] * (len(shape) > 9)
    return f"({', '.join(['batch', *rest])}{',' if not rest else ''})"


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a typing mistake most likely meant, or None."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a slip of the keyboard needs it

    known = list(known)
    by_lower = {candidate.lower(): candidate for candidate in reversed(known)}
    found = get_close_matches(name[:64].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def listed(names: Iterable[str]) -> str:
    """`a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def article(noun: str) -> str:
    """`a Dense`, `an Input`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
