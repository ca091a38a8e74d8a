"""Ordering: steps to be put into the order in which they happen.

steps = ["Multiply", "Add the bias", "Apply relu"]     # in the right order
intruders = ["Update the weights"]                     # shown too, and not part of it
hints = ["…"]
"""

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, JsonObject, Known, Variant
from quizzes.kinds.contract import Step as Solved
from quizzes.kinds.forms import OrderForm, order_cells, places_of
from quizzes.kinds.random import Pcg32


class Ordering(OrderForm):
    name = "ordering"
    label = "Ordering"
    is_generated = False
    sample = """\
steps = ["Multiply by the weights", "Add the biases", "Apply relu"]     # in the right order
intruders = ["Change the weights"]                                      # shown too, and not part of it
hints = ["What is added before anything is bent?"]
"""

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        steps = sheet.texts("steps", 2, 10)
        intruders = sheet.texts("intruders", 1, 4) if sheet.has("intruders") else []
        if set(steps) & set(intruders):
            sheet.fault("intruders", "One of these is a step as well.")
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        steps, intruders = data["steps"], data.get("intruders", [])
        things = rng.shuffled([*steps, *intruders])
        return Variant(
            shown={"cells": order_cells(things, has_unused=bool(intruders))},
            answers=(Known(places_of(steps, things), 1.0),),
            hints=tuple(data.get("hints", [])),
            steps=tuple(Solved(step) for step in steps),
        )
