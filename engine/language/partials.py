"""`functools.partial`: a layer class or a builder with some of its arguments given beforehand."""

from __future__ import annotations

from typing import Final

from engine.language.passing import Passing
from engine.language.values import Partial

MOST_GIVEN: Final = 64
"""How many arguments may be given beforehand; no layer takes nearly as many."""


def partial(passing: Passing) -> Partial | None:
    """The value of `partial(callee, ...)`; None when it is given too much, or what it is given is not known.

    A partial of a partial is one partial, so that they never lie one inside the other.
    """
    callee, rest = passing.positional[0].value, passing.positional[1:]
    made = Partial(callee, tuple(rest), dict(passing.named))
    if isinstance(callee, Partial):
        joined = complete(callee, Passing(passing.call, passing.callee, list(rest), dict(passing.named)))
        made = Partial(callee.callee, tuple(joined.positional), joined.named)
    is_fine = not passing.opaque and len(made.positional) + len(made.named) <= MOST_GIVEN
    return made if is_fine else None


def complete(given: Partial, passing: Passing) -> Passing:
    """All arguments of a call of a partial: those given beforehand, then those of the call."""
    return Passing(
        passing.call,
        passing.callee,
        [*given.positional, *passing.positional],
        {**given.named, **passing.named},
        passing.opaque,
    )
