"""Single and multiple choice: options in an order drawn per learner, each option with feedback of its own.

    shuffle = true
    [[options]]
    text = "…"
    is_right = true
    feedback = "…"

Multiple choice gives partial credit: every right option chosen counts one, every other option chosen takes
one away, never below zero, as a share of the right options there are.
"""

from quizzes.kinds.authoring import Sheet
from quizzes.kinds.contract import Fault, Fields, Grade, JsonObject, Known, Variant, View
from quizzes.kinds.forms import OneForm, option_id, options
from quizzes.kinds.forms.choices import chosen
from quizzes.kinds.random import Pcg32

MOST_OPTIONS = 12


class _Choice(OneForm):
    """What both kinds share: an answer for each option, their order, their page."""

    is_generated = False

    def validate(self, data: JsonObject) -> list[Fault]:
        sheet = Sheet(data)
        sheet.truth("shuffle", True)
        written = sheet.sheets("options", 2, MOST_OPTIONS)
        right = []
        texts = []
        for option in written:
            texts.append(option.text("text"))
            is_right = option.truth("is_right", False)
            right.append(is_right)
            option.text("feedback", is_needed=not is_right)
            option.text("code", is_needed=False)
            option.done()
        if written and len(set(texts)) < len(texts):
            sheet.fault("options", "Two options have the same text. Change one of them.")
        if written and (message := self._count_fault(sum(right))):
            sheet.fault("options", message)
        sheet.done()
        return sheet.faults

    def _count_fault(self, right: int) -> str:
        raise NotImplementedError

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        written = data["options"]
        order = rng.shuffled(written) if data.get("shuffle", True) else written
        return Variant(
            shown={"options": options([o["text"] for o in order])},
            answers=tuple(
                Known(
                    option_id(o["text"]),
                    1.0 if o.get("is_right", False) else 0.0,
                    (o["feedback"],) if o.get("feedback") else (),
                    code=o.get("code", ""),
                )
                for o in written
            ),
        )


class SingleChoice(_Choice):
    name = "single_choice"
    label = "Single choice"
    sample = """\
[[options]]
text = "a weighted sum"
is_right = true
feedback = "Each input times its weight, all added up with the bias."
[[options]]
text = "the largest input"
feedback = "Every input counts, each by its weight."
[[options]]
text = "the number of inputs"
feedback = "It is their values that are added, each times its weight."
"""

    def _count_fault(self, right: int) -> str:
        return "" if right == 1 else f"Exactly one option must be right (is_right = true); {right} are."


class MultipleChoice(_Choice):
    name = "multiple_choice"
    label = "Multiple choice"
    sample = """\
[[options]]
text = "weights"
is_right = true
[[options]]
text = "biases"
is_right = true
[[options]]
text = "inputs"
feedback = "Inputs are data: they come from outside, and training leaves them alone."
"""
    rule = "Choose every option that holds; there may be several."

    def _count_fault(self, right: int) -> str:
        return "" if right >= 1 else "At least one option must have is_right = true."

    def parse(self, variant: Variant, fields: Fields) -> list[str]:
        return chosen(variant, fields, self.rule)

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        """Right ones chosen minus others chosen, as a share of the right ones, never below zero."""
        right = {answer.value for answer in variant.answers if answer.fraction}
        hits, misses = len(right & set(response)), len(set(response) - right)
        fraction = max(0, hits - misses) / len(right)
        if hits == len(right) and not misses:
            return Grade(1.0)
        said = []
        if misses:
            said.append(_missed(misses, len(response)))
        if hits < len(right):
            said.append("Not every option that holds is chosen yet.")
        return Grade(fraction, tuple(said))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        return View(view.template, view.context | {"several": True})


def _missed(misses: int, chosen: int) -> str:
    if chosen == 1:
        return "What you chose does not hold."
    if misses == chosen:
        return f"None of your {chosen} choices holds."
    return f"{misses} of your {chosen} choices {'does' if misses == 1 else 'do'} not hold."
