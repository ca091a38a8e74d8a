"""Certainty as pages show it: marks in words, and how well it fitted as a chart in plain numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.certainty import Calibration, Level, Marks, Sure, calibrations, marks_of
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import Standing

LEFT, WIDTH, TOP, GAP, FIT = 30, 270, 14, 34, 24  # fits a phone
AXIS = (0.0, 2 / 3, 0.8, 1.0)


@dataclass(frozen=True)
class Row:
    """One level in the chart: where it fits best, the band of the share, and the share itself; in pixels."""

    found: Calibration
    y: str
    text_y: str
    fit_x: str
    fit_y: str
    fit_width: str
    low: str
    high: str
    share: str

    @property
    def level(self) -> Level:
        return self.found.level


@dataclass(frozen=True)
class Tick:
    x: str
    text: str


@dataclass(frozen=True)
class Chart:
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    width: int = LEFT + WIDTH + 26
    height: int = TOP + 3 * GAP + 22
    axis_y: int = TOP + 3 * GAP
    left: int = LEFT
    right: int = LEFT + WIDTH
    axis_text_y: int = TOP + 3 * GAP + 17


@dataclass(frozen=True)
class Sureness:
    """What came of certainty in one attempt; `marks` only where the quiz marks it."""

    marks: Marks | None
    chart: Chart
    is_few: bool


def chart_of(found: Sequence[Calibration]) -> Chart:
    rows = tuple(_row(one, TOP + place * GAP + GAP / 2) for place, one in enumerate(found))
    return Chart(rows, tuple(Tick(_x(share), f"{round(100 * share)}%") for share in AXIS))


def is_few(found: Iterable[Calibration]) -> bool:
    """Whether no level was chosen often enough to tell anything."""
    return not any(one.is_enough for one in found)


def sureness_of(attempt: Attempt, standing: Standing) -> Sureness | None:
    """By the first try at each question; None when nobody was asked, or nothing was answered."""
    if not attempt.asks_certainty:
        return None
    firsts = [item.tries[0] for item in standing.items]
    given = [one for one in firsts if one.certainty is not None]
    if not given:
        return None
    found = calibrations((one.certainty or 1, one.state == Answer.State.RIGHT) for one in given)
    is_marked = attempt.certainty == Quiz.Certainty.MARKED
    marks = marks_of(_sure(one) for one in firsts) if is_marked else None
    return Sureness(marks, chart_of(found), is_few(found))


def _sure(answer: Answer) -> Sure:
    return Sure(answer.points_possible, answer.points / answer.points_possible, answer.certainty)


def _row(found: Calibration, y: float) -> Row:
    level = found.level
    return Row(
        found=found,
        y=_text(y),
        text_y=_text(y + 4),
        fit_x=_x(level.low),
        fit_y=_text(y - FIT / 2),
        fit_width=_text(WIDTH * (level.high - level.low)),
        low=_x(found.low),
        high=_x(found.high),
        share=_x(found.share),
    )


def _x(share: float) -> str:
    return _text(LEFT + WIDTH * share)


def _text(value: float) -> str:
    """A coordinate, the same in every language."""
    return f"{value:.1f}"
