"""The grading ladder, first match wins: key, key on the rounding path, slips by priority, sign turned round,
nothing recognized.

A format error never comes this far. Tolerances are inclusive and compared exactly, in fractions. A value is a
number, or anything else that is compared by equality, or a list of such cells.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from quizzes.kinds.contract import Grade, Json, Known, Variant
from quizzes.kinds.numbers import exact, shown

Tolerance: TypeAlias = Fraction | float

NEAREST = Fraction(1, 100)
PARTIAL = 0.8  # what all cells but none would earn: the last fifth is for having all of them


def default_tolerance(key: Fraction) -> Fraction:
    """0.01, or one percent of a larger key: enough for intermediate results rounded to two decimals."""
    return max(NEAREST, NEAREST * abs(key))


def is_apart(value: Fraction, others: list[Fraction], tolerance: Fraction) -> bool:
    """The separation rule: at least four tolerances (and not equal) from every other answer."""
    return all(abs(value - other) >= 4 * tolerance and value != other for other in others)


def keep_apart(keys: Sequence[Json], slips: list[Known], tolerance: Tolerance) -> list[Known]:
    """The slips, by priority, whose values can be told from every key and from each other.

    One that has several cells needs a cell that is clearly neither the key's nor the other's.
    """
    gap = 4 * exact(tolerance)
    rights = [_cells(key) for key in keys]
    kept: list[Known] = []
    values: list[list[Json]] = []
    for slip in slips:
        value = _cells(slip.value)
        is_wrong = all(_tells(value, key, key, gap) for key in rights)
        if is_wrong and all(_tells(value, rights[0], other, gap) for other in values):
            values.append(value)
            kept.append(slip)
    return kept


def _cells(value: Json) -> list[Json]:
    """The cells of a value, its numbers exact."""
    cells = value if isinstance(value, list) else [value]
    return [exact(cell) if is_number(cell) else cell for cell in cells]


def _tells(value: list[Json], key: list[Json], other: list[Json], gap: Fraction) -> bool:
    cells = zip(value, key, other, strict=True)
    return any(_is_clear(one, right, gap) and _is_clear(one, wrong, gap) for one, right, wrong in cells)


def _is_clear(one: Json, other: Json, gap: Fraction) -> bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other) >= gap and one != other
    return bool(one != other)


def is_number(value: Json) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def is_same(response: Json, value: Json, tolerance: Fraction) -> bool:
    """Whether one cell of a response is the value: numbers within the tolerance, all else exactly."""
    if is_number(value) and is_number(response):
        return abs(exact(response) - exact(value)) <= tolerance
    return bool(response == value)


def grade_number(variant: Variant, response: Fraction, generic: str) -> Grade:
    """The grade of a number; `generic` is said when nothing is recognized."""
    tolerance = exact(variant.tolerance)
    for known in variant.answers:
        if is_same(response, known.value, tolerance):
            return Grade(known.fraction, known.feedback, known.code, known.title)
    key = exact(variant.key)
    if key and abs(response + key) <= tolerance:
        return Grade(
            0.0,
            (
                f"The size {shown(abs(key))} is right, the sign is not.",
                "Follow the signs once more: a product is negative when exactly one of its two numbers is.",
            ),
            code="SG",
            title="Sign turned round",
        )
    return Grade(0.0, (generic,))


def hits(variant: Variant, response: Sequence[Json]) -> list[bool]:
    """Per cell, whether the response is right there."""
    tolerance = exact(variant.tolerance)
    return [is_same(one, value, tolerance) for one, value in zip(response, variant.key, strict=True)]


def grade_cells(variant: Variant, response: Sequence[Json], generic: str) -> Grade:
    """The grade of several cells: their share, and a slip when it explains every cell that is not right."""
    tolerance = exact(variant.tolerance)
    found = hits(variant, response)
    fraction = 1.0 if all(found) else PARTIAL * sum(found) / len(found)
    if fraction == 1:
        return Grade(1.0)
    for known in variant.answers:
        cells = zip(response, known.value, found, strict=True)
        if all(is_hit or is_same(one, value, tolerance) for one, value, is_hit in cells):
            return Grade(max(fraction, known.fraction), known.feedback, known.code, known.title)
    if len(found) == 1:
        return Grade(0.0, (generic,))
    count = len(found) - sum(found)
    return Grade(
        fraction, (f"{count} of {len(found)} {'is' if count == 1 else 'are'} not right yet.", generic)
    )
