"""Two runs beside each other: run A was pinned, run B is what the figure shows now.

Both stand at the same step, so a number that is still hidden in one is hidden in the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.figures import words
from course.figures.forward import Pass
from course.figures.numbers import NIL, fixed, percent
from course.figures.scene import View
from course.figures.state import Focus


@dataclass(frozen=True)
class Change:
    """One unit whose number differs: in run A, in run B, and by how much."""

    key: str
    name: str
    before: str
    after: str
    delta: str
    css: str


@dataclass(frozen=True)
class Comparison:
    """What the figure says about the two runs."""

    sentence: str
    changes: tuple[Change, ...]


def comparison(view: View, edits_before: int) -> Comparison | None:
    """The differences as far as they are computed; None while no run is pinned.

    edits_before: how many numbers of the network were edited in run A.
    """
    if view.before is None:
        return None
    pairs = [Focus(layer, unit) for layer, units in enumerate(view.document.sizes) for unit in range(units)]
    known = [focus for focus in pairs if _kind(view, focus)]
    changes = tuple(change for change in (_change(view, view.before, focus) for focus in known) if change)
    before = run_name(view, view.before, edits_before)
    after = run_name(view, view.seen, len(view.edits))
    if not changes:
        rest = "Change an input or a weight, and what differs is listed here."
        return Comparison(f"Run A is {before}. {rest}", ())
    count = f"{len(changes)} of {len(known)} numbers differ."
    return Comparison(f"Run A is {before}, run B {after}. {count}", changes)


def run_name(view: View, seen: Pass, edits: int) -> str:
    """What went into a run: a llama, with 2 numbers edited."""
    preset = view.document.preset_of(seen.x)
    name = words.article(preset) if preset else f"your {view.document.subject}"
    return f"{name}, with {edits} {'number' if edits == 1 else 'numbers'} edited" if edits else name


def _kind(view: View, focus: Focus) -> str:
    """Which number of a unit is compared: its output when computed, else its sum; "" when both are hidden."""
    if view.known.a(focus.layer, focus.unit):
        return "a"
    return "z" if view.known.z(focus.layer, focus.unit) else ""


def _change(view: View, before: Pass, focus: Focus) -> Change | None:
    old, new = (_values(seen, focus.layer, _kind(view, focus))[focus.unit] for seen in (before, view.seen))
    if abs(new - old) < NIL:
        return None
    is_share = focus.layer == len(view.seen.columns) and view.seen.has_shares() and _kind(view, focus) == "a"
    return Change(
        key=f"{focus.layer}.{focus.unit}",
        name=words.unit_name(view, focus),
        before=percent(old) if is_share else fixed(old, 2),
        after=percent(new) if is_share else fixed(new, 2),
        delta=f"{fixed((new - old) * 100, 1, signed=True)}%"
        if is_share
        else fixed(new - old, 2, signed=True),
        css="up" if new > old else "down",
    )


def _values(seen: Pass, layer: int, kind: str) -> Sequence[float]:
    if layer == 0:
        return seen.x
    return seen.columns[layer - 1].a if kind == "a" else seen.columns[layer - 1].z
