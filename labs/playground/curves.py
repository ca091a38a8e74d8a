"""Curves over epochs: of one run, and of two runs laid over each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

import numpy as np

from engine.playground import Moment, Run
from labs.pictures import HEIGHT, WIDTH, ceiling, line_path

RIGHT = "Held-out points that are right"


class Line(NamedTuple):
    """One curve, and where it ends."""

    name: str
    css: str
    path: str
    end: str


@dataclass(frozen=True)
class Chart:
    """Curves over epochs, in a box of WIDTH by HEIGHT; `ticks` from the top. `mark` is the place of the epoch
    that is shown, if it is not the last.
    """

    title: str
    lines: tuple[Line, ...]
    ticks: tuple[str, ...]
    last: int
    mark: float | None = None


class Wanted(NamedTuple):
    """A curve to draw: what of each moment."""

    name: str
    css: str
    moments: Sequence[Moment]
    value: Callable[[Moment], float]


def charts(run: Run) -> tuple[Chart, ...]:
    """Losses, and for two classes the share that is right."""
    losses = [
        Wanted("training", "c-train", run.moments, lambda moment: moment.train),
        Wanted("held-out", "c-held", run.moments, lambda moment: moment.test),
    ]
    right = Wanted("right", "c-held", run.moments, lambda moment: moment.right)
    found = [chart("Loss", losses)]
    return tuple(found if run.settings.is_regression else [*found, chart(RIGHT, [right], top=1.0)])


def overlaid(runs: Sequence[Run], names: Sequence[str], shown: int) -> tuple[Chart, ...]:
    """The same of two runs, one chart for each measure; `shown` is the epoch that is looked at."""
    measures: list[tuple[str, Callable[[Moment], float], float | None]] = [
        ("Training loss", lambda moment: moment.train, None),
        ("Held-out loss", lambda moment: moment.test, None),
    ]
    if not runs[0].settings.is_regression:
        measures.append((RIGHT, lambda moment: moment.right, 1.0))
    return tuple(
        chart(
            title,
            [
                Wanted(name, f"c-{name.lower()}", run.moments, value)
                for name, run in zip(names, runs, strict=True)
            ],
            top,
            shown,
        )
        for title, value, top in measures
    )


def chart(title: str, wanted: Sequence[Wanted], top: float | None = None, shown: int | None = None) -> Chart:
    """Curves on one pair of axes; moments that are not finite are left out."""
    drawn = [(each, _known(each)) for each in wanted]
    last = max((int(known[-1][0]) for _, known in drawn if known), default=0)
    roof = top or ceiling(max((value for _, known in drawn for _, value in known), default=1.0))
    is_past = shown is not None and shown < last
    return Chart(
        title,
        tuple(
            Line(each.name, each.css, _path(known, last, roof), f"{known[-1][1]:.3f}" if known else "none")
            for each, known in drawn
        ),
        (f"{roof:g}", f"{roof / 2:g}", "0"),
        last,
        round((shown or 0) / last * WIDTH, 2) if is_past else None,
    )


def _known(wanted: Wanted) -> list[tuple[float, float]]:
    return [(moment.epoch, wanted.value(moment)) for moment in wanted.moments if isfinite(sum(moment))]


def _path(known: Sequence[tuple[float, float]], last: int, roof: float) -> str:
    if not known:
        return ""
    across, up = np.array(known).T
    at = np.stack([across / max(last, 1) * WIDTH, HEIGHT * (1 - np.minimum(up / roof, 1))], axis=1).round(2)
    return line_path([(x, y) for x, y in at.tolist()])
