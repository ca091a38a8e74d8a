"""The dashboard's own cards: where to go on, and what has to be done by when."""

from operator import attrgetter

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from course.models import Course
from course.panels import Deadline, DeadlineProvider, Panel
from course.progress import standings


def courses(user: User) -> list[Panel]:
    """Courses begun, each with the place to go on; for somebody new, where to begin."""
    found = standings(list(Course.objects.published()), user)
    started = [standing for standing in found if standing.is_started]
    fresh = [standing for standing in found if not standing.is_started and standing.total]
    label = "Continue" if started else "Begin"
    return [Panel("continue", label, "course/_courses_panel.html", {"started": started, "fresh": fresh})]


def deadlines(user: User) -> list[Panel]:
    """What every app says has to be done by when, the soonest first; nothing without any."""
    providers: list[DeadlineProvider] = [import_string(name) for name in settings.DEADLINES]
    found: list[Deadline] = sorted(
        (deadline for provider in providers for deadline in provider(user)), key=attrgetter("at")
    )
    if not found:
        return []
    return [Panel("deadlines", "Deadlines", "course/_deadlines_panel.html", {"deadlines": found})]
