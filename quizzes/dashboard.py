"""What quizzes show on a learner's dashboard, one provider for each card: settings name and order them."""

from django.utils import timezone

from accounts.models import User
from course.panels import Deadline, Panel
from quizzes.models import Attempt, Quiz
from quizzes.reviewing import queue_of
from quizzes.services import calibration_of, deadline_of, misconceptions_of, skills_of
from quizzes.sureness_pages import chart_of, is_few


def reviews(user: User) -> list[Panel]:
    """What is due, or when something is."""
    queue = queue_of(user, timezone.now())
    badge = str(queue.count) if queue.count else ""
    return [Panel("reviews", "Reviews", "quizzes/dashboard/_reviews.html", {"queue": queue}, badge)]


def deadlines(user: User) -> list[Deadline]:
    """When open attempts run out, and when quizzes of lessons begun, or attempted, close."""
    now = timezone.now()
    open_ = Attempt.objects.for_learner(user).open().of_quizzes().select_related("quiz")
    ends = [(attempt, deadline_of(attempt)) for attempt in open_]
    running = [
        Deadline(f"Your attempt at {attempt.title} ends", attempt.get_absolute_url(), end)
        for attempt, end in ends
        if end is not None and end > now
    ]
    closing = Quiz.objects.published().filter(lesson__progress__learner=user, closes_at__gt=now)
    begun = {attempt.quiz_id for attempt, _ in ends}
    return running + [
        Deadline(f"{quiz.title} closes", quiz.get_absolute_url(), quiz.closes_at)
        for quiz in closing
        if quiz.closes_at is not None and quiz.pk not in begun
    ]


def skills(user: User) -> list[Panel]:
    """Every skill met, with its word, its last results and the recall predicted."""
    found = skills_of(user, timezone.now())
    if not found:
        return []
    return [Panel("skills", "Skills", "quizzes/dashboard/_skills.html", {"skills": found})]


def misconceptions(user: User) -> list[Panel]:
    """What is mixed up still, and what no longer is."""
    found = misconceptions_of(user, timezone.now())
    if not found:
        return []
    context = {
        "active": [one for one in found if one.is_active],
        "fixed": [one for one in found if not one.is_active],
    }
    template = "quizzes/dashboard/_misconceptions.html"
    return [Panel("misconceptions", "Mix-ups", template, context)]


def calibration(user: User) -> list[Panel]:
    """How sure, and how often right."""
    found = calibration_of(user, timezone.now())
    if not any(one.n for one in found):
        return []
    context = {"chart": chart_of(found), "few": is_few(found), "uid": "sure"}
    return [Panel("certainty", "Certainty", "quizzes/_calibration.html", context)]
