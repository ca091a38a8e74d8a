"""What kinds share that need no data from their author."""

from collections.abc import Sequence
from dataclasses import replace

from quizzes.kinds.contract import JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import FEWEST_SLIPS, showing
from quizzes.kinds.forms import option_id, options
from quizzes.kinds.parameters import Declared
from quizzes.kinds.random import Pcg32


class Drawn(Declared):
    """Draws all by itself: `draw` makes a variant, in which one slip of `codes`, chosen first, must show."""

    is_generated = True
    codes: tuple[str, ...] = ()

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        return showing(rng, self.codes, self.draw)

    def draw(self, rng: Pcg32) -> Variant:
        raise NotImplementedError


def one_of(
    rng: Pcg32,
    part: JsonObject,
    right: tuple[str, str],
    others: Sequence[Known],
    *,
    hints: tuple[str, str, str],
    steps: Sequence[Step],
    is_shuffled: bool = True,
) -> Variant:
    """A variant of OneForm: the right option with what is said of it, and others, their texts as values.

    Of two with the same text the first stays. Raises RejectedError when fewer than two others are left.
    """
    text, said = right
    kept = {text: Known(option_id(text), 1.0, (said,))}
    for known in others:
        kept.setdefault(known.value, replace(known, value=option_id(known.value)))
    if len(kept) <= FEWEST_SLIPS:
        raise RejectedError
    texts = rng.shuffled(list(kept)) if is_shuffled else sorted(kept)
    answers = tuple(kept.values())
    return Variant(part | {"options": options(texts)}, answers, 0.0, hints, tuple(steps))
