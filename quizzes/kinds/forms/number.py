"""One number in one field."""

from fractions import Fraction

from quizzes.kinds.contract import Fields, Grade, Json, JsonObject, Variant, View, typed
from quizzes.kinds.forms.slips import slips_context
from quizzes.kinds.given import given_context
from quizzes.kinds.ladder import grade_number
from quizzes.kinds.numbers import read_number, read_whole, shown


class NumberForm:
    """A kind that asks for one number; `generic` is said when no answer is recognized."""

    generic = "This number matches neither the key nor a slip we know. Take it step by step once more."
    template = "quizzes/kinds/number.html"
    is_count = False
    solution = ""
    """The template of the worked part, where a kind has one of its own."""

    def parse(self, variant: Variant, fields: Fields) -> Fraction:
        return read_number(_without_unit(typed(fields), variant.shown.get("unit", "")))

    def grade(self, variant: Variant, response: Fraction) -> Grade:
        return grade_number(variant, response, self.generic)

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        context: JsonObject = {
            "value": typed(fields),
            "unit": variant.shown.get("unit", ""),
            "is_count": self.is_count,
            "is_open": grade is None,
            "is_right": grade is not None and grade.is_right,
        }
        if is_revealed:
            context |= self._released(variant, grade)
        return View(self.template, given_context(variant.shown) | context)

    def words(self, variant: Variant, value: Json) -> str:
        return shown(value)

    def _released(self, variant: Variant, grade: Grade | None) -> JsonObject:
        key = shown(variant.key)
        is_exact = not variant.tolerance
        return {
            "key": key,
            "accepted": "exactly this number" if is_exact else f"within {shown(variant.tolerance)} of {key}",
            "slips": slips_context(variant, grade, self.words),
        }


class CountForm(NumberForm):
    """A kind that asks how many."""

    is_count = True

    def parse(self, variant: Variant, fields: Fields) -> Fraction:
        return Fraction(read_whole(_without_unit(typed(fields), variant.shown.get("unit", ""))))


def _without_unit(text: str, unit: str) -> str:
    """What was typed without the unit that stands behind the field: 25% there is 25, not a quarter."""
    bare = text.strip()
    is_named = bool(unit) and len(bare) > len(unit) and bare.casefold().endswith(unit.casefold())
    return bare[: -len(unit)] if is_named else text
