"""Numbers as the site writes them: a true minus, no minus zero, the same decimals down a column.

The browser writes them with the same rules (frontend/network/numbers.js); a test compares the two.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
NIL = 1e-12  # below this a float64 result of small sums is zero to a reader
NODE_CHARACTERS = 4  # what fits into a node's circle
_DIGITS = r"\d{1,6}(?:[.,]\d{1,12})?"
NUMBER = re.compile(rf"(?P<top>[-+]?{_DIGITS})(?:/(?P<below>{_DIGITS}))?\Z", re.ASCII)


def fixed(value: float, places: int = 2, *, signed: bool = False) -> str:
    """The number with exactly `places` decimals, halves away from zero; `signed` writes a plus as well.

    Decided on the exact binary value, as the browser's toFixed does.
    """
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):f}"
    if rounded == 0:
        return text
    return (MINUS if rounded < 0 else "+" if signed else "") + text


def short(value: float, places: int = 2) -> str:
    """The number with at most `places` decimals and no zeros at its end."""
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def inside_node(value: float) -> str:
    """The number as it stands in a node: shortened until it fits the circle."""
    for places in (2, 1, 0):
        text = short(value, places)
        if len(text) <= NODE_CHARACTERS:
            return text
    thousands = short(value / 1000, 0)
    return f"{thousands}k" if len(thousands) < NODE_CHARACTERS else MINUS + "…" if value < 0 else "…"


def grown(value: float) -> str:
    """A number above zero, however large or small: with 2 decimals, else 2.65e10 as calculators write it."""
    if value == 0 or 0.005 <= value < 99999.995:
        return fixed(value)
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    return f"{mantissa}e{exponent[:1].replace('-', MINUS).strip('+')}{exponent[1:].lstrip('0')}"


def percent(share: float) -> str:
    """A probability as a percentage with one decimal."""
    return f"{fixed(share * 100, 1)}%"


def plain(value: float) -> str:
    """The number for addresses and form fields: a plain minus, at most 12 decimals, never an exponent."""
    return short(value, 12).replace(MINUS, "-")


def sign(value: float) -> str:
    """'pos', 'neg' or 'zero': the class that carries colour and dash."""
    return "pos" if value > NIL else "neg" if value < -NIL else "zero"


def places_for(values: Iterable[float]) -> int:
    """Decimals that a column of weights needs: one when all are exact with one, else two."""
    return 1 if all(abs(value * 10 - round(value * 10)) < 1e-9 for value in values) else 2


def typed(text: str) -> float | None:
    """The number a person typed: 0.75, 0,75, 3/4, with either minus; None when it is none."""
    match = NUMBER.match(text.strip().replace(MINUS, "-").replace(",", "."))
    if match is None:
        return None
    below = float(match["below"] or 1)
    return float(match["top"]) / below if below else None
