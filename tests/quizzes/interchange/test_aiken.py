"""Aiken: every construct of its documentation, what is refused and why, and the way there and back."""

import pytest

from quizzes.interchange import Note, Question
from quizzes.interchange.aiken import read, write
from quizzes.interchange.answers import GENERAL

TWO = """What does a layer compute?
A. A weighted sum
B. A stored picture
ANSWER: A

Which one is a loss?
A) relu
B) softmax
C) cross-entropy
ANSWER: C
"""
WARNED = "Aiken carries no feedback; a general sentence stands at every other option."


def test_letters_with_points_and_brackets() -> None:
    first, second = read(TWO)
    assert first.question == Question(
        "What does a layer compute?",
        "What does a layer compute?",
        "single_choice",
        {
            "options": [
                {"text": "A weighted sum", "is_right": True},
                {"text": "A stored picture", "feedback": GENERAL},
            ]
        },
    )  # fmt: skip
    assert [(p.line, p.reason, p.is_fatal) for p in first.problems] == [(1, WARNED, False)]
    assert second.line == 6
    assert second.question is not None
    assert [option.get("is_right", False) for option in second.question.data["options"]] == [
        False,
        False,
        True,
    ]


def test_blank_lines_mean_nothing() -> None:
    assert [item.question for item in read(TWO.replace("\n", "\n\n"))] == [
        item.question for item in read(TWO)
    ]


def test_plain_text_stays_plain_as_markdown() -> None:
    (item,) = read("Is *x* $5 of a_b?\nA. yes\nB. no\nANSWER: B")
    assert item.question is not None
    assert item.question.prompt == r"Is \*x\* \$5 of a\_b?"
    assert item.title == "Is *x* $5 of a_b?"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Q?\nA. 1\nB. 2", 1, "The options must be followed by a line such as “ANSWER: A”."),
        ("Q?\nA. 1\nB. 2\nNext?", 4, "The options must be followed by a line such as “ANSWER: A”."),
        ("Q?\nA. 1\nB. 2\nANSWER: C", 4, "“ANSWER: C” names none of the options."),
        ("Q?\nA. 1\nB. 2\nANSWER: a", 4, "“ANSWER: a” names none of the options."),
        ("Q?\nA. 1\nA. 2\nANSWER: A", 3, "Two options have the letter A."),
        ("Q?\nA. 1\nB.\nANSWER: A", 3, "Option B has no text."),
        ("A. 1\nB. 2\nANSWER: A", 1, "There is no question text before the options."),
        ("Q?\nA. 1\nANSWER: A", 1, "options: This must be a list of 2 to 12 tables."),
        ("Q?\nA. 1\nB. 1\nANSWER: A", 1, "options: Two options have the same text. Change one of them."),
    ],
)
def test_refusals(text: str, line: int, reason: str) -> None:
    item = read(text)[0]
    fatal = [(problem.line, problem.reason) for problem in item.problems if problem.is_fatal]
    assert item.question is None
    assert (line, reason) in fatal


def test_one_bad_question_spoils_no_other() -> None:
    items = read("Lost?\nA. 1\nB. 2\n\n" + TWO)
    assert [item.question is not None for item in items] == [False, True, True]


def test_lines_of_a_text_are_joined() -> None:
    (item,) = read("One\ntwo?\nA. 1\nB. 2\nANSWER: A")
    assert item.question is not None
    assert item.question.prompt == "One two?"
    assert item.problems[0].reason == "Aiken wants the question on one line; the lines are joined."


def test_there_and_back() -> None:
    questions = [item.question for item in read(TWO)]
    written = write([question for question in questions if question])
    assert written.text == TWO.replace("A)", "A.").replace("B)", "B.").replace("C)", "C.")
    assert written.notes == ()
    assert [item.question for item in read(written.text)] == questions


def test_what_it_does_not_carry_is_said() -> None:
    options = [{"text": "1", "is_right": True, "feedback": "Yes."}, {"text": "2", "feedback": GENERAL}]
    lossy = Question("T", "A **b**?", "single_choice", {"options": options, "shuffle": False}, "Why.", 2)
    wide = Question("W", "A\n\nb?", "single_choice", {"options": options})
    number = Question("N", "How many?", "numeric", {"answer": 3})
    option = Question("O", "A. b", "single_choice", {"options": options})
    written = write([lossy, wide, number, option])
    assert written.text == "A **b**?\nA. 1\nB. 2\nANSWER: A\n"
    assert written.notes == (
        Note("T", "Aiken does not carry the feedback."),
        Note("T", "Aiken does not carry the explanation."),
        Note("T", "Aiken does not carry the points."),
        Note("T", "Aiken does not carry the order of the options."),
        Note("T", "Aiken does not carry Markdown (it stays as typed)."),
        Note("W", "Aiken has one line for the question and one for each option; this has more.", True),
        Note("N", "Aiken carries single choice only.", True),
        Note("O", "The question begins like an option or an answer of Aiken.", True),
    )
