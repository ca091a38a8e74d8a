"""The contract by which other apps show something on a lesson or on the dashboard; course knows none of them.

settings.LESSON_PANELS and settings.DASHBOARD_PANELS name the providers; each gives a list of panels. Those of
settings.DEADLINES give what has to be done by when, which the dashboard shows as one list.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from accounts.models import User
from course.models import Lesson

Visitor: TypeAlias = User | AnonymousUser


@dataclass(frozen=True)
class Panel:
    """One contribution: where it belongs, what its tab says, and the fragment that shows it."""

    # On a lesson "text" (below the text), "quiz" or "resources"; on the dashboard a name for the section.
    tab: str
    label: str  # what the tab or the section is called
    template: str  # a fragment, rendered with `context` on top of the page's own
    context: Mapping[str, Any] = field(default_factory=dict)
    badge: str = ""  # small text beside the label, such as "2 of 6"
    is_done: bool | None = None  # None: nothing here to be done


@dataclass(frozen=True)
class Deadline:
    """Something a learner has to do by a time, as a sentence without its time, and where to do it."""

    title: str
    url: str
    at: datetime


LessonProvider: TypeAlias = Callable[[Lesson, Visitor], list[Panel]]
DashboardProvider: TypeAlias = Callable[[User], list[Panel]]
DeadlineProvider: TypeAlias = Callable[[User], list[Deadline]]
LOST = "course/_panel_lost.html"

logger = logging.getLogger(__name__)


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """Every contribution to this lesson's page for this visitor, in the order of the settings."""
    providers: list[LessonProvider] = [import_string(name) for name in settings.LESSON_PANELS]
    return [panel for provider in providers for panel in provider(lesson, user)]


def dashboard_panels(user: User) -> list[Panel]:
    """Every contribution to this learner's dashboard, in the order of the settings.

    The names map to what stands as the heading of one that fails: the others are shown all the same.
    """
    return [panel for name, label in settings.DASHBOARD_PANELS.items() for panel in _safe(name, label, user)]


def _safe(name: str, label: str, user: User) -> list[Panel]:
    provider: DashboardProvider = import_string(name)
    try:
        return provider(user)
    except Exception:
        logger.exception("The card %s of the dashboard could not be made.", name)
        return [Panel(name.replace(".", "-"), label, LOST)]
