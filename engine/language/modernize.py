"""Reads the spellings of older Kerases as today's, and notes each so that a learner sees the present name."""

from __future__ import annotations

from engine.language.machine import Machine
from engine.language.old import ARGUMENTS, ITEM_ARGUMENTS
from engine.language.passing import Passing
from engine.spec.catalogue.items import ItemKind
from engine.spec.catalogue.kinds import LayerKind


def modernize(machine: Machine, kind: LayerKind, spelling: str, passing: Passing) -> None:
    """Renames the arguments that an older Keras called otherwise, and says so in a note."""
    renamed = ARGUMENTS.get(kind.name, {})
    for was in [name for name in passing.named if name in renamed]:
        _rename(machine, kind.name, passing, was, renamed[was])


def modernize_item(machine: Machine, kind: ItemKind, passing: Passing) -> None:
    """The same for optimizers, regularizers and the like."""
    known = {argument.name for argument in kind.arguments}
    for was in [name for name in passing.named if name in ITEM_ARGUMENTS and name not in known]:
        _rename(machine, kind.name, passing, was, ITEM_ARGUMENTS[was])


def _rename(machine: Machine, owner: str, passing: Passing, was: str, today: str) -> None:
    if today in passing.named:
        return
    passed = passing.named.pop(was)
    passing.named[today] = passed
    if passed.name_place is not None:
        machine.note(
            "old-spelling",
            f"{owner}: {was} is an older Keras's name for {today}.",
            f"Today it is written {today}=.",
            passed.name_place,
            fix=today,
        )
