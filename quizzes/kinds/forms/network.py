"""A network as Keras text: read, never executed, and graded by the engine's criteria with a reason for each.

The criteria are kept with the answers as the variant's key: {"criteria": [tables], "example": text}. None of
them trains: a quiz answers at once.
"""

from typing import Any

import tomlkit

import engine
from quizzes.kinds.contract import Fields, FormatError, Grade, Json, JsonObject, Variant, View, typed
from quizzes.kinds.given import given_context

LONGEST = 8_000
MOST_SAID = 3


class NetworkForm:
    """A kind whose response is Keras text. The key's value holds the criteria; a slip's value is a text."""

    template = "quizzes/kinds/network.html"

    def parse(self, variant: Variant, fields: Fields) -> str:
        text = typed(fields)
        if not text.strip():
            raise FormatError("There is no network yet. Write it as Keras text.")
        if len(text) > LONGEST:
            told = f"That is longer than {LONGEST:,} characters."
            raise FormatError(f"{told} Leave out what is not the network.")
        reading = engine.read(text)
        if reading.spec is None:
            raise FormatError(_first_fault(reading.diagnostics))
        try:
            engine.INTERACTIVE.check(engine.estimate(reading.spec))
        except engine.EngineError as error:
            raise FormatError(f"This network is too large for a quiz. {error}") from error
        return text

    def grade(self, variant: Variant, response: str) -> Grade:
        report = judged(variant.key["criteria"], response)
        fraction = report.points / report.possible if report.possible else 0.0
        if report.passed:
            return Grade(1.0)
        for known in variant.answers[1:]:
            if known.value == response:
                return Grade(fraction, known.feedback, known.code, known.title)
        unmet = [row for row in report.rows if row.verdict != "met"]
        said = tuple(f"{row.title}: {row.reason} {row.advice}".strip() for row in unmet[:MOST_SAID])
        return Grade(min(fraction, 0.99), said, self.code_of(unmet[0].kind) if unmet else "")

    def code_of(self, criterion: str) -> str:
        """The misconception behind a criterion that is not met; none when the kind knows of none."""
        return ""

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        text = typed(fields)
        context: JsonObject = {
            "value": text if text or grade else variant.shown.get("starter", ""),
            "is_open": grade is None,
            "is_right": grade is not None and grade.is_right,
        }
        if grade is not None and engine.read(text).spec is not None:
            report = judged(variant.key["criteria"], text)
            context["rows"] = [
                {
                    "title": row.title,
                    "is_met": row.verdict == "met",
                    "reason": row.reason if grade.feedback or grade.is_right else "",
                }
                for row in report.rows
            ]
        if is_revealed and variant.key["example"]:
            context["key"] = variant.key["example"]
        return View(self.template, given_context(variant.shown) | context)

    def words(self, variant: Variant, value: Json) -> str:
        return value if isinstance(value, str) else str(value["example"])


def judged(criteria: list[JsonObject], text: str) -> Any:
    """The engine's report on a text."""
    found = engine.criteria(criteria_text(criteria))
    return engine.evaluate(text, found, budget=engine.INTERACTIVE)


def criteria_text(criteria: list[JsonObject]) -> str:
    return tomlkit.dumps({"criterion": criteria})


def _first_fault(diagnostics: Any) -> str:
    first = diagnostics[0]
    place = f"Line {first.line}: " if first.line else ""
    return f"{place}{first.message} {first.hint or ''}".strip()
