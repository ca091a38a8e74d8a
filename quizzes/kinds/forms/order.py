"""Things to put in order: each gets a place from a list. Without a script, by keyboard, on any screen."""

from collections.abc import Sequence
from itertools import combinations

from quizzes.kinds.contract import Fields, FormatError, Grade, Json, JsonObject, Variant
from quizzes.kinds.forms.cells import CellsForm, cells, choice

UNUSED = "not part of it"


class OrderForm(CellsForm):
    """A kind whose answers give each thing its place ("1", "2", … or UNUSED), in the order things are shown.

    A wrong order earns for the pairs that stand right, less those that are turned round.
    """

    counts_each = False
    generic = "Ask of each one what it needs before it can happen."

    def parse(self, variant: Variant, fields: Fields) -> list[Json]:
        places = super().parse(variant, fields)
        used = [place for place in places if place != UNUSED]
        for place in used:
            if used.count(place) > 1:
                raise FormatError(f"Place {place} is given twice. Each place takes one.")
        return places

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        for known in variant.answers:
            if known.value == response:
                fraction = known.fraction or share(variant.key, response)
                return Grade(fraction, known.feedback, known.code, known.title)
        return Grade(share(variant.key, response), ("This order is not right yet.", self.generic))

    def words(self, variant: Variant, value: Json) -> str:
        things = [row["head"] for row in variant.shown["cells"]["rows"]]
        placed = sorted(
            (int(place), thing) for place, thing in zip(value, things, strict=True) if place != UNUSED
        )
        return ", ".join(thing for _, thing in placed)


def order_cells(things: Sequence[str], *, has_unused: bool) -> JsonObject:
    """The table of an ordering, things in the order in which they are shown."""
    places = [str(place) for place in range(1, len(things) + 1)]
    options = [*places, UNUSED] if has_unused else places
    return cells("Step", ["place"], [(thing, [choice(*options)]) for thing in things])


def places_of(order: Sequence[str], things: Sequence[str]) -> list[str]:
    """The answer that an order means; things that it leaves out are not part of it."""
    return [str(order.index(thing) + 1) if thing in order else UNUSED for thing in things]


def share(key: Sequence[str], response: Sequence[str]) -> float:
    """Pairs that stand right less pairs turned round, as a share of all pairs, never below 0 nor full.

    A pair with a thing that is not part of it stands right when both say so.
    """
    pairs = list(combinations(range(len(key)), 2))
    score = sum(_pair(key[a], key[b], response[a], response[b]) for a, b in pairs)
    return min(max(0.0, score / len(pairs)), 0.9)


def _pair(a: str, b: str, mine_a: str, mine_b: str) -> int:
    if UNUSED in (a, b, mine_a, mine_b):
        return int((a == UNUSED) == (mine_a == UNUSED) and (b == UNUSED) == (mine_b == UNUSED))
    return 1 if (int(a) < int(b)) == (int(mine_a) < int(mine_b)) else -1
