"""A number that the author knows: one key with a tolerance, and slips that are recognized by their values.

answer = 884
tolerance = 0            # absolute; 0.01 or one percent when left out; whole numbers are exact by default
unit = "parameters"      # shown behind the field
steps = ["…", "…"]       # the worked solution
hints = ["…"]
[[slips]]
value = 768
title = "Biases left out"
feedback = "…"
"""

from fractions import Fraction

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import (
    ANSWER,
    Fault,
    Fields,
    Grade,
    JsonObject,
    Known,
    Step,
    Variant,
    View,
)
from quizzes.kinds.ladder import default_tolerance, grade_number, is_apart
from quizzes.kinds.numbers import exact, read_number, shown
from quizzes.kinds.random import Pcg32

GENERIC = "This number matches neither the key nor a slip we know. Take it step by step once more."


class Numeric:
    name = "numeric"
    label = "Number"
    is_generated = False

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        key = sheet.number("answer")
        if not sheet.has("answer"):
            sheet.fault("answer", "Write the number that is right.")
        tolerance = sheet.number("tolerance", _tolerance(key))
        if tolerance < 0:
            sheet.fault("tolerance", "A tolerance is 0 or more.")
        sheet.text("unit", is_needed=False)
        for name in ("steps", "hints"):
            if sheet.has(name):
                sheet.texts(name, 1, 12)
        values = [key]
        for slip in sheet.sheets("slips", 0, 20):
            value = slip.number("value")
            if not is_apart(value, values, tolerance):
                slip.fault(
                    "value", "This lies within four tolerances of another answer. Change it or drop it."
                )
            values.append(value)
            slip.text("title")
            slip.text("feedback")
            slip.text("code", is_needed=False)
            slip.done()
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        key = exact(data["answer"])
        slips = (
            Known(s["value"], 0.0, (s["feedback"],), s.get("code", ""), s["title"])
            for s in data.get("slips", [])
        )
        return Variant(
            shown={"unit": data.get("unit", "")},
            answers=(Known(data["answer"], 1.0), *slips),
            tolerance=float(data["tolerance"]) if "tolerance" in data else float(_tolerance(key)),
            hints=tuple(data.get("hints", [])),
            steps=tuple(Step(text) for text in data.get("steps", [])),
        )

    def parse(self, variant: Variant, fields: Fields) -> Fraction:
        return read_number(typed(fields))

    def grade(self, variant: Variant, response: Fraction) -> Grade:
        return grade_number(variant, response, GENERIC)

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        return View("quizzes/kinds/number.html", number_context(variant, fields, grade, is_revealed))


def typed(fields: Fields) -> str:
    """What stands in the one text field of a question."""
    return next(iter(fields.get(ANSWER, ())), "")


def number_context(variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> JsonObject:
    """What `quizzes/kinds/_number.html` needs: the open field, or the answer beside the key."""
    context: JsonObject = {
        "value": typed(fields),
        "unit": variant.shown.get("unit", ""),
        "is_open": grade is None,
        "is_right": grade is not None and grade.is_right,
    }
    if is_revealed:
        context["key"] = shown(variant.key)
        if variant.tolerance:
            context["accepted"] = f"within {shown(variant.tolerance)} of {shown(variant.key)}"
        else:
            context["accepted"] = "exactly this number"
        context["slips"] = [
            {
                "title": a.title,
                "value": shown(a.value),
                "is_mine": grade is not None and grade.feedback == a.feedback,
            }
            for a in variant.answers
            if a.title
        ]
    return context


def _tolerance(key: Fraction) -> Fraction:
    return Fraction(0) if key.denominator == 1 else default_tolerance(key)
