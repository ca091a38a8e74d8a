"""Parts of the network figure that a lesson or an address leaves out: a reduced figure for one question.

What shows the network itself, its steps and its tables always stays.
"""

from collections.abc import Iterable

from course.figures.errors import FigureError

HIDEABLE = ("inputs", "presets", "edit", "compare", "predict", "matrices")


def hidden_parts(names: Iterable[str]) -> frozenset[str]:
    """The parts that an author leaves out. Raises FigureError for one that is not among them."""
    found = frozenset(names)
    if unknown := sorted(found - set(HIDEABLE)):
        raise FigureError(
            f"A figure cannot hide {unknown[0]!r}. Parts that can be hidden: {', '.join(HIDEABLE)}."
        )
    return found


def read_hidden(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The parts that an address leaves out, and a notice when it names others."""
    names = [name for name in text.split(",") if name]
    known = frozenset(names) & set(HIDEABLE)
    if len(known) == len(set(names)):
        return known, ()
    return known, (f"A figure can hide {', '.join(HIDEABLE)}. The rest of {text[:60]!r} is shown.",)
