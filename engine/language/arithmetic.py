"""Arithmetic on constants, with every result kept small: whole numbers within 63 bits, short strings and
lists.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine.language.formatting import LONGEST, Impossible, percent_text
from engine.language.values import ListObject, Thing

LARGEST: Final = 2**63 - 1


_NUMERIC: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[float, float], bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_PLAIN: Final = (bool, int, float, str, type(None))


def bounded(value: float) -> float:
    """The number, if it is small and finite."""
    if isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)):
        raise Impossible("it is not a finite number")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Impossible("it is too large a number")
    return value


def binary(kind: ast.operator, left: Thing, right: Thing) -> Thing:
    """`left kind right` for constants; raises Impossible."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _numbers(kind, left, right)
    if isinstance(kind, ast.Add):
        return _joined(left, right)
    if isinstance(kind, ast.Mod) and isinstance(left, str):
        return percent_text(left, right)
    if isinstance(kind, ast.Mult):
        if isinstance(left, int):
            left, right = right, left
        if isinstance(right, int):
            return _repeated(left, right)
    raise Impossible("these values cannot be combined so")


def _numbers(kind: ast.operator, left: float, right: float) -> float:
    if isinstance(kind, ast.Pow):
        return _power(left, right)
    if type(kind) not in _NUMERIC:
        raise Impossible("only + - * / // % and ** are read")
    try:
        return bounded(_NUMERIC[type(kind)](left, right))
    except ZeroDivisionError:
        raise Impossible("it divides by zero") from None
    except OverflowError:
        raise Impossible("it is too large a number") from None


def _power(base: float, exponent: float) -> float:
    small = isinstance(base, float) or isinstance(exponent, float) or abs(base) <= 1
    if not small and (exponent > 64 or math.log2(abs(base)) * exponent > 64):
        raise Impossible("it is too large a number")
    if base < 0 and not float(exponent).is_integer():
        raise Impossible("it is not a real number")
    try:
        power: float = base**exponent
        return bounded(power)
    except (ZeroDivisionError, OverflowError):
        raise Impossible("it is too large a number") from None


def _joined(left: Thing, right: Thing) -> Thing:
    if isinstance(left, str) and isinstance(right, str):
        if len(left) + len(right) > LONGEST:
            raise Impossible("it is too long a string")
        return left + right
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _short((*left, *right))
    if isinstance(left, ListObject) and isinstance(right, ListObject):
        return ListObject(list(_short((*left.items, *right.items))))
    raise Impossible("these values cannot be added")


def _repeated(value: Thing, times: int) -> Thing:
    size = (
        len(value)
        if isinstance(value, str | tuple)
        else len(value.items)
        if isinstance(value, ListObject)
        else 0
    )
    if size * times > LONGEST:
        raise Impossible("it is too long")
    if isinstance(value, str | tuple):
        return value * times
    if isinstance(value, ListObject):
        return ListObject(value.items * times)
    raise Impossible("these values cannot be multiplied")


def _short(items: tuple[Thing, ...]) -> tuple[Thing, ...]:
    if len(items) > LONGEST:
        raise Impossible("it is too long")
    return items


def extend(owner: ListObject, items: Sequence[Thing], at: int | None = None) -> None:
    """Puts items into a list, at its end or before an entry; raises Impossible where it grows too long."""
    _short((*owner.items, *items))
    where = len(owner.items) if at is None else at
    owner.items[where:where] = items


def unary(kind: ast.unaryop, value: Thing) -> Thing:
    """`-value`, `+value`, `not value`; raises Impossible."""
    if isinstance(kind, ast.Not):
        return not truth(value)
    if isinstance(value, int | float) and isinstance(kind, ast.USub | ast.UAdd):
        return -value if isinstance(kind, ast.USub) else +value
    raise Impossible("only numbers have a sign")


def truth(value: Thing) -> bool:
    """Whether a constant counts as true; raises Impossible for what is no constant."""
    if isinstance(value, (*_PLAIN, tuple)):
        return bool(value)
    if isinstance(value, ListObject):
        return bool(value.items)
    raise Impossible("it is not a constant")


def compare(kind: ast.cmpop, left: Thing, right: Thing) -> bool:
    """`left kind right` for constants; raises Impossible."""
    if isinstance(kind, ast.Is | ast.IsNot):
        if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
            return (left is right) is isinstance(kind, ast.Is)
        raise Impossible("'is' compares with None, True and False only")
    if isinstance(kind, ast.In | ast.NotIn):
        return _holds(left, right) is isinstance(kind, ast.In)
    if not _plain(left) or not _plain(right):
        raise Impossible("it is not a constant")
    if isinstance(kind, ast.Eq | ast.NotEq):
        return (left == right) is isinstance(kind, ast.Eq)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _COMPARISONS[type(kind)](left, right)
    raise Impossible("these values have no order")


def _plain(value: Thing) -> bool:
    if isinstance(value, tuple):
        return all(isinstance(part, _PLAIN) for part in value)
    return isinstance(value, _PLAIN)


def _holds(value: Thing, container: Thing) -> bool:
    if isinstance(container, str) and isinstance(value, str):
        return value in container
    items = container.items if isinstance(container, ListObject) else container
    if not isinstance(items, list | tuple) or not _plain(value) or not all(_plain(item) for item in items):
        raise Impossible("it is not a constant")
    return value in items
