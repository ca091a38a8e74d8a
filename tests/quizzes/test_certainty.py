"""Certainty-based marking against its published tables, and its own hindsight.

The marks and thresholds are those of A. R. Gardner-Medwin as Moodle's documentation states them ("Using
certainty-based marking"): right 1, 2, 3; not right 0, -2, -6; C1 is best below 67%, C2 up to 80%, C3 above.
The bonus is that of Moodle's behaviour "deferred feedback with CBM": a tenth of what lies between the average
mark and the best that one level for all answers could have earned at the same accuracy.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.certainty import BY_NUMBER, LEVELS, Sure, calibrations, certainty_in, marks_of, wilson

# Certainty, mark when right, mark when not right, best from, best to (percent).
PUBLISHED = [(1, 1, 0, 0, Fraction(200, 3)), (2, 2, -2, Fraction(200, 3), 80), (3, 3, -6, 80, 100)]


@pytest.mark.parametrize(("number", "right", "wrong", "low", "high"), PUBLISHED)
def test_the_published_table(number: int, right: int, wrong: int, low: Fraction, high: Fraction) -> None:
    level = BY_NUMBER[number]
    assert (level.mark(1.0), level.mark(0.0)) == (right, wrong)
    assert (100 * level.low, 100 * level.high) == pytest.approx((float(low), float(high)))
    assert level.mark(0.5) == right / 2  # a part of the points earns that part of the mark


@given(st.integers(0, 10_000))
def test_each_level_is_best_just_where_it_says(chance: int) -> None:
    """Worked out in whole numbers from the published marks alone."""
    expected = {number: chance * right + (10_000 - chance) * wrong for number, right, wrong, *_ in PUBLISHED}
    best = {number for number, mark in expected.items() if mark == max(expected.values())}
    says = {one.number for one in LEVELS if one.low - 1e-12 <= chance / 10_000 <= one.high + 1e-12}
    assert says == best


def test_one_level_for_all_at_its_best_earns_no_bonus() -> None:
    for level, right in ((1, 5), (2, 7), (3, 9)):
        marks = marks_of(Sure(1, float(place < right), level) for place in range(10))
        assert marks is not None
        assert marks.bonus == pytest.approx(0)
        assert marks.total == pytest.approx(right / 10)


def test_knowing_what_one_knows_earns_a_bonus_and_the_contrary_a_loss() -> None:
    # Eight right at C3, two not right at C1: 24 / 10 = 2.4; with one level 80% earns 0.8 * 2 - 0.2 * 2 = 1.2.
    wise = marks_of([Sure(1, 1.0, 3)] * 8 + [Sure(1, 0.0, 1)] * 2)
    assert wise is not None
    assert (wise.average, wise.accuracy, wise.bonus) == pytest.approx((2.4, 0.8, 0.12))
    # Eight right at C1, two not right at C3: (8 - 12) / 10 = -0.4.
    rash = marks_of([Sure(1, 1.0, 1)] * 8 + [Sure(1, 0.0, 3)] * 2)
    assert rash is not None
    assert (rash.average, rash.accuracy, rash.bonus) == pytest.approx((-0.4, 0.8, -0.16))


def test_questions_weigh_as_their_points_and_no_level_is_the_lowest() -> None:
    marks = marks_of([Sure(3, 1.0, None), Sure(1, 0.0, 2)])
    assert marks is not None
    assert (marks.average, marks.accuracy) == pytest.approx(((3 * 1 - 2) / 4, 3 / 4))
    assert marks_of([]) is None


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(0, 1), st.sampled_from([None, 1, 2, 3])), min_size=1))
def test_the_marks_equal_those_worked_out_apart(answers: list[tuple[int, float, int | None]]) -> None:
    table = {number: (right, wrong) for number, right, wrong, *_ in PUBLISHED}
    whole = sum(weight for weight, _, _ in answers)
    average = accuracy = 0.0
    for weight, fraction, level in answers:
        right, wrong = table[level or 1]
        average += weight / whole * (wrong if fraction <= 1e-7 else right * fraction)
        accuracy += weight / whole * fraction
    best = max(accuracy * right + (1 - accuracy) * wrong for right, wrong in table.values())
    marks = marks_of(Sure(*one) for one in answers)
    assert marks is not None
    assert (marks.average, marks.accuracy, marks.bonus) == pytest.approx(
        (average, accuracy, 0.1 * (average - best))
    )


def test_hindsight_is_honest_about_few_answers() -> None:
    found = calibrations([(3, True)] * 6 + [(3, False)] * 4 + [(1, True)] * 3)
    assert [(one.level.name, one.n, one.right, one.verdict) for one in found] == [
        ("C1", 3, 3, "too few to tell"),
        ("C2", 0, 0, "not used yet"),
        ("C3", 10, 6, "fits"),  # six of ten may still be four of five in the long run
    ]
    rash, shy = calibrations([(3, place < 24) for place in range(40)])[2], calibrations([(1, True)] * 12)[0]
    assert rash.verdict == "surer than right"
    assert shy.verdict == "more often right than sure"


def test_the_band_is_the_published_one() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, Wilson's score without correction."""
    for right, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def test_only_the_three_levels_are_read() -> None:
    assert [certainty_in({"certainty": [text]}) for text in ("1", "2", "3", "0", "4", "", "C1", "²")] == [
        1, 2, 3, None, None, None, None, None,
    ]  # fmt: skip
    assert certainty_in({}) is None
