"""Single and multiple choice: options in an order drawn per learner, each option with feedback of its own.

    shuffle = true
    [[options]]
    text = "…"
    is_right = true
    feedback = "…"

An option is known by a digest of its text, so neither its name nor its place says whether it is right.
Multiple choice gives partial credit: every right option chosen counts one, every other option chosen takes
one away, never below zero, as a share of the right options there are.
"""

from hashlib import sha256
from typing import Any

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import ANSWER, Fault, Fields, FormatError, Grade, JsonObject, Known, Variant, View
from quizzes.kinds.random import Pcg32

MOST_OPTIONS = 12


def option_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:10]


class _Choice:
    """What both kinds share: options, their order, their page."""

    is_generated = False
    several: bool
    rule: str

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        sheet.truth("shuffle", True)
        options = sheet.sheets("options", 2, MOST_OPTIONS)
        right = []
        texts = []
        for option in options:
            texts.append(option.text("text"))
            is_right = option.truth("is_right", False)
            right.append(is_right)
            option.text("feedback", is_needed=not is_right)
            option.text("code", is_needed=False)
            option.done()
        if options and len(set(texts)) < len(texts):
            sheet.fault("options", "Two options have the same text. Change one of them.")
        if options and (message := self._count_fault(sum(right))):
            sheet.fault("options", message)
        sheet.done()
        return sheet.faults

    def _count_fault(self, right: int) -> str:
        raise NotImplementedError

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        options = data["options"]
        order = rng.shuffled(options) if data.get("shuffle", True) else list(options)
        return Variant(
            shown={"options": [{"id": option_id(o["text"]), "text": o["text"]} for o in order]},
            answers=tuple(
                Known(
                    option_id(o["text"]),
                    1.0 if o.get("is_right", False) else 0.0,
                    (o["feedback"],) if o.get("feedback") else (),
                    code=o.get("code", ""),
                )
                for o in options
            ),
        )

    def parse(self, variant: Variant, fields: Fields) -> list[str]:
        known = {option["id"] for option in variant.shown["options"]}
        chosen = list(dict.fromkeys(fields.get(ANSWER, ())))
        if any(option not in known for option in chosen):
            raise FormatError("This option is not one of the question. Choose again, please.")
        if not chosen:
            raise FormatError(self.rule)
        if len(chosen) > 1 and not self.several:
            raise FormatError("Choose one option only.")
        return chosen

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        chosen = set(fields.get(ANSWER, ()))
        known = {answer.value: answer for answer in variant.answers}
        options: list[dict[str, Any]] = []
        for option in variant.shown["options"]:
            answer = known[option["id"]]
            is_chosen = option["id"] in chosen
            shows_mark = grade is not None and (is_chosen or is_revealed)
            options.append(
                option
                | {
                    "is_chosen": is_chosen,
                    "mark": ("right" if answer.fraction else "other") if shows_mark else "",
                    "feedback": answer.feedback if shows_mark else (),
                }
            )
        return View(
            "quizzes/kinds/choice.html",
            {"options": options, "several": self.several, "rule": self.rule, "is_open": grade is None},
        )


class SingleChoice(_Choice):
    name = "single_choice"
    label = "Single choice"
    several = False
    rule = "Choose one option."

    def _count_fault(self, right: int) -> str:
        return "" if right == 1 else f"Exactly one option must have is_right = true; {right} have it."

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        known = next(answer for answer in variant.answers if answer.value == response[0])
        return Grade(known.fraction, code=known.code)


class MultipleChoice(_Choice):
    name = "multiple_choice"
    label = "Multiple choice"
    several = True
    rule = "Choose every option that holds; there may be several."

    def _count_fault(self, right: int) -> str:
        return "" if right >= 1 else "At least one option must have is_right = true."

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        """Right ones chosen minus others chosen, as a share of the right ones, never below zero."""
        right = {answer.value for answer in variant.answers if answer.fraction}
        hits, misses = len(right & set(response)), len(set(response) - right)
        fraction = max(0, hits - misses) / len(right)
        if hits == len(right) and not misses:
            return Grade(1.0)
        said = []
        if misses:
            said.append(
                f"{misses} of your {len(response)} choices {'does' if misses == 1 else 'do'} not hold."
            )
        if hits < len(right):
            said.append("Not every option that holds is chosen yet.")
        return Grade(fraction, tuple(said))
