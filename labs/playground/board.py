"""What the playground's page shows of a run: the readout, remarks, pictures, and the same as tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.playground import Run
from labs.playground.curves import charts
from labs.playground.drawing import (
    OUTPUT,
    Plane,
    dead_units,
    figure,
    label,
    plane,
    unit_maps,
    unit_names,
    widths,
)
from labs.playground.tables import confusion, number, tables

PLANE = "plane"
"""Names the large map among those of units."""


def looks(run: Run, look: str) -> dict[str, Any]:
    """Context of the choice of the unit whose answers are shown large."""
    _, *hidden, output = unit_names(run)
    return {"looks": [(name, name == look) for layer in (output, *hidden) for name in layer]}


def board(run: Run, look: str = OUTPUT, *, has_tables: bool = True, is_drawn: bool = True) -> dict[str, Any]:
    """Context of everything that changes while a run learns; `look` names the unit that is shown large.
    `is_drawn` asks for whole pictures, which a page that has them does not need.
    """
    moment = run.measure()
    held = len(run.points.labels) - run.points.train
    right, dead, shown = round(moment.right * held), dead_units(run), plane(run, look)
    return {
        "run": run,
        "settings": run.settings,
        "moment": moment,
        "batch": run.position // run.batch_size,
        "right": right,
        "held": held,
        "dead": dead,
        "notes": tuple(notes(run, dead)),
        "figure": figure(run, dead) if is_drawn else None,
        "plane": shown,
        "plane_label": _plane_label(run, shown, right, held),
        "charts": charts(run),
        "confusion": None if run.settings.is_regression else confusion(run),
        "tables": tuple(tables(run, look)) if has_tables else (),
    }


def moves(run: Run, shown: Mapping[str, Any]) -> dict[str, Any]:
    """What changes in the pictures of a page that shows this network already: labels, the widths of lines,
    who is dead, and the maps.
    """
    maps = {**unit_maps(run), PLANE: shown["plane"].map}
    return {
        "figure": label(run),
        "edges": widths(run),
        "dead": shown["dead"],
        "title": shown["plane"].title,
        "plane": shown["plane_label"],
        "maps": {name: (each.levels, each.zero) for name, each in maps.items()},
    }


def _plane_label(run: Run, shown: Plane, right: int, held: int) -> str:
    told = f"{shown.title} over the plane from -6 to 6, with all points."
    if not shown.is_output or run.settings.is_regression:
        return told
    return f"{told} {right} of {held} held-out points lie on their own side."


def notes(run: Run, dead: Sequence[str]) -> Iterator[str]:
    """What a learner should know of this run, each in a sentence or two; `dead` are dead units."""
    settings = run.settings
    match run.is_over:
        case "diverged":
            rate = settings.learning_rate
            yield (
                f"A weight grew beyond every bound in epoch {run.epoch + 1}, so training ended. "
                f"The learning rate is {rate:g}; try {rate / 10:g}."
            )
            return
        case "epoch":
            yield f"Stopped after epoch {run.epoch}, as you asked."
        case "right":
            yield f"Stopped after epoch {run.epoch}: {settings.stop_right}% of the held-out points are right."
        case "loss":
            yield f"Stopped after epoch {run.epoch}: the held-out loss is below {settings.stop_loss:g}."
    if len(dead) == 1:
        yield f"{dead[0]} is dead: it answers 0 to every training point, so no gradient reaches it."
    elif dead:
        listed = f"{', '.join(dead[:-1])} and {dead[-1]}"
        yield f"{listed} are dead: they answer 0 to every training point, so no gradient reaches them."


def spoken(shown: Mapping[str, Any]) -> str:
    """How the run stands, as a sentence to be read out."""
    moment = shown["moment"]
    told = f"training loss {number(moment.train)}, held-out loss {number(moment.test)}."
    return " ".join([f"Epoch {shown['run'].epoch}: {told}", *shown["notes"]])
