"""Is a seed worth asking? Draws the variants of many seeds and says what an author should look at.

Nothing here knows a database: a seed comes as a function from the number of a try to bytes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.kinds import Json, JsonObject, Kind, NoVariantError, Variant, make_variant
from quizzes.kinds.drawing import FEWEST_SLIPS
from quizzes.kinds.ladder import is_number, keep_apart
from quizzes.kinds.variants import Seed

NEAREST_CLASSES = 0.05  # below it the first two probabilities are a tie to the eye
HINTS = 3

Clock = Callable[[], float]


@dataclass(frozen=True)
class Vetted:
    """One seed: its variant, how many streams it took, how long, and what to look at."""

    seed: int
    variant: Variant | None
    tries: int
    seconds: float
    warnings: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return self.variant is not None and not self.warnings


@dataclass(frozen=True)
class Vetting:
    """What many seeds give together."""

    seeds: tuple[Vetted, ...]

    @property
    def passing(self) -> list[int]:
        """The seeds that pass; of several that ask the same, the first."""
        asked: dict[str, int] = {}
        for one in self.seeds:
            if one.passes:
                asked.setdefault(_asked(one), one.seed)
        return list(asked.values())

    @property
    def passed(self) -> int:
        return sum(one.passes for one in self.seeds)

    @property
    def retries(self) -> int:
        """Streams drawn in vain, over all seeds."""
        return sum(one.tries - 1 for one in self.seeds)

    @property
    def most_tries(self) -> int:
        return max((one.tries for one in self.seeds), default=0)

    @property
    def slowest(self) -> Vetted | None:
        return max(self.seeds, key=lambda one: one.seconds, default=None)

    @property
    def collisions(self) -> int:
        """How many seeds ask what an earlier one asks."""
        asked = Counter(_asked(one) for one in self.seeds if one.variant)
        return sum(count - 1 for count in asked.values())

    @property
    def warnings(self) -> list[tuple[str, list[int]]]:
        """Each warning with the seeds that have it, the most frequent first."""
        found: dict[str, list[int]] = {}
        for one in self.seeds:
            for warning in one.warnings:
                found.setdefault(warning, []).append(one.seed)
        return sorted(found.items(), key=lambda entry: -len(entry[1]))


def vet(
    rules: Kind,
    data: JsonObject,
    seeds: Iterable[int],
    seed_of: Callable[[int], Seed],
    clock: Clock,
    budget: float,
) -> Vetting:
    """Draw each seed once. After `budget` seconds no further seed is begun."""
    end = clock() + budget
    found: list[Vetted] = []
    for seed in seeds:
        if clock() >= end:
            break
        found.append(_vet_one(rules, data, seed, seed_of(seed), clock))
    return Vetting(tuple(found))


def _vet_one(rules: Kind, data: JsonObject, seed: int, bytes_of: Seed, clock: Clock) -> Vetted:
    tries = 0

    def counted(k: int) -> bytes:
        nonlocal tries
        tries = k + 1
        return bytes_of(k)

    start = clock()
    try:
        variant = make_variant(rules, data, counted)
    except NoVariantError as error:
        return Vetted(seed, None, tries, clock() - start, (str(error),))
    taken = clock() - start
    return Vetted(seed, variant, tries, taken, tuple(warnings(rules, variant)))


def _asked(vetted: Vetted) -> str:
    return repr(vetted.variant.shown) if vetted.variant else f"seed {vetted.seed}"


def warnings(rules: Kind, variant: Variant) -> list[str]:
    """What an author should look at in this variant; empty when it can be asked without a second look."""
    found = _near_slips(variant)
    if rules.is_generated:
        slips = [known for known in variant.answers if known.fraction < 1]
        if len(slips) < FEWEST_SLIPS and _is_keyed(variant):
            found.append(f"Fewer than {FEWEST_SLIPS} slips can be told apart.")
        if len(variant.hints) < HINTS:
            found.append(f"Fewer than {HINTS} hints.")
    if any(known.fraction < 1 and known.title and not known.feedback for known in variant.answers):
        found.append("A slip has no feedback.")
    numbers = [float(one) for one in _cells(variant.key) if is_number(one)]
    if _is_dead(variant, numbers):
        found.append("Every neuron of the layer is off.")
    if _is_tie(numbers):
        found.append("The first two probabilities are nearly the same.")
    return found


def _is_keyed(variant: Variant) -> bool:
    """Whether there is one key to compare slips with, rather than criteria that many answers meet."""
    return bool(variant.answers) and not isinstance(variant.key, dict)


def _near_slips(variant: Variant) -> list[str]:
    """Slips that another answer hides: within four tolerances of it."""
    keys = [known.value for known in variant.answers if known.fraction == 1]
    slips = [known for known in variant.answers if known.fraction < 1]
    if not keys or len({len(_cells(known.value)) for known in variant.answers}) > 1:
        return []
    kept = keep_apart(keys, slips, variant.tolerance)
    return [
        f"“{slip.title or slip.value}” lies within four tolerances of another answer."
        for slip in slips
        if slip not in kept
    ]


def _cells(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _is_dead(variant: Variant, key: Sequence[float]) -> bool:
    shown = variant.shown
    if shown.get("activation") == "relu" and {"x", "kernel", "bias"} <= set(shown):
        units = zip(*shown["kernel"], strict=True)
        sums = (
            sum(x * w for x, w in zip(shown["x"], unit, strict=True)) + bias
            for unit, bias in zip(units, shown["bias"], strict=True)
        )
        return all(z <= 0 for z in sums)
    return variant.tolerance > 0 and len(key) == len(_cells(variant.key)) > 1 and not any(key)


def _is_tie(numbers: Sequence[float]) -> bool:
    """Whether the probabilities at the end of a key, if there are any, have two firsts."""
    for start in range(len(numbers) - 1):
        part = sorted(numbers[start:], reverse=True)
        if 0 < part[-1] <= part[0] < 1 and abs(sum(part) - 1) < 1e-6:
            first, second = next(pairwise(part))
            return first - second < NEAREST_CLASSES
    return False
