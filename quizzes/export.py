"""What quizzes know of one person, as plain data: attempts with answers and grades, extra time, and what is
predicted of their memory."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from quizzes.models import Accommodation, Answer, Attempt, Card, QuestionImport
from quizzes.services import Released, released


def account_export(user: User) -> dict[str, Any]:
    attempts = Attempt.objects.for_learner(user).select_related("quiz").prefetch_related("answers")
    cards = Card.objects.for_learner(user).select_related("skill").prefetch_related("reviews")
    return {
        "attempts": [_attempt(attempt, timezone.now()) for attempt in attempts],
        "files_brought": [
            {"file": one.file_name, "brought": one.created_at, "state": one.state, "text": one.text}
            for one in QuestionImport.objects.for_author(user)
        ],
        "extra_time": [_extra_time(one) for one in user.accommodations.select_related("quiz")],
        "skills_remembered": [_card(card) for card in cards],
    }


def _extra_time(accommodation: Accommodation) -> dict[str, Any]:
    return {
        "quiz": accommodation.quiz.slug if accommodation.quiz else "every quiz",
        "time_factor": float(accommodation.time_factor),
        "extra_minutes": accommodation.extra_minutes,
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "skill": card.skill.slug,
        "stability_days": card.stability,
        "difficulty": card.difficulty,
        "due": card.due_at,
        "reviews": [
            {"when": one.reviewed_at, "rating": one.get_rating_display(), "predicted_recall": one.predicted}
            for one in card.reviews.all()
        ],
    }


def _attempt(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """Scores and feedback that are not released are None here too."""
    out = released(attempt, now)
    return {
        "purpose": attempt.purpose,
        "quiz": attempt.quiz.slug if attempt.quiz is not None else "",
        "status": attempt.status,
        "started": attempt.started_at,
        "deadline": attempt.deadline,
        "finished": attempt.finished_at,
        "points": attempt.points if out.scores else None,
        "points_possible": attempt.points_possible,
        "answers": [
            _answer(answer, out) for answer in attempt.answers.all() if not _is_ahead(attempt, answer)
        ],
    }


def _is_ahead(attempt: Attempt, answer: Answer) -> bool:
    """Whether it belongs to a question that the learner has not come to."""
    is_in_turn = attempt.is_open and attempt.is_sequential
    return is_in_turn and answer.position > (attempt.position_in_turn() or answer.position)


def _answer(answer: Answer, out: Released) -> dict[str, Any]:
    return {
        "question": answer.title,
        "try": answer.number,
        "asked": answer.asked.shown,
        "response": answer.fields,
        "saved": answer.saved_at,
        "from_other_tabs": [other["fields"] for other in answer.others],
        "hints_opened": answer.hints_shown,
        "flagged": answer.is_flagged,
        "certainty": answer.certainty,
        "state": answer.state if out.scores or answer.is_open else None,
        "points": answer.points if out.scores else None,
        "feedback": answer.feedback if out.feedback else None,
    }
