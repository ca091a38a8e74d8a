"""Numbers as people type them, read exactly; numbers as pages show them.

    number   := sign? amount exponent? "%"?  |  sign? amount "/" amount
    amount   := digits  |  digits mark digits?  |  mark digits
    mark     := "." | ","
    exponent := ("e" | "E") ("+" | "-")? digit{1,2}
    sign     := "+" | "-" | "−" (the true minus) | "–"

`float()` would also take nan, inf, 1_0 and digits of other scripts: none of them is an answer. Nor is 1,024,
which some read as a thousand and some as one: it is asked for once more.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from quizzes.kinds.contract import FormatError

LONGEST = 40
_MINUS = str.maketrans("\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}", "---")
_AMOUNT = r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)"
_DECIMAL = re.compile(rf"([+-]?{_AMOUNT})(?:[eE]([+-]?[0-9]{{1,2}}))?\s?(%?)")
_QUOTIENT = re.compile(rf"([+-]?{_AMOUNT})\s?/\s?({_AMOUNT})")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.,'\s][0-9]{3})+")
_SIZE = re.compile(r"[0-9]{1,6}")
SHAPE_HOW = "Write it like (8, 6), or (6,) for a single number."
HOW = "Write it like 0.75, 0,75, 3/4, -3 or 25%."


class AmbiguousError(FormatError):
    """The number means one thing to some and another to others."""


def read_number(text: str) -> Fraction:
    """The exact value of a typed number. Raises FormatError, with how to write it."""
    typed = _typed(text, HOW)
    if match := _DECIMAL.fullmatch(typed):
        amount, exponent, percent = match.groups()
        value = _amount(amount) * Fraction(10) ** int(exponent or 0)
        return value / 100 if percent else value
    if match := _QUOTIENT.fullmatch(typed):
        above, below = (_amount(part) for part in match.groups())
        if below == 0:
            raise FormatError(f"“{text.strip()}” divides by zero. {HOW}")
        return above / below
    if _GROUPED.fullmatch(typed):
        raise FormatError(_separated(text, typed))
    raise FormatError(f"“{abbreviated(text)}” cannot be read as a number. {HOW}")


def read_whole(text: str) -> int:
    """The value of a typed whole number. Raises FormatError for anything else, separators included."""
    typed = _typed(text, "Type a whole number, such as 42.")
    if _WHOLE.fullmatch(typed):
        return int(typed)
    if _GROUPED.fullmatch(typed):
        raise FormatError(_separated(text, typed))
    value = read_number(text)
    if value.denominator != 1:
        raise FormatError(
            f"“{text.strip()}” is not a whole number. This question asks how many: type 42, say."
        )
    return int(value)


def read_shape(text: str) -> list[int]:
    """A shape as (8, 6), 8 x 6 or 8, 6; one of a single number as (6,) or 6. Raises FormatError."""
    typed = _typed(text, SHAPE_HOW)
    inner = typed[1:-1] if typed[0] + typed[-1] in ("()", "[]") else typed
    parts = re.split(r"\s*[,;xX×*]\s*", inner.strip().removesuffix(",").rstrip())
    if not all(_SIZE.fullmatch(part) for part in parts):
        raise FormatError(f"“{abbreviated(text)}” cannot be read as a shape. {SHAPE_HOW}")
    return [int(part) for part in parts]


def shown_shape(shape: Sequence[int]) -> str:
    """A shape as NumPy writes it."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"


def _separated(text: str, typed: str) -> str:
    joined = re.sub(r"[.,'\s]", "", typed)
    return f"“{text.strip()}” has a separator in it. Write the number without: {joined}."


def _typed(text: str, how: str) -> str:
    typed = text.strip().translate(_MINUS)
    if not typed:
        raise FormatError(f"There is no answer yet. {how}")
    if len(typed) > LONGEST:
        raise FormatError(f"That is longer than {LONGEST} characters. {how}")
    return typed


def _amount(text: str) -> Fraction:
    if _AMBIGUOUS.fullmatch(text):
        whole, decimal = text.replace(",", ""), text.replace(",", ".")
        raise AmbiguousError(f"“{text}” may mean {whole} or {decimal}. Write the one that you mean.")
    return Fraction(text.replace(",", "."))


def abbreviated(text: str) -> str:
    """Typed text, short enough to be quoted in a message."""
    typed = text.strip()
    return typed if len(typed) <= LONGEST else typed[: LONGEST - 1] + "…"


def exact(number: Fraction | float | str) -> Fraction:
    """An author's number as meant: 0.1 is one tenth, not its nearest binary fraction."""
    return Fraction(str(number))


def shown(number: Fraction | float, places: int = 4) -> str:
    """A number for a page: no needless zeros, a true minus."""
    text = f"{float(number):.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace("-", "\N{MINUS SIGN}")


def signed(number: Fraction | float) -> str:
    """The same with its sign always written."""
    text = shown(number)
    return text if text.startswith("\N{MINUS SIGN}") or text == "0" else f"+{text}"
