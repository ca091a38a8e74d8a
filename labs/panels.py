"""What labs shows on a lesson and on the dashboard: its challenges, and where the learner stands in them."""

from django.utils import timezone

from accounts.models import User
from course.models import Lesson
from course.panels import Deadline, Panel, Visitor
from labs.allowance import Allowance, allowances
from labs.models import Challenge, Submission
from labs.standing import standings


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """The lesson's challenges, below its text."""
    challenges = list(Challenge.objects.visible_to(user).filter(lesson=lesson))
    if not challenges and lesson.network_id is None:
        return []
    shown = standings(challenges, user)
    return [
        Panel(
            tab="text",
            label="Build it",
            template="labs/_lesson_panel.html",
            context={"standings": shown, "lesson": lesson},
            is_done=any(standing.is_passed for standing in shown) if shown else None,
        )
    ]


def dashboard_panels(user: User) -> list[Panel]:
    """The challenges that the learner has tried."""
    tried = Submission.objects.for_learner(user).values("challenge")
    shown = standings(Challenge.objects.filter(pk__in=tried), user)
    if not shown:
        return []
    passed = sum(standing.is_passed for standing in shown)
    return [
        Panel(
            tab="challenges",
            label="Challenges",
            template="labs/_dashboard_panel.html",
            context={"standings": shown},
            badge=f"{passed} of {len(shown)} passed",
        )
    ]


def deadlines(user: User) -> list[Deadline]:
    """When challenges close that the learner has met, has not passed and may still try."""
    now = timezone.now()
    challenges = list(Challenge.objects.to_do_for(user, now))
    allowed = allowances(challenges, user, now)
    return [
        Deadline(
            _closing(challenge, allowed[challenge.pk]), challenge.get_absolute_url(), challenge.closes_at
        )
        for challenge in challenges
        if challenge.closes_at is not None and not allowed[challenge.pk].is_used_up
    ]


def _closing(challenge: Challenge, allowance: Allowance) -> str:
    left = f" ({allowance.told})" if allowance.told else ""
    return f"The challenge “{challenge.title}” closes{left}"
