"""Matching: each thing on the left belongs to one on the right, chosen from a list.

[[pairs]]
left = "relu"
right = "max(0, z)"
others = ["1 / (1 + exp(−z))"]      # on the list, and matched by nothing
[[confusions]]                      # a match that you expect, with its feedback
left = "relu"
right = "tanh z"
feedback = "…"
hints = ["…"]
"""

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, Grade, Json, JsonObject, Known, Variant
from quizzes.kinds.forms import CellsForm, cells, choice
from quizzes.kinds.ladder import grade_cells
from quizzes.kinds.random import Pcg32


class Matching(CellsForm):
    name = "matching"
    label = "Matching"
    is_generated = False
    sample = """\
others = ["1 / (1 + exp(−z))"]     # on the list, and matched by nothing
hints = ["Which of them passes every value on as it is?"]
[[pairs]]
left = "relu"
right = "max(0, z)"
[[pairs]]
left = "linear"
right = "z"
[[confusions]]
left = "relu"
right = "z"
feedback = "relu passes values above 0 on, and turns all others into 0."
"""
    generic = "Some of these belong to another one on the list."

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        left, right = [], []
        for pair in sheet.sheets("pairs", 2, 12):
            left.append(pair.text("left"))
            right.append(pair.text("right"))
            pair.done()
        if len(set(left)) < len(left):
            sheet.fault("pairs", "Two pairs have the same left side. Change one of them.")
        if sheet.has("others"):
            right += sheet.texts("others", 1, 8)
        for one in sheet.sheets("confusions", 0, 20):
            if one.text("left") not in left:
                one.fault("left", "This is the left side of no pair.")
            if one.text("right") not in right:
                one.fault("right", "This is not on the list.")
            one.text("feedback")
            one.text("title", is_needed=False)
            one.text("code", is_needed=False)
            one.done()
        if sheet.has("hints"):
            sheet.texts("hints", 1, 12)
        sheet.done()
        return sheet.faults

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        pairs = rng.shuffled(data["pairs"])
        listed = rng.shuffled(sorted({*(pair["right"] for pair in pairs), *data.get("others", [])}))
        key = [pair["right"] for pair in pairs]
        places = {pair["left"]: place for place, pair in enumerate(pairs)}
        slips = (_confused(one, key, places[one["left"]]) for one in data.get("confusions", []))
        return Variant(
            shown={"cells": cells("", ["belongs to"], [(pair["left"], [choice(*listed)]) for pair in pairs])},
            answers=(Known(key, 1.0), *slips),
            hints=tuple(data.get("hints", [])),
        )

    def grade(self, variant: Variant, response: list[Json]) -> Grade:
        """Every confusion in the response is told, not only one that explains it all."""
        grade = grade_cells(variant, response, self.generic)
        key = variant.key
        met = [known for known in variant.answers[1:] if _is_met(known.value, key, response)]
        if grade.is_right or not met:
            return grade
        said = tuple(text for known in met for text in known.feedback)
        return Grade(grade.fraction, said, met[0].code, met[0].title)


def _confused(one: JsonObject, key: list[str], place: int) -> Known:
    value = [*key[:place], one["right"], *key[place + 1 :]]
    return Known(value, 0.0, (one["feedback"],), one.get("code", ""), one.get("title", ""))


def _is_met(value: list[str], key: list[str], response: list[str]) -> bool:
    return all(mine == one for one, right, mine in zip(value, key, response, strict=True) if one != right)
