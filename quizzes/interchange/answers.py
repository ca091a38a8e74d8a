"""Answers with weights, as GIFT and Moodle XML have them, and what they mean here; and the way back.

A weight is a percentage of the points: 100 is right, 0 or less is not. Here an answer is right or it is not,
and each that is not has feedback of its own; a weight between becomes a warning. An answer of weight 0 to
a number or a text is a slip: its feedback is read as `title: feedback`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizzes.interchange.items import Question, Reading, RefusedError, kept
from quizzes.kinds import KINDS, FormatError, JsonObject
from quizzes.kinds.numbers import exact, read_number
from quizzes.kinds.random import Pcg32

GENERAL = "This option does not hold."
MOST_ANSWERS = 60
SLIP_TITLE = "Another answer"
TRUE_FALSE = ["True", "False"]
_WILD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class Weighted:
    """One answer: what it says, its percentage, its feedback; of a number also how far off it may be."""

    text: str
    percent: Fraction
    feedback: str = ""
    line: int = 0
    tolerance: Fraction | None = None

    @property
    def is_right(self) -> bool:
        return self.percent >= 100


def read_percent(text: str) -> Fraction:
    """A weight from -100 to 100. Raises ValueError."""
    if not re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{1,10})?", text.strip()):
        raise ValueError(text)
    percent = Fraction(text.strip().replace(",", "."))
    if abs(percent) > 100:
        raise ValueError(text)
    return percent


def check_count(count: int, line: int) -> None:
    """Raises RefusedError for more answers than any kind has."""
    if count > MOST_ANSWERS:
        raise RefusedError(f"The question has {count} answers; at most {MOST_ANSWERS} are read.", line)


def choice(
    reading: Reading, answers: Sequence[Weighted], *, is_single: bool, shuffle: bool = True
) -> tuple[str, JsonObject]:
    """The kind and the data of a choice."""
    if is_single:
        rights = [answer.is_right for answer in answers]
        if any(0 < answer.percent < 100 for answer in answers):
            reading.warn("Partly right options are not kept: they count as not right.")
    else:
        rights = [answer.percent > 0 for answer in answers]
        _check_shares(reading, [answer.percent for answer in answers])
    if any(answer.percent < 0 for answer in answers) and is_single:
        reading.warn("Options that take points away are not kept as such: they give none.")
    options = []
    for answer, is_right in zip(answers, rights, strict=True):
        option: JsonObject = {"text": answer.text} | ({"is_right": True} if is_right else {})
        if not answer.feedback and not is_right:
            reading.warn("Options without feedback get a general sentence: write why each does not hold.")
        feedback = answer.feedback or ("" if is_right else GENERAL)
        options.append(kept(option, feedback=feedback))
    data: JsonObject = {"options": options}
    return ("single_choice" if is_single else "multiple_choice"), data | (
        {} if shuffle else {"shuffle": False}
    )


def _check_shares(reading: Reading, percents: list[Fraction]) -> None:
    """Here every right option counts alike, and every other takes as much away."""
    rights = [percent for percent in percents if percent > 0]
    share = Fraction(100, len(rights)) if rights else Fraction(0)
    others = [percent for percent in percents if percent <= 0]
    if any(abs(percent - share) > Fraction(1, 100) for percent in rights) or any(
        abs(percent + share) > Fraction(1, 100) for percent in others
    ):
        reading.warn(
            "The weights are not kept: every option that holds counts alike, any other takes as much away."
        )


def true_false(is_true: bool, of_true: str, of_false: str) -> tuple[str, JsonObject]:
    """True or false, in this order, with the feedback for who chooses each."""
    options = [
        kept({"text": text}, is_right=right, feedback=feedback or ("" if right else GENERAL))
        for text, right, feedback in zip(TRUE_FALSE, (is_true, not is_true), (of_true, of_false), strict=True)
    ]
    return "single_choice", {"options": options, "shuffle": False}


def is_true_false(question: Question) -> bool:
    if question.kind != "single_choice" or question.data.get("shuffle", True):
        return False
    return [option["text"] for option in question.data["options"]] == TRUE_FALSE


def short_text(reading: Reading, answers: Sequence[Weighted], hints: list[str]) -> tuple[str, JsonObject]:
    """The texts that are right, and the slips among the others."""
    rights, slips = [], []
    for answer in answers:
        if answer.percent <= 0 and answer.text.strip() == "*":
            reading.warn("Feedback to any other answer is not kept.", answer.line)
            continue
        if _WILD.search(answer.text):
            raise RefusedError(
                f"In “{answer.text[:40]}” a star stands for any text. List the answers, please.", answer.line
            )
        text = answer.text.replace("\\*", "*")
        if answer.is_right:
            rights.append(text)
            if answer.feedback:
                reading.warn("Feedback to a right answer is not kept.", answer.line)
        elif _is_slip(reading, answer):
            slips.append({"text": text, **_titled(answer.feedback)})
    return "short_text", kept({"answers": rights}, slips=slips, hints=hints)


def numeric(
    reading: Reading, answers: Sequence[Weighted], hints: list[str], unit: str = ""
) -> tuple[str, JsonObject]:
    """The number that is right with its tolerance, and the slips among the others."""
    right: Weighted | None = None
    slips = []
    for answer in answers:
        if answer.percent <= 0 and answer.text.strip() in {"*", ""}:
            reading.warn("Feedback to any other number is not kept.", answer.line)
        elif answer.is_right and right is not None:
            raise RefusedError(
                "Two numbers are right. A question here has one, with a tolerance.", answer.line
            )
        elif answer.is_right:
            right = answer
            if answer.feedback:
                reading.warn("Feedback to a right answer is not kept.", answer.line)
        elif _is_slip(reading, answer):
            slips.append({"value": plain_number(_number(answer)), **_titled(answer.feedback)})
    if right is None:
        raise RefusedError("No number is right.")
    key: JsonObject = {
        "answer": plain_number(_number(right)),
        "tolerance": plain_number(right.tolerance or Fraction(0)),
    }
    return "numeric", kept(key, unit=unit, hints=hints, slips=slips)


def matching(pairs: Sequence[tuple[str, str]], hints: list[str]) -> tuple[str, JsonObject]:
    """Pairs, and what stands on the list with nothing on its left."""
    whole = [{"left": left, "right": right} for left, right in pairs if left]
    rights = {pair["right"] for pair in whole}
    others = list(dict.fromkeys(right for left, right in pairs if not left and right not in rights))
    return "matching", kept({"pairs": whole}, others=others, hints=hints)


def weighted(question: Question) -> list[Weighted]:
    """The answers of a question that has weighted ones, for a writer."""
    data = question.data
    if question.kind in {"single_choice", "multiple_choice"}:
        count = sum(option.get("is_right", False) for option in data["options"])
        is_single = question.kind == "single_choice"
        share = Fraction(100, 1 if is_single else count)
        return [
            Weighted(
                option["text"],
                share if option.get("is_right") else (Fraction(0) if is_single else -share),
                _own_feedback(option),
            )
            for option in data["options"]
        ]
    if question.kind == "numeric":
        made = KINDS["numeric"].generate(data, Pcg32.from_bytes(bytes(16)))
        rights = [Weighted(str(data["answer"]), Fraction(100), tolerance=exact(made.tolerance))]
        slips = [
            Weighted(str(slip["value"]), Fraction(0), _joined(slip), tolerance=Fraction(0))
            for slip in data.get("slips", [])
        ]
        return rights + slips
    rights = [Weighted(text.replace("*", "\\*"), Fraction(100)) for text in data["answers"]]
    return rights + [
        Weighted(slip["text"].replace("*", "\\*"), Fraction(0), _joined(slip))
        for slip in data.get("slips", [])
    ]


def losses(question: Question, names: Sequence[str]) -> list[str]:
    """What of the data a format does not carry: the names it does not know, and codes of misconceptions."""
    lost = [f"“{name}”" for name in question.data if name not in names]
    parts = [one for part in ("options", "slips", "confusions") for one in question.data.get(part, [])]
    return lost + (["the codes of misconceptions"] if any(one.get("code") for one in parts) else [])


def plain_number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def shown_percent(percent: Fraction) -> str:
    """With five decimals, as Moodle writes a third."""
    return f"{float(percent):.5f}".rstrip("0").rstrip(".")


def number_of(text: str, line: int) -> Fraction:
    """The value of a number in a file. Raises RefusedError."""
    try:
        return read_number(text)
    except FormatError as error:
        raise RefusedError(str(error), line) from error


def _number(answer: Weighted) -> Fraction:
    return number_of(answer.text, answer.line)


def _is_slip(reading: Reading, answer: Weighted) -> bool:
    if answer.percent > 0:
        reading.warn("A partly right answer is not kept: it counts as not right.", answer.line)
        return False
    if not answer.feedback:
        reading.warn("An answer that is not right and has no feedback is not kept.", answer.line)
    return bool(answer.feedback)


def _titled(feedback: str) -> dict[str, str]:
    title, mark, rest = feedback.partition(": ")
    if mark and title.strip() and rest.strip() and len(title) <= 80:
        return {"title": title, "feedback": rest}
    return {"title": SLIP_TITLE, "feedback": feedback}


def _own_feedback(option: dict[str, Any]) -> str:
    """Without the sentence that reading put there."""
    feedback = str(option.get("feedback", ""))
    return "" if feedback == GENERAL and not option.get("is_right") else feedback


def _joined(slip: dict[str, Any]) -> str:
    is_plain = slip["title"] == SLIP_TITLE and ": " not in slip["feedback"]
    return str(slip["feedback"]) if is_plain else f"{slip['title']}: {slip['feedback']}"
