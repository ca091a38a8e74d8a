"""The few functions of Python, math and NumPy that a text may use on constants, written anew and bounded."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from engine.language.arithmetic import bounded, truth
from engine.language.formatting import Impossible, constant_text
from engine.language.values import Constant, DictObject, ListObject, Thing

LONGEST_RANGE: Final = 512
"""No network has more layers, so no loop that builds one is longer."""


def parts(value: Thing) -> list[Thing]:
    """The entries of a list, tuple or string; raises Impossible for anything else."""
    match value:
        case ListObject():
            return list(value.items)
        case DictObject():
            return list(value.items)
        case tuple() | str():
            return list(value)
        case _:
            raise Impossible("it is not a list of constants")


def number(value: Thing) -> float:
    """A number; raises Impossible for anything else."""
    if isinstance(value, int | float):
        return value
    raise Impossible("it is not a number")


def whole(value: Thing) -> int:
    """A whole number; raises Impossible for anything else."""
    if isinstance(value, int):
        return value
    raise Impossible("it is not a whole number")


def _range(*bounds: Thing) -> Thing:
    if not 1 <= len(bounds) <= 3:
        raise Impossible("range takes one to three numbers")
    numbers = [whole(bound) for bound in bounds]
    if len(numbers) == 3 and numbers[2] == 0:
        raise Impossible("a range cannot have step 0")
    steps = range(*numbers)
    # len() of a huge range raises; the difference of its ends does not.
    if abs(steps.stop - steps.start) // abs(steps.step) > LONGEST_RANGE:
        raise Impossible(f"it is longer than {LONGEST_RANGE}")
    return ListObject(list(steps))


def _len(value: Thing) -> Thing:
    return len(parts(value))


def _int(value: Thing = 0) -> Thing:
    if isinstance(value, str):
        if not value.strip().isdecimal() or len(value) > 18:
            raise Impossible("it is not a whole number")
        return int(value)
    return bounded(int(bounded(number(value))))


def _float(value: Thing = 0.0) -> Thing:
    return bounded(float(number(value)))


def _str(value: Thing = "") -> Thing:
    return constant_text(value)


def _numbers(values: tuple[Thing, ...]) -> list[float]:
    found = [number(value) for value in (parts(values[0]) if len(values) == 1 else list(values))]
    if not found:
        raise Impossible("it is empty")
    return found


def _max(*values: Thing) -> Thing:
    return max(_numbers(values))


def _min(*values: Thing) -> Thing:
    return min(_numbers(values))


def _sum(value: Thing) -> Thing:
    return bounded(sum(number(part) for part in parts(value)))


def _prod(value: Thing) -> Thing:
    total: float = 1
    for part in parts(value):
        total = bounded(total * number(part))
    return total


def _round(value: Thing, digits: Thing = None) -> Thing:
    places = None if digits is None else max(-20, min(20, whole(digits)))
    return bounded(round(number(value), places))


def _zip(*values: Thing) -> Thing:
    return ListObject([tuple(group) for group in zip(*(parts(value) for value in values), strict=False)])


def _enumerate(value: Thing, start: Thing = 0) -> Thing:
    return ListObject([(whole(start) + index, part) for index, part in enumerate(parts(value))])


def _sorted(value: Thing) -> Thing:
    made = ListObject([])
    made.items.extend(sorted(number(part) for part in parts(value)))
    return made


def _dict(value: Thing = None, **named: Thing) -> Thing:
    made: dict[Constant, Thing] = {**value.items} if isinstance(value, DictObject) else {}
    if value is not None and not isinstance(value, DictObject):
        raise Impossible("it is not a dict of constants")
    made.update(named.items())
    return DictObject(made)


def _real(function: Callable[[float], float]) -> Callable[..., Thing]:
    def apply(value: Thing) -> Thing:
        try:
            return bounded(function(number(value)))
        except (ValueError, OverflowError):
            raise Impossible("it has no such value") from None

    return apply


_MATH: Final[Mapping[str, Callable[..., Thing]]] = {
    "ceil": _real(math.ceil),
    "floor": _real(math.floor),
    "sqrt": _real(math.sqrt),
    "log": _real(math.log),
    "log2": _real(math.log2),
    "log10": _real(math.log10),
    "exp": _real(math.exp),
}

FUNCTIONS: Final[Mapping[str, Callable[..., Thing]]] = {
    "builtins.abs": _real(abs),
    "builtins.bool": lambda value=False: truth(value),
    "builtins.dict": _dict,
    "builtins.enumerate": _enumerate,
    "builtins.float": _float,
    "builtins.int": _int,
    "builtins.len": _len,
    "builtins.list": lambda value=(): ListObject(parts(value)),
    "builtins.max": _max,
    "builtins.min": _min,
    "builtins.range": _range,
    "builtins.reversed": lambda value: ListObject(parts(value)[::-1]),
    "builtins.round": _round,
    "builtins.sorted": _sorted,
    "builtins.str": _str,
    "builtins.sum": _sum,
    "builtins.tuple": lambda value=(): tuple(parts(value)),
    "builtins.zip": _zip,
    "builtins.print": lambda *values, **named: None,
    "math.prod": _prod,
    "numpy.prod": _prod,
    **{f"{module}.{name}": function for module in ("math", "numpy") for name, function in _MATH.items()},
}
