"""A word or a few, compared after normalization: capitals, spaces, hyphens, outer quotation marks and the way
letters are composed do not count; a final full stop does not either. Spelling does.

    answers = ["softmax"]
    [[slips]]
    text = "relu"
    title = "A hidden layer's activation"
    feedback = "…"
"""

import re
from unicodedata import normalize

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import (
    Fault,
    Fields,
    FormatError,
    Grade,
    Json,
    JsonObject,
    Known,
    Variant,
    View,
    typed,
)
from quizzes.kinds.random import Pcg32

LONGEST = 80
RULE = "Capitals, hyphens and spaces do not count; spelling does."
GENERIC = "This is not the word we mean. Look for the term the lesson uses, and check its spelling."
_HYPHENS = re.compile(r"[\s_\-\u2010-\u2015]+")
_OUTER = " \t\n.,;:'\"`“”‘’«»()"


def normalized(text: str) -> str:
    """The form in which two answers are compared."""
    return _HYPHENS.sub("", normalize("NFKC", text).casefold().strip(_OUTER))


class ShortText:
    name = "short_text"
    label = "Short text"
    is_generated = False
    sample = """\
answers = ["softmax"]     # any of them will do
hints = ["Its outputs add up to 1."]
[[slips]]
text = "sigmoid"
title = "One value at a time"
feedback = "sigmoid looks at each value by itself, so nothing makes them add up to 1."
"""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        seen = [normalized(text) for text in sheet.texts("answers", 1, 20)]
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        for slip in sheet.sheets("slips", 0, 20):
            text = normalized(slip.text("text"))
            if text in seen:
                slip.fault("text", "After normalization this equals another answer. Change it or drop it.")
            seen.append(text)
            slip.text("title")
            slip.text("feedback")
            slip.text("code", is_needed=False)
            slip.done()
        if "" in seen and not sheet.faults:
            sheet.fault("answers", "One of these texts has no letters. Change it or drop it.")
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        keys = (Known(text, 1.0) for text in data["answers"])
        slips = (
            Known(s["text"], 0.0, (s["feedback"],), s.get("code", ""), s["title"])
            for s in data.get("slips", [])
        )
        return Variant(shown={}, answers=(*keys, *slips), hints=tuple(data.get("hints", [])))

    def parse(self, variant: Variant, fields: Fields) -> str:
        text = normalized(typed(fields))
        if not text:
            raise FormatError("There is no answer yet. Write a word or a few.")
        if len(text) > LONGEST:
            raise FormatError(f"That is longer than {LONGEST} characters. A word or a few are enough.")
        return text

    def grade(self, variant: Variant, response: str) -> Grade:
        for known in variant.answers:
            if response == normalized(known.value):
                return Grade(known.fraction, known.feedback, known.code, known.title)
        return Grade(0.0, (GENERIC,))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        context: JsonObject = {
            "value": typed(fields),
            "rule": RULE,
            "is_open": grade is None,
            "is_right": grade is not None and grade.is_right,
        }
        if is_revealed:
            context["key"] = variant.key
        return View("quizzes/kinds/short_text.html", context)

    def words(self, variant: Variant, value: Json) -> str:
        return str(value)
