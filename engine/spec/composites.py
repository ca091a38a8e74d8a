"""Types of arguments made of other types: a list of one, the first of several that fits, one or many."""

from __future__ import annotations

from engine.records import record
from engine.spec.arguments import ArgumentType, Unfit
from engine.spec.structure import Config, Value


@record
class Many:
    """A list whose entries are all of one type."""

    each: ArgumentType

    def read(self, value: Value, /) -> Value:
        if not isinstance(value, tuple):
            raise Unfit(self.describe())
        return tuple(self.each.read(part) for part in value)

    def describe(self) -> str:
        return f"a list, each entry {self.each.describe()}"


@record
class Either:
    """The first of several types that fits."""

    options: tuple[ArgumentType, ...]

    def read(self, value: Value, /) -> Value:
        fix: str | None = None
        for option in self.options:
            try:
                return option.read(value)
            except Unfit as unfit:
                fix = fix or unfit.fix
        raise Unfit(self.describe(), fix=fix)

    def describe(self) -> str:
        return ", or ".join(option.describe() for option in self.options)


class Several:
    """One value, or several in a list or by output name; `always` makes a single one a tuple of one."""

    def __init__(self, one: ArgumentType, always: bool = False) -> None:
        self.one, self.always = one, always

    def read(self, value: Value, /) -> Value:
        if isinstance(value, tuple):
            return tuple(
                self.read(part) if isinstance(part, tuple) else self.one.read(part) for part in value
            )
        if isinstance(value, Config):
            return Config({name: self.read(part) for name, part in value.items()})
        if value is None:
            return None
        return (self.one.read(value),) if self.always else self.one.read(value)

    def describe(self) -> str:
        return self.one.describe()
