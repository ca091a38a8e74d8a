"""The block that places a figure, read as TOML: each setting taken by name and type, what is left is unknown.

block = Block(body)
title = block.text("title", "Softmax")
logits = block.numbers("logits", least=2, most=8)
block.end()                                  # FigureError for a key that nobody took
"""

import math
import re
from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from course.figures.errors import FigureError

MAX_TITLE = 100


class Block:
    """One figure's settings. Each method raises FigureError with the line, what was said and what may be."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._known: list[str] = []
        try:
            self._values: dict[str, Any] = dict(tomlkit.parse(body).unwrap())
        except TOMLKitError as error:
            reason = str(error).partition(" at line ")[0].rstrip(".")
            raise FigureError(
                f'This is not TOML: {reason}. Write settings like title = "A title", one to a line.',
                getattr(error, "line", 0),
            ) from error

    def has(self, key: str) -> bool:
        """Whether the author wrote the setting; asking for it makes it known."""
        self._known.append(key)
        return key in self._values

    def text(self, key: str, default: str | None = None, *, most: int = MAX_TITLE) -> str:
        """A setting of words. Without a default it has to be there."""
        value = self._take(key, default, f'{key} = "…"')
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            raise self.error(key, f"{key} is text of at most {most} characters, in quotes.")
        return value.strip()

    def choice(self, key: str, among: Sequence[str], default: str | None = None) -> str:
        """One of a few words."""
        value = self._take(key, default, f'{key} = "{among[0]}"')
        if value not in among:
            raise self.error(key, f"{key} is {value!r}; it can be {', '.join(among)}.")
        return str(value)

    def choices(
        self, key: str, among: Sequence[str], default: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """A list of different words among a few."""
        value = self._take(key, default, f'{key} = ["{among[0]}"]')
        fits = isinstance(value, list | tuple) and value and all(one in among for one in value)
        if not fits or len(set(value)) < len(value):
            raise self.error(key, f"{key} is a list of different names among {', '.join(among)}.")
        return tuple(value)

    def is_on(self, key: str, default: bool = False) -> bool:
        """A setting of true or false."""
        value = self._take(key, default, f"{key} = true")
        if not isinstance(value, bool):
            raise self.error(key, f"{key} is true or false, without quotes.")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from low to high."""
        value = self._take(key, default, f"{key} = {low:g}")
        if not _is_number(value) or not low <= value <= high:
            raise self.error(key, f"{key} is a number from {low:g} to {high:g}.")
        return float(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from low to high."""
        value = self._take(key, default, f"{key} = {low}")
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.error(key, f"{key} is a whole number from {low} to {high}.")
        return value

    def numbers(
        self,
        key: str,
        *,
        least: int,
        most: int,
        default: Sequence[float] | None = None,
        within: float = 1000.0,
    ) -> tuple[float, ...]:
        """A list of `least` to `most` numbers, none larger than `within` in size."""
        value = self._take(key, default, f"{key} = [1.0, 2.0]")
        count = str(least) if least == most else f"{least} to {most}"
        if not isinstance(value, list | tuple) or not least <= len(value) <= most:
            raise self.error(key, f"{key} is a list of {count} numbers.")
        if not all(_is_number(one) and abs(one) <= within for one in value):
            raise self.error(key, f"{key} holds numbers from {-within:g} to {within:g} only.")
        return tuple(float(one) for one in value)

    def words(
        self, key: str, *, least: int, most: int, default: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """A list of `least` to `most` short names."""
        value = self._take(key, default, f'{key} = ["one", "two"]')
        count = str(least) if least == most else f"{least} to {most}"
        fits = isinstance(value, list | tuple) and least <= len(value) <= most
        if not fits or not all(isinstance(one, str) and 0 < len(one) <= 24 for one in value):
            raise self.error(key, f"{key} is a list of {count} names of at most 24 characters.")
        return tuple(value)

    def raw(self, key: str) -> Any:
        """The value as it stands, None when it is not there; for settings of several types."""
        return self._take(key, None, "") if self.has(key) else None

    def error(self, key: str, message: str) -> FigureError:
        """A fault of one setting, with its line."""
        return FigureError(message, self._line(key))

    def end(self) -> None:
        """FigureError when the block says what no one asked for."""
        for key in self._values:
            if key not in self._known:
                known = ", ".join(sorted(set(self._known)))
                raise self.error(key, f"{key!r} is not a setting of this figure. Its settings: {known}.")

    def _take(self, key: str, default: Any, example: str) -> Any:
        self._known.append(key)
        if key in self._values:
            return self._values[key]
        if default is None and example:
            raise FigureError(f"This figure needs {key}. Write a line like {example}")
        return default

    def _line(self, key: str) -> int:
        found = re.search(rf"^\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b", self._body, re.MULTILINE)
        return self._body[: found.end()].count("\n") + 1 if found else 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
