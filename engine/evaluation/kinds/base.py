"""What it takes to declare a kind of criterion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from engine.evaluation.report import Finding
from engine.evaluation.subject import Subject
from engine.spec import Config
from engine.spec.arguments import Argument

Judge: TypeAlias = Callable[[Config, Subject], Finding]


def nothing_more(config: Config) -> None:
    """Accepts every config whose arguments are fine one by one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of criterion.

    `title` names a criterion that its author gave no title. `check` compares arguments with one another and
    raises ValueError with the end of a sentence. `judge` looks at a network. `is_static` says that the text
    alone decides: nothing is run, so that it can be judged while somebody types.
    """

    name: str
    doc: str
    arguments: tuple[Argument, ...]
    title: Callable[[Config], str]
    judge: Judge
    check: Callable[[Config], None] = nothing_more
    is_static: bool = True


def between(config: Config, noun: str) -> str:
    """A title for bounds: `At most 124 parameters`."""
    least, most = config["at_least"], config["at_most"]
    if least is None:
        return f"At most {most:,} {noun}"
    if most is None:
        return f"At least {least:,} {noun}"
    return f"{least:,} to {most:,} {noun}"


def needs_a_bound(config: Config) -> None:
    """Refuses a criterion without any bound, and bounds that contradict each other."""
    least, most = config["at_least"], config["at_most"]
    if least is None and most is None:
        raise ValueError("needs at_most, at_least or both")
    if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        raise ValueError("asks for at_least more than at_most")
