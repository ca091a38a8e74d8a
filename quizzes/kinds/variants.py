"""From a question to a variant: seeds are tried in a fixed order until one gives numbers worth asking."""

from collections.abc import Callable

from quizzes.kinds.contract import JsonObject, Kind, RejectedError, Variant
from quizzes.kinds.random import Pcg32

TRIES = 200

Seed = Callable[[int], bytes]


class NoVariantError(Exception):
    """No seed of all tries gave a variant: the author's data leave too little room."""


def make_variant(kind: Kind, data: JsonObject, seed: Seed) -> Variant:
    """The first variant that is not rejected; `seed(k)` gives the bytes of try k = 0 .. 199."""
    for k in range(TRIES):
        try:
            return kind.generate(data, Pcg32.from_bytes(seed(k)))
        except RejectedError:
            continue
    raise NoVariantError(f"None of {TRIES} seeds gives a variant of kind {kind.name}. Widen its ranges.")
