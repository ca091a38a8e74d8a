"""From when a learner may see the scores, the feedback and the right answers of an attempt.

Pages, the lesson's tab, the dashboard, the export and the progress in the course all ask here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from quizzes.models import Attempt, Quiz
from quizzes.policies import Release
from quizzes.services.deadlines import GRACE


@dataclass(frozen=True)
class Released:
    """What is released of an attempt now. Feedback and keys tell the scores, so they never come before."""

    scores: bool
    feedback: bool
    keys: bool


def released(attempt: Attempt, now: datetime) -> Released:
    """What the learner of the attempt may see. One query where its quiz is not at hand."""
    quiz = attempt.quiz
    if quiz is None:  # practice and reviews hide nothing
        return Released(True, True, True)
    has_scores = _is_released(attempt, quiz.scores_release, now)
    return Released(
        scores=has_scores,
        feedback=has_scores and _is_released(attempt, quiz.feedback_release, now),
        keys=has_scores and _is_released(attempt, quiz.keys_release, now),
    )


def _is_released(attempt: Attempt, release: str, now: datetime) -> bool:
    match Release(release):
        case Release.NOW:
            return True
        case Release.FINISH:
            return not attempt.is_open
        case Release.CLOSE:
            return not attempt.is_open and attempt.quiz is not None and has_closed(attempt.quiz, now)
        case Release.NEVER:
            return False


def has_closed(quiz: Quiz, now: datetime) -> bool:
    """Whether the quiz has closed and nobody's answer can still be on its way."""
    return quiz.closes_at is not None and now > quiz.closes_at + GRACE


def with_scores(now: datetime) -> Q:
    """Picks the answers whose scores are released, for what is told over many attempts."""
    return _picks("scores_release", now)


def with_feedback(now: datetime) -> Q:
    """Picks the answers whose scores and feedback are released."""
    return _picks("scores_release", now) & _picks("feedback_release", now)


def _picks(rule: str, now: datetime) -> Q:
    rule = f"attempt__quiz__{rule}"
    is_finished = Q(attempt__status=Attempt.Status.FINISHED)
    has_closed = Q(attempt__quiz__closes_at__lt=now - GRACE)
    return (
        Q(attempt__quiz=None)
        | Q((rule, Release.NOW))
        | Q((rule, Release.FINISH)) & is_finished
        | Q((rule, Release.CLOSE)) & is_finished & has_closed
    )
