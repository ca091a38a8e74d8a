"""Options to choose from, one or several. An option is known by a digest of its text, so that neither its
name nor its place says whether it is right.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from quizzes.kinds.contract import (
    ANSWER,
    Fields,
    FormatError,
    Grade,
    Json,
    JsonObject,
    Variant,
    View,
)
from quizzes.kinds.forms.slips import slips_context
from quizzes.kinds.given import given_context

TEMPLATE = "quizzes/kinds/choice.html"


def option_id(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:10]


def options(texts: Sequence[str]) -> list[JsonObject]:
    """What a variant shows of its options, in this order."""
    return [{"id": option_id(text), "text": text} for text in texts]


def option_set(texts: Iterable[str]) -> str:
    """Several options as the value of one answer."""
    return " ".join(sorted(map(option_id, texts)))


def chosen(variant: Variant, fields: Fields, rule: str) -> list[str]:
    """The options in a response, each once. Raises FormatError for none and for one that is not there."""
    known = {option["id"] for option in variant.shown["options"]}
    found = list(dict.fromkeys(fields.get(ANSWER, ())))
    if any(option not in known for option in found):
        raise FormatError("This option is not one of the question. Choose again, please.")
    if not found:
        raise FormatError(rule)
    return found


def option_text(variant: Variant, option: str) -> str:
    return next((one["text"] for one in variant.shown["options"] if one["id"] == option), option)


class OneForm:
    """One option of several. There is an answer for each: the key, and the others with their feedback."""

    rule = "Choose one option."

    def parse(self, variant: Variant, fields: Fields) -> list[str]:
        found = chosen(variant, fields, self.rule)
        if len(found) > 1:
            raise FormatError("Choose one option only.")
        return found

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        known = next(answer for answer in variant.answers if answer.value == response[0])
        return Grade(known.fraction, code=known.code, title=known.title)

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        picked = set(fields.get(ANSWER, ()))
        known = {answer.value: answer for answer in variant.answers}
        shown_options: list[JsonObject] = []
        for option in variant.shown["options"]:
            answer = known[option["id"]]
            is_chosen = option["id"] in picked
            shows_mark = grade is not None and (is_chosen or is_revealed)
            shown_options.append(
                option
                | {
                    "is_chosen": is_chosen,
                    "mark": ("right" if answer.fraction else "other") if shows_mark else "",
                    "feedback": answer.feedback if shows_mark else (),
                }
            )
        context: JsonObject = {
            "options": shown_options,
            "several": False,
            "rule": self.rule,
            "is_open": grade is None,
        }
        return View(TEMPLATE, given_context(variant.shown) | context)

    def words(self, variant: Variant, value: Json) -> str:
        return option_text(variant, value)


class ManyForm:
    """A set of options. Answers are whole sets, so that a slip is recognized by the set it leads to.

    A set that is not the key earns the share of options, of all in either, that are in both.
    """

    rule = "Choose all of them; there may be several."
    generic = "Go through them one by one once more."

    def parse(self, variant: Variant, fields: Fields) -> list[str]:
        return chosen(variant, fields, self.rule)

    def grade(self, variant: Variant, response: list[str]) -> Grade:
        key, mine = set(variant.key.split()), set(response)
        if mine == key:
            return Grade(1.0)
        fraction = len(key & mine) / len(key | mine)
        for known in variant.answers[1:]:
            if set(known.value.split()) == mine:
                return Grade(fraction, known.feedback, known.code, known.title)
        extra, missing = len(mine - key), len(key - mine)
        counts = [f"{extra} too many"] * bool(extra) + [f"{missing} missing"] * bool(missing)
        return Grade(fraction, (f"Not this set yet: {' and '.join(counts)}.", self.generic))

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        picked = set(fields.get(ANSWER, ()))
        key = set(variant.key.split()) if grade is not None and is_revealed else set()
        shown_options = [
            option
            | {
                "is_chosen": option["id"] in picked,
                "mark": ("right" if option["id"] in key else "other") if key else "",
                "feedback": (),
            }
            for option in variant.shown["options"]
        ]
        context: JsonObject = {
            "options": shown_options,
            "several": True,
            "rule": self.rule,
            "is_open": grade is None,
        }
        if is_revealed:
            context["slips"] = slips_context(variant, grade, self.words)
        return View(TEMPLATE, given_context(variant.shown) | context)

    def words(self, variant: Variant, value: Json) -> str:
        there = set(value.split())
        return ", ".join(one["text"] for one in variant.shown["options"] if one["id"] in there) or "none"
