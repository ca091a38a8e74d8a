"""Which weights differ between two networks: layer, place, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import engine
from course.figures.numbers import plain
from engine.spec import graph_weights

MOST_SHOWN = 40


@dataclass(frozen=True)
class Change:
    """One weight that differs, or an array that only one of both has, or has in another shape."""

    weight: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """The first of the weights that differ, and how many more there are."""

    shown: tuple[Change, ...]
    more: int


def changed_weights(older: str, before: list[Any] | None, newer: str, after: list[Any] | None) -> Changes:
    """From one network with its weights to another; None for those that were not set."""
    found = list(_changes(_named(older, before), _named(newer, after)))
    return Changes(tuple(found[:MOST_SHOWN]), max(0, len(found) - MOST_SHOWN))


def _named(source: str, arrays: list[Any] | None) -> dict[str, tuple[tuple[int, ...], Any]]:
    """Shape and values by layer and weight."""
    spec = engine.read(source).spec
    if spec is None or arrays is None:
        return {}
    names = [
        (f"{layer.name} {one.name}", tuple(one.shape))
        for layer, found in graph_weights(spec)
        for one in found
    ]
    return {name: (shape, array) for (name, shape), array in zip(names, arrays, strict=False)}


def _changes(
    older: dict[str, tuple[tuple[int, ...], Any]], newer: dict[str, tuple[tuple[int, ...], Any]]
) -> Iterator[Change]:
    for name in dict.fromkeys([*older, *newer]):
        was, now = older.get(name), newer.get(name)
        if was is None or now is None or was[0] != now[0]:
            yield Change(name, _shape(was), _shape(now))
            continue
        for place in product(*map(range, was[0])):
            one, other = _at(was[1], place), _at(now[1], place)
            if one != other:
                told = ", ".join(str(index + 1) for index in place)
                yield Change(f"{name} [{told}]", plain(one), plain(other))


def _shape(found: tuple[tuple[int, ...], Any] | None) -> str:
    if found is None:
        return "none"
    return "1 number" if prod(found[0]) == 1 else f"{'×'.join(map(str, found[0]))} numbers"


def _at(array: Any, place: tuple[int, ...]) -> float:
    for index in place:
        array = array[index]
    return float(array)
