"""What is behind one row of a rubric, as a table: cases, a counterexample, symptoms, layers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Line:
    """One line of a table; `holds` is None where nothing is judged."""

    cells: tuple[str, ...]
    holds: bool | None = None


@dataclass(frozen=True)
class Evidence:
    """A table with its heads. `summary` is what opens it."""

    summary: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def evidence_of(row: Mapping[str, Any]) -> Evidence | None:
    """The table behind a row of a report; None where the reason says it all."""
    told = row.get("evidence", {})
    for name, make in MAKERS.items():
        if told.get(name):
            return make(told[name])
    return None


def _cases(rows: Iterable[Mapping[str, Any]]) -> Evidence:
    lines = [
        Line((shown(case["x"]), shown(case["want"]), shown(case["have"])), bool(case["holds"]))
        for case in rows
    ]
    return Evidence(
        "Every row, wanted and computed", ("Input", "Wanted", "Your network", "Holds"), tuple(lines)
    )


def _counterexample(told: Mapping[str, Sequence[Any]]) -> Evidence:
    many = len(told["x"]) > 1
    lines = [
        *(Line((f"Input {k}" if many else "Input", shown(x))) for k, x in enumerate(told["x"], 1)),
        *(Line(("Your network", shown(y))) for y in told["one"]),
        *(Line(("The reference", shown(y))) for y in told["other"]),
    ]
    return Evidence("The input that tells them apart", ("What", "Values"), tuple(lines))


def _symptoms(found: Iterable[Mapping[str, Any]]) -> Evidence:
    lines = [
        Line((symptom["layer"] or "the whole network", symptom["message"], symptom["advice"]))
        for symptom in found
    ]
    return Evidence("What was found, layer by layer", ("Layer", "Finding", "What to try"), tuple(lines))


def _layers(layers: Iterable[Sequence[Any]]) -> Evidence:
    lines = [Line((name, kind, f"{count:,}")) for name, kind, count in layers if count]
    return Evidence("Parameters, layer by layer", ("Layer", "Kind", "Parameters"), tuple(lines))


MAKERS: dict[str, Callable[[Any], Evidence]] = {
    "rows": _cases,
    "counterexample": _counterexample,
    "symptoms": _symptoms,
    "layers": _layers,
}


def shown(value: Any) -> str:
    """A number or nested lists of them for reading: three decimals at most, a true minus. A small image of
    one channel is read row by row.
    """
    if _is_image(value):
        return "\n".join(" ".join(shown(pixel) for (pixel,) in row) for row in value)
    if isinstance(value, list | tuple):
        return ", ".join(f"({shown(one)})" if isinstance(one, list | tuple) else shown(one) for one in value)
    if value is None:
        return "not a number"
    return f"{float(f'{value:.3f}') + 0.0:g}".replace("-", MINUS)  # + 0.0: there is no minus zero


def _is_image(value: Any) -> bool:
    """Rows of pixels, each a list of one number."""
    if not (isinstance(value, list) and value and isinstance(value[0], list) and value[0]):
        return False
    first = value[0][0]
    return isinstance(first, list) and len(first) == 1 and not isinstance(first[0], list)
