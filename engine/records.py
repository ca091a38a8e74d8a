"""Records: the small values that the inner rooms are made of.

A record is a dataclass with slots, compared by value, which mypy lets nobody change. For `frozen=True` Python
writes and compiles six methods for each class at every start, half a millisecond each, and a first answer
needs sixty classes; a record has one, and shares the rest. What leaves the engine is frozen by Python itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """Makes a class of annotated fields a record."""
    made: Any = dataclass(slots=True, eq=False, repr=False)(kind)
    names = [each.name for each in fields(made)]
    values = attrgetter(*names) if names else lambda _: ()

    def equals(self: Any, other: object) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    made.__eq__ = equals
    made.__hash__ = lambda self: hash(values(self))
    made.__repr__ = _shown
    return made  # type: ignore[no-any-return]


def _shown(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
    return f"{type(self).__name__}({shown})"
