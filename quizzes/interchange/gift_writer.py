"""Questions as GIFT, each on lines of its own; see `gift_reader` for the grammar.

Texts are marked as Markdown. What GIFT does not carry is a note; a question left out is a comment.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

from quizzes.interchange import answers
from quizzes.interchange.answers import Weighted, shown_percent
from quizzes.interchange.items import Note, Question, Written

CARRIED = {
    "single_choice": ("options",),
    "multiple_choice": ("options",),
    "short_text": ("answers", "slips"),
    "numeric": ("answer", "tolerance", "slips"),
    "matching": ("pairs", "others"),
}
_MARKED = re.compile(r"[\\~=#{}:]")
_FORMAT = re.compile(r"\[[a-z]+\]")


def write(questions: Iterable[Question]) -> Written:
    """The questions that GIFT carries, and a note on everything that it does not."""
    texts, notes = [], []
    for question in questions:
        refusal = _refusal(question)
        if refusal:
            notes.append(Note(question.title, refusal, is_left_out=True))
            texts.append(f"// {_line(question.title)} is left out. {refusal}\n")
            continue
        notes += [Note(question.title, f"GIFT does not carry {name}.") for name in _losses(question)]
        texts.append(_question(question))
    return Written("\n".join(texts), tuple(notes))


def _question(question: Question) -> str:
    lines = [f"::{escaped(_line(question.title))}::[markdown]{escaped(question.prompt.strip())} {{"]
    lines += [f"\t{line}" for line in _answers(question)]
    if question.explanation.strip():
        lines.append(f"\t####{escaped(question.explanation.strip())}")
    return "\n".join([*lines, "}"]) + "\n"


def _answers(question: Question) -> list[str]:
    if question.kind == "matching":
        pairs = [(pair["left"], pair["right"]) for pair in question.data["pairs"]]
        pairs += [("", text) for text in question.data.get("others", [])]
        return [f"={_start(left)} -> {_start(right)}" for left, right in pairs]
    told = answers.weighted(question)
    if answers.is_true_false(question):
        return [_truth(told)]
    if question.kind == "numeric":
        return ["#", *(_number(one) for one in told)]
    return [_answer(question.kind, one) for one in told]


def _answer(kind: str, one: Weighted) -> str:
    sign = "~" if kind == "multiple_choice" or (kind == "single_choice" and not one.is_right) else "="
    is_plain = kind == "single_choice" or (one.is_right and sign == "=")
    weight = "" if is_plain and not one.text.startswith("%") else f"%{shown_percent(one.percent)}%"
    return f"{sign}{weight}{_start(one.text)}{_feedback(one)}"


def _number(one: Weighted) -> str:
    weight = "" if one.is_right else "%0%"
    tolerance = answers.plain_number(one.tolerance or Fraction(0))
    return f"={weight}{one.text}:{tolerance}{_feedback(one)}"


def _truth(told: list[Weighted]) -> str:
    right, wrong = sorted(told, key=lambda one: not one.is_right)
    feedback = f"#{_start(wrong.feedback)}#{_start(right.feedback)}"
    return right.text.upper() + (feedback.rstrip("#") if not right.feedback else feedback)


def _feedback(one: Weighted) -> str:
    return f" #{_start(one.feedback)}" if one.feedback else ""


def _start(text: str) -> str:
    """An answer's text; one that begins like a format says its own."""
    return ("[markdown]" if _FORMAT.match(text.strip()) else "") + escaped(text.strip())


def escaped(text: str) -> str:
    return _MARKED.sub(r"\\\g<0>", text.replace("\r\n", "\n")).replace("\n", "\\n")


def _line(text: str) -> str:
    return " ".join(text.split())


def _refusal(question: Question) -> str:
    if question.kind not in CARRIED:
        return "GIFT has no question of this kind."
    if question.kind == "matching" and any("->" in pair["left"] for pair in question.data["pairs"]):
        return "In GIFT an arrow -> separates the sides; a left side here has one."
    if question.kind == "short_text" and all("->" in one.text for one in answers.weighted(question)):
        return "In GIFT answers with an arrow -> make a matching."
    return ""


def _losses(question: Question) -> list[str]:
    names = CARRIED[question.kind]
    shuffle = ("shuffle",) if question.data.get("shuffle", True) or answers.is_true_false(question) else ()
    lost = answers.losses(question, (*names, *shuffle))
    return lost + (["the points"] if question.points != 1 else [])
