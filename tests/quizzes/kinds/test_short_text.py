"""Words: what normalization forgives, what it does not."""

import pytest

from quizzes.kinds import KINDS, FormatError, Grade
from quizzes.kinds.random import Pcg32
from quizzes.kinds.short_text import GENERIC

TEXT = KINDS["short_text"]
DATA = {
    "answers": ["weighted sum", "pre-activation"],
    "slips": [{"text": "output", "title": "One step far", "feedback": "That comes after the activation."}],
}
VARIANT = TEXT.generate(DATA, Pcg32(1, 1))


def grade(typed: str) -> Grade:
    return TEXT.grade(VARIANT, TEXT.parse(VARIANT, {"answer": [typed]}))


SPELLINGS = [
    "weighted sum",
    " Weighted  Sum. ",
    "“weighted-sum”",
    "WEIGHTED_SUM",
    "pre activation",
    "preactivation",
    "weightedsum",
    "weighted - sum",
    "Pre\N{EN DASH}activation",
    "\N{FULLWIDTH LATIN SMALL LETTER W}eighted sum",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_capitals_spaces_hyphens_and_quotes_do_not_count(typed: str) -> None:
    assert grade(typed).fraction == 1


def test_spelling_counts_and_slips_are_named() -> None:
    assert grade("wieghted sum") == Grade(0.0, (GENERIC,))
    assert grade("Output") == Grade(0.0, ("That comes after the activation.",), "", "One step far")


def test_nothing_and_too_much_cannot_be_read() -> None:
    for typed, message in {
        " . ": "There is no answer yet. Write a word or a few.",
        "x" * 81: "That is longer than 80 characters. A word or a few are enough.",
    }.items():
        with pytest.raises(FormatError) as caught:
            TEXT.parse(VARIANT, {"answer": [typed]})
        assert str(caught.value) == message


def test_authors_are_told_what_to_mend() -> None:
    faulty = {"answers": ["a-b"], "slips": [{"text": "A b", "title": "t", "feedback": "f"}]}
    assert [str(fault) for fault in TEXT.validate(faulty)] == [
        "slips[0].text: After normalization this equals another answer. Change it or drop it."
    ]
    assert [str(fault) for fault in TEXT.validate({"answers": ["--"]})] == [
        "answers: One of these texts has no letters. Change it or drop it."
    ]
    assert TEXT.validate(DATA) == []
