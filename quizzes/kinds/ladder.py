"""The grading ladder for numbers, first match wins: key, slips by priority, sign flip, nothing recognized.

A format error never comes this far. Tolerances are inclusive and compared exactly, in fractions.
"""

from fractions import Fraction

from quizzes.kinds.contract import Grade, Known, Variant
from quizzes.kinds.numbers import exact, shown

NEAREST = Fraction(1, 100)


def default_tolerance(key: Fraction) -> Fraction:
    """0.01, or one percent of a larger key: enough for intermediate results rounded to two decimals."""
    return max(NEAREST, NEAREST * abs(key))


def is_apart(value: Fraction, others: list[Fraction], tolerance: Fraction) -> bool:
    """The separation rule: at least four tolerances (and not equal) from every other answer."""
    return all(abs(value - other) >= 4 * tolerance and value != other for other in others)


def keep_apart(key: Fraction, slips: list[Known], tolerance: Fraction) -> list[Known]:
    """The slips, by priority, whose values can be told from the key and from each other."""
    values = [key]
    kept = []
    for slip in slips:
        value = exact(slip.value)
        if is_apart(value, values, tolerance):
            values.append(value)
            kept.append(slip)
    return kept


def grade_number(variant: Variant, response: Fraction, generic: str) -> Grade:
    """The grade of a number; `generic` is said when nothing is recognized."""
    tolerance = exact(variant.tolerance)
    for known in variant.answers:
        if abs(response - exact(known.value)) <= tolerance:
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
