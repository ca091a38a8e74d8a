"""Sums in a text: what the engine knows of a network, joined by + - * / and functions, in parentheses.

    sum      product (("+" | "-") product)*
    product  factor (("*" | "/") factor)*
    factor   number | name | function "(" sum ("," sum)* ")" | "(" sum ")" | "-" factor

A minus between two values stands between spaces, for a name may have hyphens. Functions: exp, ln, and every
activation that the figure can draw; softmax(a, b, c) is the share of its first value; dense(8, 6, 4) counts
the parameters of dense layers with 8 inputs, 6 and 4 units.
"""

import math
import re
from collections.abc import Callable

from course.figures.counting import dense_parameters
from course.figures.document import NetworkDocument
from course.figures.forward import MIRRORED, run
from course.markdown.expressions import FactError

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)(?![\w.])|([\w.-]*[A-Za-z][\w.:=-]*)|([-+*/(),]))")
MOST_TOKENS = 60
ValueOf = Callable[[str], float]


def is_calculation(text: str) -> bool:
    """Whether the text is more than one name."""
    return bool(re.search(r"[()+*/]|\s-\s|^-|^[\d.]+$", text))


def calculate(text: str, value_of: ValueOf) -> float:
    """The value of a sum; `value_of` gives that of a name. FactError says what is not understood."""
    tokens = _tokens(text)
    reader = _Reader(text, tokens, value_of)
    value = reader.sum()
    if reader.rest:
        raise reader.fault()
    if not math.isfinite(value):
        raise FactError(f"{text!r} is not a finite number.")
    return value


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    place = 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None or len(tokens) == MOST_TOKENS:
            raise FactError(
                f"This sum cannot be read: {text!r}. Use numbers, names, + - * / and parentheses."
            )
        tokens.append(match[0].strip())
        place = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right, one method per rule of the grammar."""

    def __init__(self, text: str, tokens: list[str], value_of: ValueOf) -> None:
        self.text, self.rest, self.value_of = text, tokens, value_of

    def sum(self) -> float:
        value = self._product()
        while self.rest[:1] in (["+"], ["-"]):
            sign = 1 if self.rest.pop(0) == "+" else -1
            value += sign * self._product()
        return value

    def fault(self) -> FactError:
        at = f"at {self.rest[0]!r}" if self.rest else "at its end"
        return FactError(f"The sum {self.text!r} is not understood {at}.")

    def _product(self) -> float:
        value = self._factor()
        while self.rest[:1] in (["*"], ["/"]):
            operator, other = self.rest.pop(0), self._factor()
            if operator == "/" and not other:
                raise FactError(f"{self.text!r} divides by zero.")
            value = value * other if operator == "*" else value / other
        return value

    def _factor(self) -> float:
        if not self.rest:
            raise self.fault()
        part = self.rest.pop(0)
        if part == "-":
            return -self._factor()
        if part == "(":
            return self._arguments()[0]
        if part[0].isdigit() and part.replace(".", "", 1).isdigit():
            return float(part)
        if not part[0].isalnum():
            self.rest.insert(0, part)
            raise self.fault()
        if self.rest[:1] == ["("]:
            self.rest.pop(0)
            return _call(part, self._arguments())
        return self.value_of(part)

    def _arguments(self) -> list[float]:
        values = [self.sum()]
        while self.rest[:1] == [","]:
            self.rest.pop(0)
            values.append(self.sum())
        if self.rest[:1] != [")"]:
            raise self.fault()
        self.rest.pop(0)
        return values


def _call(name: str, values: list[float]) -> float:
    if name == "exp":
        return math.exp(min(values[0], 700.0))
    if name == "ln":
        if values[0] <= 0:
            raise FactError("ln takes a number above zero.")
        return math.log(values[0])
    if name == "dense":
        if len(values) < 2 or not all(value == int(value) > 0 for value in values):
            raise FactError("dense takes the number of inputs and the units of each layer: dense(8, 6, 4).")
        return float(dense_parameters([int(value) for value in values]))
    if name not in MIRRORED:
        known = ", ".join(sorted({*MIRRORED, "dense", "exp", "ln"}))
        raise FactError(f"There is no function {name!r}. Functions: {known}.")
    return run(_layer(name, len(values)), tuple(values)).columns[0].a[0]


def _layer(activation: str, units: int) -> NetworkDocument:
    """A layer that passes its inputs on as they are, so that only the activation is left."""
    eye = [[float(i == j) for j in range(units)] for i in range(units)]
    return NetworkDocument.load(
        {
            "source": (
                "from keras import Sequential\nfrom keras.layers import Dense\n"
                f"model = Sequential([Dense({units}, input_shape=({units},), activation='{activation}')])\n"
            ),
            "weights": {"W": [eye], "b": [[0.0] * units]},
        }
    )
