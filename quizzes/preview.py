"""A question tried out by its author: any seed, any response, nothing stored."""

from typing import Any

from django.http import QueryDict

from quizzes.forms import typed_fields
from quizzes.kinds import FormatError, Grade, Kind, NoVariantError, Variant
from quizzes.models import Question
from quizzes.services.variants import seeded_variant

LAST_SEED = 9_999


def recognized(rules: Kind, variant: Variant) -> list[dict[str, Any]]:
    """The answers of a variant as an author reads them."""
    return [
        {
            "text": rules.words(variant, one.value),
            "title": one.title,
            "code": one.code,
            "feedback": one.feedback,
            "fraction": one.fraction,
        }
        for one in variant.answers
    ]


def preview(question: Question, query: QueryDict) -> dict[str, Any]:
    """What `quizzes/preview.html` shows for the seed and the response in the query."""
    text = query.get("seed", "1")
    seed = min(int(text), LAST_SEED) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    context: dict[str, Any] = {"seed": seed, "next_seed": seed % LAST_SEED + 1}
    rules = question.rules
    faults = rules.validate(question.data)
    if faults:
        return context | {"faults": [str(fault) for fault in faults]}
    try:
        variant = seeded_variant(question, seed)
    except NoVariantError as error:
        return context | {"faults": [str(error)]}
    fields = typed_fields(query)
    grade: Grade | None = None
    if "answer" in query:
        try:
            grade = rules.grade(variant, rules.parse(variant, fields))
        except FormatError as error:
            context["problem"] = str(error)
    return context | {
        "open": rules.view(variant, fields, None, False),
        "graded": rules.view(variant, fields, grade, True) if grade else None,
        "grade": grade,
        "percent": 100 * grade.fraction if grade else 0,
        "answers": recognized(rules, variant),
        "tolerance": variant.tolerance,
        "steps": variant.steps,
        "hints": variant.hints,
    }
