"""GIFT: every construct of its documentation, what is refused and why, and the way there and back."""

from typing import Any

import pytest

from quizzes.interchange import Item, Note, Question
from quizzes.interchange.answers import GENERAL
from quizzes.interchange.gift_reader import read
from quizzes.interchange.gift_writer import write
from tests.quizzes.interchange.samples import SAMPLES

DESCRIPTION = "This is a description: it has no answers in { }. Put it into the quiz's introduction."
OPEN = (
    "The answers begin with { and end with }; one of the two is missing. A blank line ends a question; "
    "a brace in a text is written \\{."
)
TWO = "There are two parts in { }. A question has one; a brace in a text is written \\{."
UNCLEAR = "The part in { } begins with a text and goes on with = or ~. Write a sign before every answer."


def one(text: str) -> Item:
    (item,) = read(text)
    return item


def question(text: str) -> Question:
    item = one(text)
    assert item.question is not None, item.problems
    return item.question


def right(text: str) -> dict[str, Any]:
    return {"text": text, "is_right": True}


def other(text: str, feedback: str = GENERAL) -> dict[str, Any]:
    return {"text": text, "feedback": feedback}


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        (
            "A loss?{~relu =mse ~softmax}",
            "single_choice",
            {"options": [other("relu"), right("mse"), other("softmax")]},
        ),
        (
            "A loss?{\n  ~relu # Not a loss.\n  =mse # Yes.\n}",
            "single_choice",
            {"options": [other("relu", "Not a loss."), right("mse") | {"feedback": "Yes."}]},
        ),
        (
            "Parts?{~%50%weights ~%50%biases ~%-50%inputs#Data.}",
            "multiple_choice",
            {"options": [right("weights"), right("biases"), other("inputs", "Data.")]},
        ),
        ("So?{T}", "single_choice", {"options": [right("True"), other("False")], "shuffle": False}),
        (
            "So?{ false #It is not.#Well seen.}",
            "single_choice",
            {
                "options": [other("True", "It is not."), right("False") | {"feedback": "Well seen."}],
                "shuffle": False,
            },
        ),
        (
            "So?{TRUE#Look again.}",
            "single_choice",
            {"options": [right("True"), other("False", "Look again.")], "shuffle": False},
        ),
        ("The output?{=softmax =Softmax layer}", "short_text", {"answers": ["softmax", "Softmax layer"]}),
        (
            "The output?{=softmax =%0%relu#Hidden layers: They use it.}",
            "short_text",
            {
                "answers": ["softmax"],
                "slips": [{"text": "relu", "title": "Hidden layers", "feedback": "They use it."}],
            },
        ),
        ("How many?{#124}", "numeric", {"answer": 124, "tolerance": 0}),
        ("How many?{#0.5:0.1}", "numeric", {"answer": 0.5, "tolerance": 0.1}),
        ("How many?{#0.1..0.3}", "numeric", {"answer": 0.2, "tolerance": 0.1}),
        (
            "How many?{#\n =124:2\n =%0%104:0 # Biases left out: Count them.\n}",
            "numeric",
            {
                "answer": 124,
                "tolerance": 2,
                "slips": [{"value": 104, "title": "Biases left out", "feedback": "Count them."}],
            },
        ),
        (
            "Match.{=relu -> max(0, z) =linear -> z = -> tanh z}",
            "matching",
            {
                "pairs": [{"left": "relu", "right": "max(0, z)"}, {"left": "linear", "right": "z"}],
                "others": ["tanh z"],
            },
        ),
        (
            r"Which?{=a \= b \{c\} \~ \# 1\:2 \\ ~x\ny}",
            "single_choice",
            {"options": [right("a = b {c} ~ # 1:2 \\"), other("x\ny")]},
        ),
    ],
)
def test_every_sort_of_answer(text: str, kind: str, data: dict[str, Any]) -> None:
    read = question(text)
    assert (read.kind, read.data) == (kind, data)


def test_titles_comments_categories_and_lines() -> None:
    first, second = read(
        "// a comment\n$CATEGORY: Layers/Dense\n\n"
        "::A title::Why?\n// another\n{=yes ~no}\n\n\nNext{\n=a\n~%200%b}"
    )
    assert (first.line, first.title) == (4, "A title")
    assert first.question is not None
    assert first.question.prompt == "Why?"
    assert first.problems[0].reason == (
        "The category “Layers/Dense” is not kept: questions belong to the quiz you choose."
    )
    assert [(p.line, p.reason) for p in second.problems] == [
        (11, "“%200%” is not a weight from -100 to 100.")
    ]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("A neuron is a {=sum ~picture} of inputs.", r"A neuron is a \_\_\_\_\_ of inputs."),
        ("A neuron is a {=sum ~picture}.", r"A neuron is a \_\_\_\_\_."),
        ("[markdown]A **sum** is {=1 ~2}", "A **sum** is"),
        ("[plain]A *sum* of <b>?{=1 ~2}", r"A \*sum\* of \<b>?"),
        ("[html]<p>A <b>sum</b></p><p>of <code>x_1</code></p>{=1 ~2}", "A **sum**\n\nof `x_1`"),
        ("[moodle]A <em>sum</em> &amp; more{=1 ~2}", "A *sum* & more"),
        ("[0, 1] is what?{=1 ~2}", r"\[0, 1\] is what?"),
        (r"Two\nlines{=1 ~2}", "Two\nlines"),
    ],
)
def test_texts_and_their_formats(text: str, prompt: str) -> None:
    assert question(text).prompt == prompt


def test_general_feedback_is_the_explanation() -> None:
    assert question("Why?{=a ~b #No. ####Because of *x*.}").explanation == r"Because of \*x\*."


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Write about layers.{}", 1, "This is an essay: nothing here can grade it."),
        ("Write.\n{####A model answer}", 2, "This is an essay: nothing here can grade it."),
        ("Only text.", 1, DESCRIPTION),
        ("Why?\n{=a\n\n~b}", 2, OPEN),
        ("{=a ~b} or {=c ~d}?", 1, TWO),
        ("Why?\n=b}", 2, OPEN),
        ("Why?{a =b}", 1, UNCLEAR),
        ("Match.{=a -> b =c}", 1, "The answers with an arrow -> make a matching; this one has none."),
        ("Why?{=a\n~}", 2, "An answer has no text."),
        ("Why?{=a =b ~c}", 1, "options: Exactly one option must be right (is_right = true); 2 are."),
        ("Why?{~%-10%a ~%-10%b}", 1, "options: At least one option must have is_right = true."),
        ("Why?{=wei*}", 1, "In “wei*” a star stands for any text. List the answers, please."),
        (
            "How many?{#five}",
            1,
            "“five” cannot be read as a number. Write it like 0.75, 0,75, 3/4, -3 or 25%.",
        ),
        ("How many?{#3..1}", 1, "“3..1” begins above its end."),
        ("How many?{#3:-1}", 1, "The tolerance “-1” is below 0."),
        ("How many?{#=3 =4}", 1, "Two numbers are right. A question here has one, with a tolerance."),
        ("How many?{#=%50%3}", 1, "No number is right."),
        ("Why?{" + "=a" * 61 + "}", 1, "The question has 61 answers; at most 60 are read."),
        ("{=a ~b}", 1, "There is no question text."),
        ("Match.{=a -> b}", 1, "pairs: This must be a list of 2 to 12 tables."),
        (
            "[markdown]![a](b.png){=a ~b}",
            1,
            "In the question text, line 1: Images are not shown in texts. "
            "Describe it, or let the figure show it.",
        ),
    ],
)
def test_refusals(text: str, line: int, reason: str) -> None:
    item = read(text)[0]
    assert item.question is None
    assert (line, reason) in [(p.line, p.reason) for p in item.problems if p.is_fatal]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Why?{=a ~%50%b#B.}", "Partly right options are not kept: they count as not right."),
        ("Why?{=a ~%-50%b#B.}", "Options that take points away are not kept as such: they give none."),
        (
            "Why?{~%70%a ~%30%b ~c#C.}",
            "The weights are not kept: every option that holds counts alike, any other takes as much away.",
        ),
        ("Why?{=a ~b}", "Options without feedback get a general sentence: write why each does not hold."),
        ("Why?{=a =%50%b}", "A partly right answer is not kept: it counts as not right."),
        ("Why?{=a#Yes.}", "Feedback to a right answer is not kept."),
        ("Why?{=a =%0%b}", "An answer that is not right and has no feedback is not kept."),
        ("Why?{=a =%0%*#Any other.}", "Feedback to any other answer is not kept."),
        ("How many?{#=3 ~#Any other.}", "Feedback to any other number is not kept."),
        ("[html]See <img src=a>{=a =b}", "A picture is not kept."),
    ],
)
def test_warnings(text: str, reason: str) -> None:
    item = one(text)
    assert item.question is not None
    assert reason in [problem.reason for problem in item.problems]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.title)
def test_there_and_back(sample: Question) -> None:
    written = write([sample])
    assert written.notes == ()
    assert [item.question for item in read(written.text)] == [sample]


def test_many_at_once_there_and_back() -> None:
    assert [item.question for item in read(write(SAMPLES).text)] == list(SAMPLES)


def test_what_it_does_not_carry_is_said() -> None:
    options = [right("1"), other("2", "No.") | {"code": "M1"}]
    lossy = Question("T", "Why?", "single_choice", {"options": options, "shuffle": False}, points=2)
    arrow = Question("A", "Match.", "matching", {"pairs": [{"left": "a->b", "right": "c"}] * 2})
    word = Question("W", "Which?", "short_text", {"answers": ["a -> b"]})
    blanks = Question("B", "Fill.", "blanks", {})
    written = write([lossy, arrow, word, blanks])
    assert written.notes == (
        Note("T", "GIFT does not carry “shuffle”."),
        Note("T", "GIFT does not carry the codes of misconceptions."),
        Note("T", "GIFT does not carry the points."),
        Note("A", "In GIFT an arrow -> separates the sides; a left side here has one.", True),
        Note("W", "In GIFT answers with an arrow -> make a matching.", True),
        Note("B", "GIFT has no question of this kind.", True),
    )
    assert written.text.endswith("// B is left out. GIFT has no question of this kind.\n")
