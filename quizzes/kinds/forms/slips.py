"""The table of slips beside a released key: what each leads to, and which was the learner's."""

from collections.abc import Callable

from quizzes.kinds.contract import Grade, Json, JsonObject, Variant


def slips_context(
    variant: Variant, grade: Grade | None, words: Callable[[Variant, Json], str]
) -> list[JsonObject]:
    return [
        {
            "title": known.title,
            "value": words(variant, known.value),
            "is_mine": grade is not None and grade.feedback == known.feedback,
        }
        for known in variant.answers
        if known.title
    ]
