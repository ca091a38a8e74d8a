"""Arguments: what each accepts, said once, for texts and JSON alike.

An `ArgumentType` turns a raw value into the one form the engine keeps (`3` becomes `(3, 3)`, `'he_normal'`
becomes an Item) or raises `Unfit` with what it wants. `composites` makes types of types, `completion` checks
a whole call and fills the defaults.
"""

from __future__ import annotations

import math
from typing import Final, Protocol

from engine.records import record
from engine.spec.structure import Value
from engine.spec.wording import closest, show

LARGEST: Final = 2**31 - 1
MOST_DIMENSIONS: Final = 8


class Unfit(Exception):  # noqa: N818 - it is no error of ours: the value does not fit
    """A value that an argument cannot take. `fix` is the right spelling, if there is one near."""

    def __init__(self, wanted: str, fix: str | None = None) -> None:
        self.wanted, self.fix = wanted, fix
        super().__init__(wanted)


class ArgumentType(Protocol):
    """What an argument accepts."""

    def read(self, value: Value, /) -> Value:
        """The value in the form the engine keeps; raises Unfit."""
        ...

    def describe(self) -> str:
        """What it accepts, as a phrase: 'a whole number of at least 1'."""
        ...


class Required:
    """The default of an argument that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = Required()


@record
class Argument:
    """One argument of a layer or object: name, what it accepts, default, one sentence of documentation.

    `keyword_only` arguments cannot be given by position.
    """

    name: str
    type: ArgumentType
    default: Value | Required = REQUIRED
    doc: str = ""
    keyword_only: bool = False

    @property
    def is_required(self) -> bool:
        """Whether it has no default."""
        return isinstance(self.default, Required)


@record
class Whole:
    """A whole number in a range."""

    least: int = 1
    most: int = LARGEST
    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, float) and value.is_integer() and abs(value) <= self.most:
            raise Unfit(self.describe(), fix=str(int(value)))
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise Unfit(self.describe())
        return value

    def describe(self) -> str:
        if self.least <= -LARGEST:
            told = "a whole number"
        elif self.most < LARGEST:
            told = f"a whole number from {self.least} to {self.most}"
        else:
            told = f"a whole number of at least {self.least}"
        return told + (" or None" if self.none else "")


@record
class Real:
    """A finite number in a range; `above` and `below` are bounds that the number may not reach."""

    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Unfit(self.describe())
        fits = (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )
        if not fits:
            raise Unfit(self.describe())
        return float(value)

    def describe(self) -> str:
        bounds = [
            f"{phrase} {bound:g}"
            for phrase, bound in (
                ("at least", self.least),
                ("above", self.above),
                ("at most", self.most),
                ("below", self.below),
            )
            if bound is not None
        ]
        told = f"a number {' and '.join(bounds)}" if bounds else "a number"
        return told + (" or None" if self.none else "")


@record
class Flag:
    """True or False."""

    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, bool):
            return value
        if isinstance(value, int) and value in (0, 1):
            return bool(value)
        raise Unfit(self.describe(), fix="True" if value == "True" else "False" if value == "False" else None)

    def describe(self) -> str:
        return "True, False or None" if self.none else "True or False"


@record
class Only:
    """One value and no other, for settings of Keras that the engine leaves as they are."""

    value: Value

    def read(self, value: Value, /) -> Value:
        if value is not self.value and value != self.value:
            raise Unfit(self.describe(), fix=show(self.value))
        return self.value

    def describe(self) -> str:
        return f"{show(self.value)}, the only value the engine computes with"


@record
class Text:
    """A short string of characters that can be printed."""

    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, str) and len(value) <= 200 and value.isprintable():
            return value
        raise Unfit(self.describe())

    def describe(self) -> str:
        return "a short string or None" if self.none else "a short string"


@record
class Choice:
    """One of a few strings; upper case is read as lower (`padding='SAME'`)."""

    choices: tuple[str, ...]
    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, str):
            for choice in self.choices:
                if value.lower() == choice.lower():
                    return choice
            near = closest(value, self.choices)
            raise Unfit(self.describe(), fix=repr(near) if near else None)
        raise Unfit(self.describe())

    def describe(self) -> str:
        shown = [repr(choice) for choice in self.choices] + (["None"] if self.none else [])
        return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]


@record
class Sizes:
    """`rank` whole numbers; one number stands for all of them."""

    rank: int
    least: int = 1
    none: bool = False

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        parts = value if isinstance(value, tuple) else (value,) * self.rank
        good = all(
            isinstance(part, int) and not isinstance(part, bool) and self.least <= part <= LARGEST
            for part in parts
        )
        if len(parts) != self.rank or not good:
            raise Unfit(self.describe())
        return parts

    def describe(self) -> str:
        what = f"a whole number of at least {self.least}"
        told = what if self.rank == 1 else f"{what}, or {self.rank} of them"
        return told + (", or None" if self.none else "")


@record
class Dimensions:
    """A shape: a tuple whose entries are whole numbers of at least 1, or None where `open` allows it."""

    open: bool = True
    none: bool = False
    least: int = 1

    def read(self, value: Value, /) -> Value:
        if value is None and self.none:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            raise Unfit(self.describe(), fix=f"({value},)")
        if not isinstance(value, tuple):
            raise Unfit(self.describe())
        if len(value) > MOST_DIMENSIONS:
            raise Unfit(f"a tuple of at most {MOST_DIMENSIONS} whole numbers")
        for part in value:
            if part is None and self.open:
                continue
            if isinstance(part, bool) or not isinstance(part, int) or not self.least <= part <= LARGEST:
                raise Unfit(self.describe())
        return value

    def describe(self) -> str:
        told = "a tuple of whole numbers such as (8,) or (28, 28, 1)"
        return told + (" or None" if self.none else "")
