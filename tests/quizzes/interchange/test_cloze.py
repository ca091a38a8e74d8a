"""Moodle's embedded answers: what is read, what is refused and why, the way there and back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.interchange import Item, Question, faults
from quizzes.interchange.moodle_reader import read
from quizzes.interchange.moodle_writer import write

SLIP = {"text": "re~lu}", "title": "Hidden", "feedback": 'That # is "hidden".'}
SAMPLE = Question(
    "Blanks",
    "Complete the *sentence*.",
    "blanks",
    {
        "text": "A Dense layer computes {1}, *then* its {2}.\n\nIt has {3} weights.",
        "blanks": [
            {"answers": ["x W + b", "a / b"], "slips": [SLIP]},
            {"answers": ["activation"], "options": ["activation", "loss \\ cost"]},
            {"answers": ["48"]},
        ],
        "hints": ["Look."],
    },
    "Because.",
    3,
)


def one(text: str) -> Item:
    (item,) = read(
        '<quiz><question type="cloze"><name><text>N</text></name>\n<questiontext format="html">'
        f"<text><![CDATA[{text}]]></text></questiontext></question></quiz>"
    )
    return item


def said(item: Item) -> list[str]:
    return [problem.reason for problem in item.problems]


def test_written_and_read_it_is_the_same() -> None:
    written = write([SAMPLE])
    assert written.notes == ()
    (item,) = read(written.text)
    assert item.question == SAMPLE
    assert item.problems == ()
    assert '{1:SHORTANSWER:=x W + b~=a \\/ b~%0%re\\~lu\\}#Hidden: That \\# is \\"hidden\\".}' in (
        written.text
    )


words = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=1, max_size=12)
answer_texts = words.map(lambda text: " ".join(text.split())).filter(lambda text: text not in ("", "*"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(answer_texts, min_size=1, max_size=3, unique=True), min_size=1, max_size=4), words)
def test_whatever_the_answers_hold_comes_back(answers: list[list[str]], prose: str) -> None:
    prose = " ".join(prose.replace("{", "(").split())
    text = f"Begin {prose} " + " and ".join(f"{{{n}}}" for n in range(1, len(answers) + 1)) + " end."
    data: dict[str, Any] = {"text": text, "blanks": [{"answers": list(one)} for one in answers]}
    question = Question("T", "Fill in.", "blanks", data)
    if faults(question):
        return
    (item,) = read(write([question]).text)
    assert item.question == question


def test_types_weights_and_feedback() -> None:
    item = one(
        "<p>Read this.</p><p>It is {1:SA:=a~%50%b#half~*#other}, {2:NM:=3.5:0.1~%0%4#Four: No.} or "
        "{:MCV:=yes#good~no}.</p>"
    )
    assert item.question is not None
    assert item.question.prompt == "Read this."
    assert item.question.data == {
        "text": "It is {1}, {2} or {3}.",
        "blanks": [
            {"answers": ["a"], "slips": [{"text": "b", "title": "Another answer", "feedback": "half"}]},
            {"answers": ["3.5"], "slips": [{"text": "4", "title": "Four", "feedback": "No."}]},
            {"answers": ["yes"], "options": ["yes", "no"]},
        ],
    }
    assert said(item) == [
        "Partly right answers are not kept: they count as not right.",
        "Feedback to any other answer is not kept.",
        "The tolerance of a number in a text is not kept: it has to be exact.",
        "Feedback to a right answer is not kept.",
        "The weights of the blanks are not kept: each counts alike.",
    ]


def test_a_text_without_a_question_says_what_to_do() -> None:
    item = one("It is {1:SA:=a}.")
    assert item.question is not None
    assert item.question.prompt == "Fill in the blanks."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("None.", "The text has no embedded answer."),
        ("{1:SA:=a", "An embedded answer does not end: a closing brace is missing."),
        ("{1:SA:a~b}", "An embedded answer has nothing that is right."),
        ("{1:MULTIRESPONSE:=a~b}", "Embedded answers of type MULTIRESPONSE are not read."),
        ("{1:SA:%300%a~=b}", "“300” is not a weight from -100 to 100."),
        ("{1:SA:=a}" * 13, "The text has more than 12 blanks."),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    item = one(text)
    assert item.question is None
    assert said(item)[-1] == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_code": True}, "Moodle has blanks in running text only, not in code."),
        (
            {"text": "First.\n\nIt is {1}, {2}, {3}."},
            "The first blank has to stand in the text's first paragraph.",
        ),
    ],
)
def test_what_is_left_out(change: dict[str, Any], reason: str) -> None:
    question = Question("T", "P.", "blanks", SAMPLE.data | change)
    (note,) = write([question]).notes
    assert (note.reason, note.is_left_out) == (reason, True)
