"""Dealing a question to a learner: seeds that nobody can guess, and a variant stored with all its numbers."""

import hashlib
import hmac
import json
import logging
from collections.abc import Container
from uuid import UUID

from django.conf import settings

from quizzes.kinds import Kind, NoVariantError, Variant, make_variant
from quizzes.kinds.random import Pcg32
from quizzes.kinds.variants import Seed
from quizzes.models import Answer, Attempt, Question

logger = logging.getLogger(__name__)
DRAWS = 8  # of a set for practice, before a variant is asked twice


def seed_of(question: Question, key: str) -> Seed:
    """The bytes of each try for `key`, a learner's or an author's."""

    def seed(k: int) -> bytes:
        return _digest(f"quizzes.variant|{key}|{question.pk}|{question.stream}|{k}")

    return seed


def practice_keys(attempt: UUID, position: int, number: int) -> list[str]:
    """What the numbers of a practice answer are drawn from: the first that gives something new is asked."""
    return [f"{attempt}|{position}|{number}|{k}" for k in range(DRAWS)]


def author_seed(question: Question, seed: int) -> Seed:
    """The bytes of each try for a seed that its author sees as a number."""
    return seed_of(question, f"preview|{seed}")


def variant_for(question: Question, learner_key: str) -> Variant:
    """The variant of a question for `learner_key`, always the same one. Raises NoVariantError."""
    return make_variant(question.rules, question.data, seed_of(question, learner_key))


def seeded_variant(question: Question, seed: int) -> Variant:
    """The variant that an author sees under this seed. Raises NoVariantError."""
    return make_variant(question.rules, question.data, author_seed(question, seed))


def deal(
    attempt: Attempt, question: Question, position: int, number: int = 1, *, avoid: Container[str] = ()
) -> Answer | None:
    """An unsaved answer row with its variant; None, and a line in the log, when the question gives none.

    `avoid` names variants that a set for practice has already; a question with few variants may repeat one.
    """
    try:
        variant = _dealt(attempt, question, position, number, avoid)
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
        variant_name=name_of(question.rules, question.pk, variant),
        could_show=codes_of(variant),
    )


def name_of(rules: Kind, question: int, variant: Variant) -> str:
    """What tells a question's variants apart; options in another order make no other variant.

    A written question has one variant, however often its author mends the words.
    """
    asked: object = question
    if rules.is_generated:
        shown = dict(variant.shown)
        if "options" in shown:
            shown["options"] = sorted(shown["options"], key=str)
        asked = [question, shown]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]


def codes_of(variant: Variant) -> list[str]:
    """The misconceptions that an answer to this variant can show."""
    return sorted({known.code for known in variant.answers if known.code and known.fraction < 1})


def _dealt(
    attempt: Attempt, question: Question, position: int, number: int, avoid: Container[str]
) -> Variant:
    """For practice something new. In a quiz out of the approved seeds where there are any: in an order of the
    attempt's own, one for each try."""
    if attempt.quiz_id is None:
        for key in practice_keys(attempt.pk, position, number):
            variant = variant_for(question, key)
            if name_of(question.rules, question.pk, variant) not in avoid:
                break
        return variant
    if not question.approved_seeds:
        return variant_for(question, f"{attempt.pk}|{number}")
    digest = _digest(f"quizzes.approved|{attempt.pk}|{question.pk}")
    order = Pcg32.from_bytes(digest).shuffled(question.approved_seeds)
    return seeded_variant(question, order[(number - 1) % len(order)])


def _digest(name: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), name.encode(), "sha256")
