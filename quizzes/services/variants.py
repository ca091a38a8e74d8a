"""Dealing a question to a learner: seeds that nobody can guess, and a variant stored with all its numbers."""

import hmac
import logging

from django.conf import settings

from quizzes.kinds import NoVariantError, Variant, make_variant
from quizzes.models import Answer, Attempt, Question

logger = logging.getLogger(__name__)


def variant_for(question: Question, learner_key: str) -> Variant:
    """The variant of a question for `learner_key`, always the same one. Raises NoVariantError."""
    secret = settings.SECRET_KEY.encode()

    def seed(k: int) -> bytes:
        name = f"quizzes.variant|{learner_key}|{question.pk}|{question.version}|{k}"
        return hmac.digest(secret, name.encode(), "sha256")

    return make_variant(question.rules, question.data, seed)


def deal(attempt: Attempt, question: Question, position: int, number: int = 1) -> Answer | None:
    """An unsaved answer row with its variant; None, and a line in the log, when the question gives none."""
    try:
        variant = variant_for(question, f"{attempt.pk}|{number}")
    except NoVariantError:
        logger.exception("Question %s of quiz %s was left out.", question.slug, question.quiz.slug)
        return None
    return Answer(
        attempt=attempt,
        question=question,
        position=position,
        number=number,
        question_version=question.version,
        kind=question.kind,
        title=question.title,
        prompt_html=question.prompt_html,
        explanation_html=question.explanation_html,
        points_possible=question.points,
        variant=variant.to_json(),
    )
