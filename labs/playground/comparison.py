"""What the page of two runs shows: both at one epoch, their curves over each other, and tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.playground import Moment, Pair, Run
from labs.playground.board import notes
from labs.playground.curves import overlaid
from labs.playground.drawing import Plane, dead_units, plane, unit_names
from labs.playground.pairs import differences
from labs.playground.tables import TABLE_ROWS, Table, number, plane_table

NAMES = ("A", "B")


@dataclass(frozen=True)
class Side:
    """One of the two runs, as it was at the epoch that is shown."""

    name: str
    told: str
    plane: Plane
    moment: Moment
    right: int
    held: int


def compared(pair: Pair, shown: int, *, has_tables: bool = True) -> dict[str, Any]:
    """Context of everything that changes: both runs as they were at that epoch, or the last kept before."""
    epoch, runs = pair.at(shown)
    told = differences((runs[0].settings, runs[1].settings))
    remarks = [
        f"{name}: {note}"
        for name, run in zip(NAMES, pair.runs, strict=True)
        for note in notes(run, dead_units(run))
    ]
    return {
        "pair": pair,
        "settings": runs[0].settings,
        "shown": epoch,
        "epochs": sorted({*pair.epochs, pair.epoch}),
        "sides": [_side(*each) for each in zip(NAMES, told, runs, strict=True)],
        "charts": overlaid(pair.runs, NAMES, epoch),
        "notes": remarks,
        "tables": (_by_epoch(pair), _weights(runs), *_planes(runs)) if has_tables else (),
    }


def spoken_pair(shown: Mapping[str, Any]) -> str:
    """How both stand, as a sentence to be read out."""
    losses = ", ".join(f"{side.name} {number(side.moment.test)}" for side in shown["sides"])
    return " ".join([f"Epoch {shown['shown']}: held-out loss {losses}.", *shown["notes"]])


def _side(name: str, told: str, run: Run) -> Side:
    moment, held = run.measure(), len(run.points.labels) - run.points.train
    answers = plane(run)
    return Side(
        name, told, replace(answers, title=f"What {name} answers"), moment, round(moment.right * held), held
    )


def _by_epoch(pair: Pair) -> Table:
    """Both curves: a row for some of the epochs, all of them where there are few."""
    moments = [{int(moment.epoch): moment for moment in run.moments} for run in pair.runs]
    epochs = sorted({*moments[0], *moments[1]})
    places = sorted({round(k * (len(epochs) - 1) / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)})
    heads = [f"{name}: {what}" for name in NAMES for what in ("training", "held-out", "right")]
    rows = tuple(
        (str(epochs[place]), tuple(cell for each in moments for cell in _cells(each.get(epochs[place]))))
        for place in places
    )
    return Table("Both runs by epoch", ("epoch", *heads), rows)


def _cells(moment: Moment | None) -> tuple[str, ...]:
    return (number(moment.train), number(moment.test), f"{moment.right:.0%}") if moment else ("", "", "")


def _weights(runs: tuple[Run, Run]) -> Table:
    """Every weight of both, row by row."""
    return Table(
        "Weights of both at the epoch shown", ("weight", *NAMES, "B less A"), tuple(_weight_rows(runs))
    )


def _planes(runs: tuple[Run, Run]) -> Iterator[Table]:
    for name, run in zip(NAMES, runs, strict=True):
        yield plane_table(run, whose=name)


def _weight_rows(runs: tuple[Run, Run]) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = unit_names(runs[0])
    for layer, units in enumerate(names[1:]):
        kernels, biases = [run.kernels[layer] for run in runs], [run.biases[layer] for run in runs]
        for unit, to in enumerate(units):
            for place, given in enumerate(names[layer]):
                yield f"{given} to {to}", _beside(*(float(kernel[place, unit]) for kernel in kernels))
            yield f"bias of {to}", _beside(*(float(bias[unit]) for bias in biases))


def _beside(one: float, other: float) -> tuple[str, ...]:
    return number(one), number(other), number(other - one)
