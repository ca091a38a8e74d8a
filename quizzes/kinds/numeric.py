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
from quizzes.kinds.contract import Fault, JsonObject, Known, Step, Variant
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.ladder import default_tolerance, is_apart
from quizzes.kinds.numbers import exact
from quizzes.kinds.random import Pcg32


class Numeric(NumberForm):
    name = "numeric"
    label = "Number"
    is_generated = False
    sample = """\
answer = 54
unit = "parameters"     # shown behind the field
# tolerance = 0.01      # absolute; when left out, whole numbers are exact and others within a hundredth
hints = ["Count the weights first, then the biases."]
steps = ["8 × 6 = 48 weights.", "One bias for each of the 6 neurons: 54 parameters."]
[[slips]]
value = 48
title = "Biases left out"
feedback = "48 are the weights alone. Each neuron has a bias too."
"""

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


def _tolerance(key: Fraction) -> Fraction:
    return Fraction(0) if key.denominator == 1 else default_tolerance(key)
