"""What skills build on: needs that are known and go in no circle, laid out as nested lists and in levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Needs: TypeAlias = Mapping[str, Sequence[str]]
"""For each skill's name, the names of the skills it builds on."""


@dataclass(frozen=True)
class Branch:
    """A skill, the other skills it builds on besides the one it stands under, and what builds on it."""

    name: str
    also: tuple[str, ...]
    branches: tuple["Branch", ...]


def fault(needs: Needs) -> tuple[str, str] | None:
    """The first skill whose needs cannot be, and why; None when all is well."""
    for name, wanted in needs.items():
        for other in wanted:
            if other not in needs:
                return (
                    name,
                    f"{name!r} needs {other!r}, and there is no such skill. Skills: {', '.join(needs)}.",
                )
        if circle := _circle(needs, name):
            return (
                name,
                f"The skills need each other in a circle: {' needs '.join(circle)}. Take one need away.",
            )
    return None


def levels(needs: Needs) -> dict[str, int]:
    """How many skills lie before each, at the longest. The needs have no fault."""
    found: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((level(other) for other in needs[name]), default=-1)
        return found[name]

    return {name: level(name) for name in needs}


def nested(needs: Needs) -> tuple[Branch, ...]:
    """Every skill once: under the latest of the skills it needs, in the order given. The needs have no
    fault."""
    level, order = levels(needs), list(needs)
    under: dict[str | None, list[str]] = {}
    for name, wanted in needs.items():
        latest = max(wanted, key=lambda other: (level[other], order.index(other)), default=None)
        under.setdefault(latest, []).append(name)

    def branch(name: str, above: str | None) -> Branch:
        also = tuple(other for other in needs[name] if other != above)
        return Branch(name, also, tuple(branch(child, name) for child in under.get(name, [])))

    return tuple(branch(name, None) for name in under.get(None, []))


def _circle(needs: Needs, start: str) -> list[str]:
    """A way along the needs from a skill back to it, with the skill at both ends; or nothing."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop()
        for other in needs.get(way[-1], ()):
            if other == start:
                return [*way, start]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []
