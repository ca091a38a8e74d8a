"""Reads an author's data value by value and collects every fault, each with its place and how to mend it."""

from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from quizzes.kinds.contract import Fault
from quizzes.kinds.numbers import exact

LONGEST_TEXT = 1_000


class Sheet:
    """One table of an author's data. Every reader gives a value of the right type, noting a fault if it must.

    Sheets made with `sheets` share their parent's list of faults.
    """

    def __init__(self, values: object, path: str = "", faults: list[Fault] | None = None) -> None:
        self.faults: list[Fault] = [] if faults is None else faults
        self.path = path
        self._asked: set[str] = set()
        self._values: Mapping[str, Any] = {}
        if isinstance(values, Mapping):
            self._values = values
        else:
            self.faults.append(Fault(path, "This must be a table of names and values."))

    def has(self, name: str) -> bool:
        self._asked.add(name)
        return name in self._values

    def text(self, name: str, *, is_needed: bool = True) -> str:
        value = self._get(name)
        if value is None and not is_needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(name, "Write a text here.")
            return ""
        if len(value) > LONGEST_TEXT:
            self.fault(name, f"This text has {len(value)} characters; at most {LONGEST_TEXT} fit.")
        return value

    def truth(self, name: str, default: bool) -> bool:
        value = self._get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(name, "This must be true or false.")
        return value is True

    def number(self, name: str, default: Fraction | None = None) -> Fraction:
        value = self._get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
            self.fault(name, "This must be a number, such as 124 or 0.5.")
            return Fraction(0)
        return exact(value)

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        value = self._get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(name, f"This must be a whole number from {low} to {high}.")
            return default
        return value

    def bounds(self, name: str, default: tuple[int, int], low: int, high: int) -> tuple[int, int]:
        """A pair [smallest, largest] of whole numbers inside low .. high."""
        value = self._get(name)
        if value is None:
            return default
        is_pair = isinstance(value, list | tuple) and len(value) == 2 and all(type(n) is int for n in value)
        if not is_pair or not low <= value[0] <= value[1] <= high:
            self.fault(
                name, f"This must be the smallest and the largest whole number, within [{low}, {high}]."
            )
            return default
        return value[0], value[1]

    def choice(self, name: str, options: tuple[str, ...], default: str) -> str:
        value = self._get(name)
        if value is None:
            return default
        if value not in options:
            self.fault(name, f"This must be one of: {', '.join(options)}.")
            return default
        return str(value)

    def texts(self, name: str, low: int, high: int) -> list[str]:
        value = self._get(name)
        is_texts = isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
        if not isinstance(value, list) or not is_texts or not low <= len(value) <= high:
            self.fault(name, f"This must be a list of {low} to {high} texts.")
            return []
        if len(set(value)) < len(value):
            self.fault(name, "One of these texts stands here twice. Remove one.")
        return value

    def numbers(self, name: str, length: int) -> list[float]:
        value = self._get(name)
        if not _is_numbers(value, length):
            self.fault(name, f"This must be a list of {length} numbers.")
            return [0.0] * length
        return [float(number) for number in value]

    def rows(self, name: str, height: int, width: int) -> list[list[float]]:
        value = self._get(name)
        is_matrix = isinstance(value, list) and len(value) == height
        if not is_matrix or not all(_is_numbers(row, width) for row in value):
            self.fault(name, f"This must be {height} rows of {width} numbers.")
            return [[0.0] * width for _ in range(height)]
        return [[float(number) for number in row] for row in value]

    def wholes(self, name: str, least: int, most: int, low: int, high: int) -> list[int]:
        """A list of whole numbers; empty when it is left out."""
        value = self._get(name)
        if value is None:
            return []
        is_list = isinstance(value, list) and least <= len(value) <= most
        if not is_list or not all(type(n) is int and low <= n <= high for n in value):
            message = f"This must be a list of {least} to {most} whole numbers from {low} to {high}."
            self.fault(name, message)
            return []
        return list(value)

    def truths(self, name: str, height: int, width: int) -> None:
        """Rows of true and false."""
        value = self._get(name)
        is_table = isinstance(value, list) and len(value) == height
        if not is_table or not all(
            isinstance(row, list) and len(row) == width and all(isinstance(one, bool) for one in row)
            for row in value
        ):
            self.fault(name, f"This must be {height} rows of {width} times true or false.")

    def sheets(self, name: str, low: int, high: int) -> list["Sheet"]:
        value = self._get(name)
        if value is None and low == 0:
            return []
        if not isinstance(value, list) or not low <= len(value) <= high:
            self.fault(name, f"This must be a list of {low} to {high} tables.")
            return []
        return [Sheet(entry, f"{self._place(name)}[{n}]", self.faults) for n, entry in enumerate(value)]

    def fault(self, name: str, message: str) -> None:
        self.faults.append(Fault(self._place(name), message))

    def tables(self, name: str, low: int, high: int) -> list[dict[str, Any]]:
        """Tables that something else reads."""
        value = self._get(name)
        is_tables = isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
        if not isinstance(value, list) or not is_tables or not low <= len(value) <= high:
            self.fault(name, f"This must be a list of {low} to {high} tables.")
            return []
        return [dict(one) for one in value]

    def done(self) -> None:
        """Call last: names that nobody asked for are faults, with the nearest known name."""
        for name in self._values:
            if name not in self._asked:
                near = get_close_matches(str(name), self._asked, n=1)
                hint = (
                    f"Did you mean “{near[0]}”?"
                    if near
                    else f"Known names: {', '.join(sorted(self._asked))}."
                )
                self.fault(str(name), f"This name has no meaning here. {hint}")

    def _get(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.get(name)

    def _place(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _is_numbers(value: object, length: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) == length
        and all(type(n) in (int, float) and abs(n) < 1e6 for n in value)
    )
