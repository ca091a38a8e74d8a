"""Moodle XML: every element that is read, what is refused and why, and the way there and back."""

from typing import Any

import pytest

from quizzes.interchange import FileError, Item, Note, Question
from quizzes.interchange.answers import GENERAL
from quizzes.interchange.moodle_reader import read
from quizzes.interchange.moodle_writer import write
from tests.quizzes.interchange.samples import SAMPLES

MORE = Question(
    "Everything",
    "How **many**?",
    "numeric",
    {"answer": 3, "tolerance": 1, "unit": "layers", "hints": ["Count.", "Again."]},
    "Three.",
    5,
)
KEPT_ORDER = Question(
    "In this order",
    "Which?",
    "single_choice",
    {"options": [{"text": "1", "is_right": True}, {"text": "2", "feedback": "No."}], "shuffle": False},
)


def asked(sort: str, inside: str, text: str = "<p>Why?</p>") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n<question type="{sort}">\n'
        f'<name><text>A name</text></name><questiontext format="html"><text><![CDATA[{text}]]></text>'
        f"</questiontext>\n{inside}</question>\n</quiz>"
    )


def answer(text: str, fraction: str = "0", feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}"><text>{text}</text><feedback><text>{feedback}</text></feedback>'
        f"{more}</answer>\n"
    )


def one(text: str) -> Item:
    (item,) = read(text)
    return item


def right(text: str) -> dict[str, Any]:
    return {"text": text, "is_right": True}


def other(text: str, feedback: str = GENERAL) -> dict[str, Any]:
    return {"text": text, "feedback": feedback}


@pytest.mark.parametrize(
    ("sort", "inside", "kind", "data"),
    [
        (
            "multichoice",
            "<single>true</single>" + answer("a", "100") + answer("b &lt; c", "0", "&lt;p&gt;No&lt;/p&gt;"),
            "single_choice",
            {"options": [right("a"), other("b < c", "No")]},
        ),
        (
            "multichoice",
            "<single>false</single><shuffleanswers>0</shuffleanswers>"
            + answer("a", "50")
            + answer("b", "50")
            + answer("c", "-50"),
            "multiple_choice",
            {"options": [right("a"), right("b"), other("c")], "shuffle": False},
        ),
        (
            "truefalse",
            answer("false", "0", "Look again.") + answer("true", "100"),
            "single_choice",
            {"options": [right("True"), other("False", "Look again.")], "shuffle": False},
        ),
        (
            "shortanswer",
            answer("softmax", "100") + answer("relu", "0", "Hidden: No.") + "<hint><text>Last.</text></hint>",
            "short_text",
            {
                "answers": ["softmax"],
                "slips": [{"text": "relu", "title": "Hidden", "feedback": "No."}],
                "hints": ["Last."],
            },
        ),
        (
            "numerical",
            answer("12,5", "100", more="<tolerance>0.5</tolerance>")
            + "<units><unit><multiplier>1</multiplier><unit_name>s</unit_name></unit></units>",
            "numeric",
            {"answer": 12.5, "tolerance": 0.5, "unit": "s"},
        ),
        (
            "matching",
            "<subquestion><text>a</text><answer><text>x &lt; 1</text></answer></subquestion>"
            "<subquestion><text>b</text><answer><text>y</text></answer></subquestion>"
            "<subquestion><text></text><answer><text>z</text></answer></subquestion>",
            "matching",
            {"pairs": [{"left": "a", "right": "x < 1"}, {"left": "b", "right": "y"}], "others": ["z"]},
        ),
    ],
)
def test_every_type(sort: str, inside: str, kind: str, data: dict[str, Any]) -> None:
    item = one(asked(sort, inside))
    assert item.question is not None, item.problems
    assert (item.question.kind, item.question.data) == (kind, data)
    assert (item.title, item.question.prompt, item.line) == ("A name", "Why?", 3)


def test_html_becomes_markdown() -> None:
    html = (
        "<p>A <strong>bold</strong> 2*3 and<br>more</p><ul><li>one</li><li>two</li></ul>"
        "<script>x()</script><img src='a'>"
    )
    item = one(asked("numerical", answer("1", "100"), html))
    assert item.question is not None
    assert item.question.prompt == "A **bold** 2\\*3 and\\\nmore\n\n- one\n- two"
    assert [problem.reason for problem in item.problems] == [
        "A script is not kept.",
        "A picture is not kept.",
    ]


def test_points_and_explanation() -> None:
    inside = answer("1", "100") + "<defaultgrade>2.5000000</defaultgrade>"
    inside += '<generalfeedback format="markdown"><text>*So.*</text></generalfeedback>'
    item = one(asked("numerical", inside))
    assert item.question is not None
    assert (item.question.points, item.question.explanation) == (2, "*So.*")
    assert item.problems[0].reason == "2.5000000 points become 2: whole points from 1 to 100."


@pytest.mark.parametrize(
    ("sort", "inside", "reason"),
    [
        ("essay", "", "This is an essay: nothing here can grade it."),
        ("description", "", "This is a description: it asks nothing. Put it into the quiz's introduction."),
        ("cloze", "", "The text has no embedded answer."),
        ("calculated", "", "Questions of type “calculated” are not read."),
        ("truefalse", "", "A true or false question has the answers true and false, one of them right."),
        ("shortanswer", answer("a", "101"), "“101” is not a weight from -100 to 100."),
        ("shortanswer", answer("a*", "100"), "In “a*” a star stands for any text. List the answers, please."),
        ("numerical", answer("1", "50"), "No number is right."),
        (
            "numerical",
            answer("1", "100", more="<tolerance>-1</tolerance>"),
            "The tolerance “-1” is below 0.",
        ),
        ("matching", '<subquestion format="x"/>', "“x” is not a format of a text."),
        ("multichoice", answer("a", "100"), "options: This must be a list of 2 to 12 tables."),
    ],
)
def test_refusals(sort: str, inside: str, reason: str) -> None:
    item = one(asked(sort, inside))
    assert item.question is None
    assert reason in [problem.reason for problem in item.problems if problem.is_fatal]


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<usecase>1</usecase>", "Capitals do not count here; in this question they did."),
        ("<tags><tag><text>x</text></tag></tags>", "Tags are not kept."),
        (
            "<correctfeedback><text>Yes</text></correctfeedback>",
            "Feedback to the whole of a response is not kept.",
        ),
        (
            '<generalfeedback><text>a</text><file name="a">AAAA</file></generalfeedback>',
            "Files that belong to a text are not kept.",
        ),
    ],
)
def test_warnings(inside: str, reason: str) -> None:
    item = one(asked("shortanswer", answer("a", "100") + inside))
    assert item.question is not None
    assert [problem.reason for problem in item.problems] == [reason]


def test_a_category_is_told_once() -> None:
    inside = '<question type="category"><category><text>$course$/Layers</text></category></question>'
    whole = asked("numerical", answer("1", "100")).replace("<quiz>", f"<quiz>{inside}")
    assert [problem.reason for problem in one(whole).problems] == [
        "The category “$course$/Layers” is not kept: questions belong to the quiz you choose."
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing", "Line 1: This is not XML: syntax error."),
        ("<quiz>\n<question>", "Line 2: This is not XML: no element found."),
        ("<html/>", "Line 1: A Moodle XML file begins with <quiz>, this one with <html>."),
        (
            '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>',
            "Line 1: This file has a document type (DOCTYPE). Remove it: question files need none.",
        ),
        (
            '<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
            "Line 1: This file has a document type (DOCTYPE). Remove it: question files need none.",
        ),
        ("<quiz>&a;</quiz>", "Line 1: This is not XML: undefined entity."),
        ("<quiz>" + "<a>" * 30, "Line 1: Elements stand in each other more than 24 deep."),
        ("<quiz>" + "<a/>" * 100_000, "The file has more than 100000 elements. Split it."),
        (
            "<quiz>" + "<question/>" * 501 + "</quiz>",
            "The file has 501 questions; at most 500 are read. Split it.",
        ),
    ],
)
def test_files_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        read(text)
    assert str(caught.value) == reason


@pytest.mark.parametrize("sample", [*SAMPLES, MORE, KEPT_ORDER], ids=lambda sample: sample.title)
def test_there_and_back(sample: Question) -> None:
    written = write([sample])
    assert written.notes == ()
    assert [item.question for item in read(written.text)] == [sample]


def test_what_it_does_not_carry_is_said() -> None:
    number = Question("N", "How many?", "numeric", {"answer": 3, "steps": ["Count."]})
    written = write([number, Question("M", "Fill.", "matrix", {})])
    assert written.notes == (
        Note("N", "Moodle XML does not carry “steps”."),
        Note("M", "Moodle has no question of this kind.", True),
    )
