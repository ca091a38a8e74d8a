"""Item analysis as a page shows it and as a file takes it along: rows in words, charts as plain numbers."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import count

from quizzes.analysis import POOR_EFFICIENCY
from quizzes.item_analysis import Item

# A spreadsheet would read a text that begins like this as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
HEADS = (
    "number", "slug", "title", "kind", "n", "facility", "standard_deviation", "discrimination_index",
    "discriminative_efficiency", "random_guess_score", "effective_weight", "median_seconds", "hint_rate",
)  # fmt: skip
WIDTH, HEIGHT, EDGE = 560, 260, 34
LABEL_WIDTH, LABEL_HEIGHT, ASIDE = 16, 12, 15


@dataclass(frozen=True)
class Row:
    """One question in the table; numbers are texts, or a dash."""

    item: Item
    cells: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Dot:
    """A question in the chart of facility and discrimination."""

    number: int
    x: str
    y: str
    label_x: str
    label_y: str


@dataclass(frozen=True)
class Bar:
    """A variant in the chart of fairness: its facility, and the band that chance allows."""

    name: str
    y: str
    text_y: str
    low: str
    high: str
    x: str
    is_outside: bool


def rows(items: Iterable[Item]) -> list[Row]:
    return [_row(item) for item in items]


def _row(item: Item) -> Row:
    found = item.statistics
    cells = (
        str(found.n),
        percent(found.facility),
        percent(found.deviation),
        decimal(found.discrimination),
        decimal(found.efficiency),
        percent(item.guess),
        decimal(found.weight),
        _minutes(item.seconds),
        percent(item.hint_rate),
    )
    return Row(item, cells, _note(item))


def _note(item: Item) -> str:
    if item.statistics.is_few:
        return "too few"
    if item.statistics.discrimination is not None and item.statistics.discrimination < 0:
        return "learners who do well elsewhere do worse here"
    if item.statistics.is_poor:
        return f"efficiency below {POOR_EFFICIENCY:g}"
    return ""


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"


def decimal(number: float | None) -> str:
    return "–" if number is None else f"{number:.1f}".replace("-", "\N{MINUS SIGN}")


def _minutes(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def dots(items: Iterable[Item]) -> list[Dot]:
    """Where each question stands: facility to the right, discrimination upward; only where both are told."""
    places = []
    for item in items:
        facility, discrimination = item.statistics.facility, item.statistics.discrimination
        if facility is None or discrimination is None or item.statistics.is_few:
            continue
        x = EDGE + facility * (WIDTH - 2 * EDGE)
        y = HEIGHT / 2 - discrimination / 100 * (HEIGHT / 2 - EDGE)
        places.append((x, y, item))
    found: list[Dot] = []
    taken = [(x, y) for x, y, _ in places]  # the middles of dots and labels
    for x, y, item in sorted(places, key=lambda place: place[:2]):
        label = next(spot for spot in _spots(x, y) if not _covers(spot, taken))
        taken.append(label)
        found.append(Dot(item.number, f"{x:.1f}", f"{y:.1f}", f"{label[0]:.1f}", f"{label[1] + 4:.1f}"))
    return found


def _spots(x: float, y: float) -> Iterator[tuple[float, float]]:
    """Where the label of a dot may stand: beside it, above and below, then ever farther down."""
    yield from ((x + ASIDE, y), (x - ASIDE, y), (x, y - ASIDE), (x, y + ASIDE))
    yield from ((x + ASIDE, y + row * LABEL_HEIGHT) for row in count(1))


def _covers(spot: tuple[float, float], taken: Iterable[tuple[float, float]]) -> bool:
    return any(
        abs(spot[0] - x) < LABEL_WIDTH - 1 and abs(spot[1] - y) < LABEL_HEIGHT - 1e-9 for x, y in taken
    )


def bars(item: Item) -> list[Bar]:
    """One line for each variant that several learners were given, 120 to 540 across."""
    return [
        Bar(
            variant.name,
            f"{20 * place + 12}",
            f"{20 * place + 16}",
            _across(variant.low / variant.n),
            _across(variant.high / variant.n),
            _across(variant.facility),
            variant.is_outside,
        )
        for place, variant in enumerate(item.variants)
    ]


def chart_height(item: Item) -> int:
    return 20 * len(item.variants) + 4


def _across(share: float) -> str:
    return f"{120 + 420 * share:.1f}"


def to_csv(items: Iterable[Item]) -> str:
    """All questions as a table: no text becomes a formula, numbers stay numbers, nothing is an empty cell."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for item in items:
        found, question = item.statistics, item.question
        writer.writerow(
            [
                item.number, disarmed(question.slug), disarmed(question.title), disarmed(question.kind),
                found.n, found.facility, found.deviation, found.discrimination, found.efficiency, item.guess,
                found.weight, item.seconds, item.hint_rate,
            ]
        )  # fmt: skip
    return text.getvalue()


def disarmed(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
