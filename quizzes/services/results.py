"""The act of having passed a quiz, noted in its lesson once the learner may know of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from accounts.models import User
from course.models import Act
from course.services import record_act
from quizzes.models import Attempt, Quiz
from quizzes.policies import Release
from quizzes.services.deadlines import GRACE
from quizzes.services.grades import grade_of
from quizzes.services.releases import released

LOOKED_BACK = timedelta(days=1)  # of the worker; after that the learner's next look at the quiz does it


def note_passed(learner: User, quiz: Quiz, now: datetime) -> None:
    """Note that the learner passed, where what counts reaches it and the scores are released; once."""
    attempts = Attempt.objects.for_learner(learner).finished().filter(quiz=quiz)
    _note(list(attempts.select_related("quiz__lesson", "learner")), now)


def note_released(now: datetime) -> int:
    """Note everybody who passed a quiz whose scores waited for its close; how many. The worker asks."""
    closed_at = (now - GRACE - LOOKED_BACK, now - GRACE)
    waited = Attempt.objects.finished().filter(
        quiz__scores_release=Release.CLOSE, quiz__closes_at__range=closed_at, quiz__lesson__isnull=False
    )
    ordered = waited.select_related("quiz__lesson", "learner").order_by("quiz", "learner")
    groups = groupby(ordered, key=lambda one: (one.quiz_id, one.learner_id))
    return sum(_note(list(attempts), now) for _, attempts in groups)


def _note(attempts: Sequence[Attempt], now: datetime) -> bool:
    """Whether the learner of these finished attempts at one quiz passed, and may know it."""
    if not attempts or not released(attempts[0], now).scores:
        return False
    quiz, learner = attempts[0].quiz, attempts[0].learner
    is_passed = quiz is not None and grade_of(quiz, attempts).is_passed
    if quiz is not None and is_passed:
        record_act(learner, quiz.lesson, Act.Name.QUIZ_PASSED)
    return is_passed
