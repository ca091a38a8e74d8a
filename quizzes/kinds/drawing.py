"""Drawing a variant so that it teaches: a slip is chosen first, then numbers are drawn until it shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from quizzes.kinds.contract import Json, JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.ladder import Tolerance, keep_apart
from quizzes.kinds.random import Pcg32

HALVES = tuple(n / 2 for n in (-3, -2, -1, 1, 2, 3))
FEWEST_SLIPS = 2
TRIES_PER_SLIP = 30
DECIMALS = 12


def showing(rng: Pcg32, codes: Sequence[str], draw: Callable[[Pcg32], Variant]) -> Variant:
    """A variant in which the slip chosen from `codes` can be told apart. Raises RejectedError."""
    wanted = rng.choice(codes)
    for _ in range(TRIES_PER_SLIP):
        try:
            variant = draw(rng)
        except RejectedError:
            continue
        if any(known.code == wanted for known in variant.answers):
            return variant
    raise RejectedError


def slip(value: Json, code: str, title: str, *feedback: str) -> Known:
    """A wrong answer with a name; the first paragraph of its feedback carries the point."""
    return Known(value, 0.0, feedback, code, title)


def made(
    part: JsonObject,
    key: Json,
    slips: Iterable[Known],
    *,
    hints: tuple[str, str, str],
    steps: Sequence[Step],
    tolerance: Tolerance = 0,
    also: Sequence[Json] = (),
    fewest: int = FEWEST_SLIPS,
) -> Variant:
    """The variant, with those slips that can be told from the key and from each other.

    `also` are other right answers, such as the key with every step rounded to two decimals. Raises
    RejectedError when fewer than `fewest` slips are left.
    """
    kept = keep_apart([key, *also], list(slips), tolerance)
    if len(kept) < fewest:
        raise RejectedError
    rights = [Known(_tidy(value), 1.0) for value in (key, *also)]
    slips = [replace(one, value=_tidy(one.value)) for one in kept]
    return Variant(part, (*rights, *slips), round(float(tolerance), DECIMALS), hints, tuple(steps))


def _tidy(value: Json) -> Json:
    """Numbers without the last bits, in which machines and versions of NumPy differ."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    return round(value, DECIMALS) + 0.0 if isinstance(value, float) else value


def halves(rng: Pcg32, count: int) -> tuple[float, ...]:
    """Numbers of the half grid, none of them 0."""
    return tuple(rng.choice(HALVES) for _ in range(count))


def wholes(rng: Pcg32, count: int, low: int, high: int) -> tuple[float, ...]:
    return tuple(float(rng.between(low, high)) for _ in range(count))
