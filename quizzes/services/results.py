"""What becomes of a result once the learner may know it: the act of having passed its quiz.

What the memory of skills makes of it is `memory.remember_released`.
"""

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

LOOKED_BACK = timedelta(hours=1)  # of the worker; after that the learner's next look at the quiz does it


def note_result(learner: User, quiz: Quiz, now: datetime) -> None:
    """Note what the learner's finished attempts come to, if their scores are released; twice is as once."""
    attempts = Attempt.objects.for_learner(learner).finished().filter(quiz=quiz)
    _note(list(attempts.select_related("quiz__lesson", "learner")), now)


def note_released(now: datetime) -> int:
    """The same for everybody whose scores waited for the close of a quiz; for how many. The worker asks."""
    closed_at = (now - GRACE - LOOKED_BACK, now - GRACE)
    waited = Attempt.objects.finished().filter(
        quiz__scores_release=Release.CLOSE, quiz__closes_at__range=closed_at
    )
    ordered = waited.select_related("quiz__lesson", "learner").order_by("quiz", "learner")
    groups = groupby(ordered, key=lambda one: (one.quiz_id, one.learner_id))
    return sum(_note(list(attempts), now) for _, attempts in groups)


def _note(attempts: Sequence[Attempt], now: datetime) -> bool:
    """For the finished attempts of one learner at one quiz; whether there was something to note."""
    quiz = attempts[0].quiz if attempts else None
    if quiz is None or not released(attempts[0], now).scores:
        return False
    if grade_of(quiz, attempts).is_passed:
        record_act(attempts[0].learner, quiz.lesson, Act.Name.QUIZ_PASSED)
    return True
