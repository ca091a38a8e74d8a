"""Blanks in a text or in code: a word, a number or a piece of code in each.

    text = "A Dense layer computes {1} and then applies its {2}."
    is_code = false                     # true keeps lines and spacing, and compares letter by letter
    [[blanks]]                          # as many as the text has, in order
    answers = ["x W + b"]               # any of them will do
    [[blanks]]
    answers = ["activation"]
    options = ["activation", "loss"]    # a list to choose from, instead of a field
    [[blanks.slips]]
    text = "loss"
    title = "Loss for activation"
    feedback = "…"

In words capitals, spaces and hyphens do not count; in code only spaces do not. Numbers may be written in any
way, in code in any way of Python's: there 0,5 is two numbers, and 8, is none.
"""

import re

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import (
    ANSWER,
    Fault,
    Fields,
    FormatError,
    Grade,
    Json,
    JsonObject,
    Known,
    Variant,
    View,
)
from quizzes.kinds.numbers import AmbiguousError, read_number
from quizzes.kinds.random import Pcg32
from quizzes.kinds.short_text import normalized

LONGEST = 80
MOST = 12
_BLANK = re.compile(r"\{(\d{1,2})\}")
_CODED = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_OUTSIDE_QUOTES = re.compile(r"\s+(?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*$)")


class Blanks:
    name = "blanks"
    label = "Fill in the blanks"
    is_generated = False
    sample = """\
text = "A Dense layer adds a {1} to each sum, and then applies its {2}."
is_code = false     # true keeps lines and spacing, and compares letter by letter
hints = ["The first belongs to each neuron, the second to the layer."]
[[blanks]]
answers = ["bias"]
[[blanks]]
answers = ["activation"]
[[blanks.slips]]
text = "loss"
title = "The loss comes at the end"
feedback = "A loss is worked out once, after the last layer."
"""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        said = sheet.text("text")
        is_code = sheet.truth("is_code", False)
        blanks = sheet.sheets("blanks", 1, MOST)
        wanted = [str(place) for place in range(1, len(blanks) + 1)]
        if blanks and _BLANK.findall(said) != wanted:
            sheet.fault(
                "text", f"Mark the blanks in order, each once: {', '.join(f'{{{n}}}' for n in wanted)}."
            )
        for blank in blanks:
            _check(blank, is_code)
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        """The first answer is the key as a whole; the others say which blank they are about."""
        blanks = data["blanks"]
        others = [
            Known({"blank": place, "text": said}, 1.0)
            for place, blank in enumerate(blanks)
            for said in blank["answers"][1:]
        ]
        slips = [
            Known(
                {"blank": place, "text": one["text"]},
                0.0,
                (one["feedback"],),
                one.get("code", ""),
                one["title"],
            )
            for place, blank in enumerate(blanks)
            for one in blank.get("slips", [])
        ]
        return Variant(
            shown={
                "parts": _BLANK.split(data["text"])[::2],
                "is_code": data.get("is_code", False),
                "options": [rng.shuffled(blank.get("options", [])) for blank in blanks],
            },
            answers=(Known([blank["answers"][0] for blank in blanks], 1.0), *others, *slips),
            hints=tuple(data.get("hints", [])),
        )

    def parse(self, variant: Variant, fields: Fields) -> list[str]:
        said = _said(variant, fields)
        for place, (text, options) in enumerate(zip(said, variant.shown["options"], strict=True), start=1):
            if not text.strip():
                raise FormatError(f"Blank {place} is still empty. Fill in all of them.")
            if options and text not in options:
                raise FormatError(f"Blank {place}: choose one of the list, please.")
            if len(text) > LONGEST:
                raise FormatError(f"Blank {place} holds more than {LONGEST} characters.")
            if not options and not variant.shown["is_code"]:
                _refuse_ambiguous(place, text)
        return said

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        found = [_is_right(variant, place, text) for place, text in enumerate(response)]
        if all(found):
            return Grade(1.0)
        fraction = sum(found) / len(found)
        slips = [
            known
            for known in variant.answers[1:]
            if not known.fraction and _is_same(variant, response[known.value["blank"]], known.value["text"])
        ]
        if slips:
            said = tuple(text for known in slips for text in known.feedback)
            return Grade(fraction, said, slips[0].code, slips[0].title)
        count = len(found) - sum(found)
        verb = "is" if count == 1 else "are"
        return Grade(fraction, (f"{count} of {len(found)} {verb} not right yet.",))

    def grade_unfinished(self, variant: Variant, fields: Fields) -> Grade | None:
        """What the blanks earn that are right; None when none is."""
        found = [_is_right(variant, place, text) for place, text in enumerate(_said(variant, fields))]
        if not any(found):
            return None
        count = len(found) - sum(found)
        verb = "is" if count == 1 else "are"
        return Grade(sum(found) / len(found), (f"{count} of {len(found)} {verb} empty, or not right yet.",))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        said = _said(variant, fields)
        texts = variant.shown["parts"]
        pieces: list[JsonObject] = [{"text": texts[0]}]
        for place, text in enumerate(said):
            is_right = grade is not None and _is_right(variant, place, text)
            mark = ("right" if is_right else "other") if grade is not None else ""
            key = variant.key[place] if is_revealed and not is_right else ""
            options = variant.shown["options"][place]
            pieces.append({"number": place + 1, "value": text, "mark": mark, "key": key, "options": options})
            pieces.append({"text": texts[place + 1]})
        context: JsonObject = {
            "pieces": pieces,
            "is_code": variant.shown["is_code"],
            "is_open": grade is None,
        }
        return View("quizzes/kinds/blanks.html", context)

    def words(self, variant: Variant, value: Json) -> str:
        if isinstance(value, dict):
            return f"blank {value['blank'] + 1}: {value['text']}"
        return "; ".join(value)


def _check(blank: Sheet, is_code: bool) -> None:
    answers = blank.texts("answers", 1, 12)
    options = blank.texts("options", 2, 12) if blank.has("options") else []
    if options and not set(answers) <= set(options):
        blank.fault("options", "Every answer must be on the list.")
    seen = [_form(said, is_code) for said in answers]
    for slip in blank.sheets("slips", 0, 12):
        said = slip.text("text")
        if _form(said, is_code) in seen:
            slip.fault("text", "This equals another answer. Change it or drop it.")
        seen.append(_form(said, is_code))
        slip.text("title")
        slip.text("feedback")
        slip.text("code", is_needed=False)
        slip.done()
    blank.done()


def _said(variant: Variant, fields: Fields) -> list[str]:
    count = len(variant.shown["options"])
    return (list(fields.get(ANSWER, ())) + [""] * count)[:count]


def _is_right(variant: Variant, place: int, text: str) -> bool:
    others = [
        known.value["text"]
        for known in variant.answers[1:]
        if known.fraction == 1 and known.value["blank"] == place
    ]
    return any(_is_same(variant, text, one) for one in (variant.key[place], *others))


def _is_same(variant: Variant, one: str, other: str) -> bool:
    is_code = variant.shown["is_code"]
    return _form(one, is_code) == _form(other, is_code)


def _refuse_ambiguous(place: int, text: str) -> None:
    try:
        read_number(text)
    except AmbiguousError as error:
        raise FormatError(f"Blank {place}: {error}") from None
    except FormatError:
        pass  # a word


def _form(text: str, is_code: bool) -> str:
    """The form in which two answers are compared: a number by its value, code without its spacing."""
    if is_code and not _CODED.fullmatch(text.strip()):
        return _OUTSIDE_QUOTES.sub("", text.strip()).replace("'", '"')
    try:
        return str(read_number(text))
    except FormatError:
        return normalized(text)
