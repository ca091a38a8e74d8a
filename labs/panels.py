"""What labs shows on a lesson and on the dashboard: its challenges, and where the learner stands in them."""

from accounts.models import User
from course.models import Lesson
from course.panels import Panel, Visitor
from labs.models import Challenge, Submission
from labs.standing import standings


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """The lesson's challenges, below its text."""
    challenges = list(Challenge.objects.visible_to(user).filter(lesson=lesson))
    if not challenges:
        return []
    shown = standings(challenges, user)
    return [
        Panel(
            tab="text",
            label="Build it",
            template="labs/_lesson_panel.html",
            context={"standings": shown},
            is_done=any(standing.is_passed for standing in shown),
        )
    ]


def dashboard_panels(user: User) -> list[Panel]:
    """The learner's latest submissions."""
    latest = list(Submission.objects.for_learner(user).select_related("challenge")[:5])
    if not latest:
        return []
    passed = Submission.objects.for_learner(user).passed().values("challenge").distinct().count()
    return [
        Panel(
            tab="submissions",
            label="Your submissions",
            template="labs/_dashboard_panel.html",
            context={"submissions": latest},
            badge=f"{passed} passed",
        )
    ]
