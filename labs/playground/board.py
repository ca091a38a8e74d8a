"""What the playground's page shows of a run: the readout, remarks, pictures, and the same as tables."""

from collections.abc import Iterator
from typing import Any

from engine.playground import Run
from labs.playground.curves import charts
from labs.playground.drawing import OUTPUT, dead_units, figure, plane, unit_names
from labs.playground.tables import confusion, number, tables


def looks(run: Run, look: str) -> dict[str, Any]:
    """Context of the choice of the unit whose answers are shown large."""
    _, *hidden, output = unit_names(run)
    return {"looks": [(name, name == look) for layer in (output, *hidden) for name in layer]}


def board(run: Run, look: str = OUTPUT, *, has_tables: bool = True) -> dict[str, Any]:
    """Context of everything that changes while a run learns; `look` names the unit that is shown large."""
    moment = run.measure()
    held = len(run.points.labels) - run.points.train
    return {
        "run": run,
        "settings": run.settings,
        "moment": moment,
        "batch": run.position // run.batch_size,
        "right": round(moment.right * held),
        "held": held,
        "notes": tuple(notes(run)),
        "figure": figure(run),
        "plane": plane(run, look),
        "charts": charts(run),
        "confusion": None if run.settings.is_regression else confusion(run),
        "tables": tuple(tables(run, look)) if has_tables else (),
    }


def notes(run: Run) -> Iterator[str]:
    """What a learner should know of this run, each in a sentence or two."""
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
    dead = dead_units(run)
    if len(dead) == 1:
        yield f"{dead[0]} is dead: it answers 0 to every training point, so no gradient reaches it."
    elif dead:
        listed = f"{', '.join(dead[:-1])} and {dead[-1]}"
        yield f"{listed} are dead: they answer 0 to every training point, so no gradient reaches them."


def spoken(run: Run) -> str:
    """How the run stands, as a sentence to be read out."""
    moment = run.measure()
    return (
        f"Epoch {run.epoch}: training loss {number(moment.train)}, held-out loss {number(moment.test)}."
        + "".join(f" {note}" for note in notes(run))
    )
