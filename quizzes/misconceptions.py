"""Which misconceptions a learner has, and which are gone, read from the answers in order.

One is there after two hits among five chances to show it. It is gone after right answers to three different
variants that could have shown it, with no hit between. An answer that is not right for another reason tells
nothing of it.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HITS = 2
CHANCES = 5
CLEAN = 3


@dataclass(frozen=True)
class Chance:
    """One graded answer: the variant, the codes it can show, what it showed, and whether it is right."""

    variant: str
    could_show: Sequence[str]
    code: str
    title: str
    is_right: bool


@dataclass
class Misconception:
    """One that was there at some time; `clean` counts the variants answered right since it last showed."""

    code: str
    title: str = ""
    hits: int = 0
    is_active: bool = False
    was_there: bool = False
    _last: deque[bool] = field(default_factory=lambda: deque(maxlen=CHANCES))
    _clean: set[str] = field(default_factory=set)

    @property
    def clean(self) -> int:
        return len(self._clean)

    @property
    def to_go(self) -> int:
        """How many more variants answered right clear it."""
        return max(0, CLEAN - self.clean)

    def see(self, chance: Chance) -> None:
        is_hit = chance.code == self.code
        self._last.append(is_hit)
        if is_hit:
            self.hits += 1
            self.title = chance.title or self.title
            self._clean.clear()
        elif chance.is_right:
            self._clean.add(chance.variant)
        if sum(self._last) >= HITS:
            self.is_active = self.was_there = True
        if self.is_active and self.clean >= CLEAN:
            self.is_active = False
            self._last.clear()


def misconceptions(chances: Iterable[Chance]) -> list[Misconception]:
    """Every misconception that was there at some time, given the graded answers oldest first; what still is
    there comes first."""
    found: dict[str, Misconception] = {}
    for chance in chances:
        for code in {*chance.could_show, chance.code} - {""}:
            found.setdefault(code, Misconception(code)).see(chance)
    return sorted((one for one in found.values() if one.was_there), key=lambda one: not one.is_active)
