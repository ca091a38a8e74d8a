"""A whole call checked against its arguments: the complete config with its defaults, or all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine.errors import SpecError
from engine.records import record
from engine.spec.arguments import Argument, Required, Unfit
from engine.spec.structure import Config, Value
from engine.spec.wording import closest, listed, show

MOST_TOLD: Final = 8
"""How many unknown arguments of one call are told."""


@record
class Problem:
    """Something wrong with one argument of a call. `argument` is None when it is the call as a whole."""

    code: str
    argument: str | None
    message: str
    hint: str = ""
    fix: str | None = None

    def error(self) -> SpecError:
        """The problem as an exception."""
        return SpecError(self.message, self.hint, code=self.code, argument=self.argument, fix=self.fix)


def complete(
    owner: str,
    arguments: Sequence[Argument],
    given: Mapping[str, Value],
    settle: Callable[[Config], Config] | None = None,
) -> tuple[Config | None, list[Problem]]:
    """The complete config of a call of `owner`, or None with everything that is wrong with it.

    `settle` may derive or compare values once each of them is fine; it raises SpecError.
    """
    known = {argument.name: argument for argument in arguments}
    unknown = [name for name in given if name not in known]
    problems = [_unknown(owner, name, known) for name in unknown[:MOST_TOLD]]
    values: dict[str, Value] = {}
    for name, argument in known.items():
        if name in given:
            try:
                values[name] = argument.type.read(given[name])
            except Unfit as unfit:
                problems.append(_unfit(owner, argument, given[name], unfit))
        elif isinstance(argument.default, Required):
            # A misspelled argument is already told; that the right one is missing then goes without saying.
            if not any(problem.fix == name for problem in problems):
                problems.append(_missing(owner, argument))
        else:
            values[name] = argument.default
    if problems:
        return None, problems
    config = Config(values)
    try:
        return (settle(config) if settle else config), []
    except SpecError as error:
        return None, [Problem(error.code, error.argument, error.message, error.hint, error.fix)]


def _unknown(owner: str, name: str, known: Mapping[str, Argument]) -> Problem:
    near = closest(name, known)
    message = f"{owner} has no argument {show(name)}"
    message += f"; did you mean {show(near)}?" if near else "."
    names = list(known)
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
    hint = f"It takes {listed(shown)}." if names else "It takes no arguments."
    if near and known[near].doc:
        hint = f"{explained(known[near])} {hint}"
    return Problem("unknown-argument", name, message, hint, fix=near)


def _unfit(owner: str, argument: Argument, value: Value, unfit: Unfit) -> Problem:
    message = f"{owner}: {argument.name} must be {unfit.wanted}; it is {show(value)}."
    hint = f"Write {argument.name}={unfit.fix}." if unfit.fix else explained(argument)
    return Problem("bad-argument", argument.name, message, hint, fix=unfit.fix)


def _missing(owner: str, argument: Argument) -> Problem:
    message = f"{owner} needs {argument.name}: {argument.type.describe()}."
    return Problem("missing-argument", argument.name, message, argument.doc)


def explained(argument: Argument) -> str:
    """What an argument means: `units: the number of units (neurons).`; nothing where it is not documented."""
    doc = argument.doc
    if not doc:
        return ""
    # A word such as L2 or ReLU keeps its capital.
    is_plain = doc[1:2].islower() or doc[1:2] == " "
    return f"{argument.name}: {doc[:1].lower() if is_plain else doc[:1]}{doc[1:]}"
