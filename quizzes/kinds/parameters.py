"""What a drawn kind lets its author choose, declared once: read by `validate` and by the author's form.

Whatever is left out of a question's data takes the default given here.
"""

from dataclasses import dataclass
from typing import Any

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, JsonObject


@dataclass(frozen=True)
class Parameter:
    """One choice: its name in the data, and what a form calls it."""

    name: str
    label: str

    def read(self, sheet: Sheet) -> Any:
        """The value in the data, or the default; what cannot be read is a fault of the sheet."""
        raise NotImplementedError


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number from `low` to `high`."""

    default: int
    low: int
    high: int

    def read(self, sheet: Sheet) -> int:
        return sheet.whole(self.name, self.default, self.low, self.high)


@dataclass(frozen=True)
class Bounds(Parameter):
    """The smallest and the largest whole number, both within `low` .. `high`."""

    default: tuple[int, int]
    low: int
    high: int
    is_wide: bool = False  # the two must differ

    def read(self, sheet: Sheet) -> tuple[int, int]:
        bounds = sheet.bounds(self.name, self.default, self.low, self.high)
        if self.is_wide and bounds[0] == bounds[1]:
            sheet.fault(self.name, "The largest input must be larger than the smallest.")
        return bounds


@dataclass(frozen=True)
class Option(Parameter):
    """One of a few words."""

    options: tuple[str, ...]
    default: str

    def read(self, sheet: Sheet) -> str:
        return sheet.choice(self.name, self.options, self.default)


@dataclass(frozen=True)
class Texts(Parameter):
    """From `low` to `high` different texts; without a default they are needed."""

    low: int
    high: int
    default: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # empty: any text

    def read(self, sheet: Sheet) -> list[str]:
        if self.default and not sheet.has(self.name):
            return list(self.default)
        texts = sheet.texts(self.name, self.low, self.high)
        for _ in (text for text in texts if self.only and text not in self.only):
            sheet.fault(self.name, f"These must be out of: {', '.join(self.only)}.")
        return texts


@dataclass(frozen=True)
class Wholes(Parameter):
    """A list of `least` to `most` whole numbers from `low` to `high`, or nothing."""

    least: int
    most: int
    low: int
    high: int

    def read(self, sheet: Sheet) -> list[int]:
        return sheet.wholes(self.name, self.least, self.most, self.low, self.high)


@dataclass(frozen=True)
class Truth(Parameter):
    """Yes or no; no when left out."""

    def read(self, sheet: Sheet) -> bool:
        return sheet.truth(self.name, False)


class Declared:
    """A kind whose data are its declared parameters; `check` adds the faults that lie between them."""

    parameters: tuple[Parameter, ...] = ()
    sample = ""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        values = {parameter.name: parameter.read(sheet) for parameter in self.parameters}
        self.check(sheet, values)
        sheet.done()
        return sheet.faults

    def check(self, sheet: Sheet, values: dict[str, Any]) -> None:
        """Note what does not go together; `values` are those of the parameters, defaults filled in."""
