"""The contract by which other apps show something on a lesson or on the dashboard; course knows none of them.

settings.LESSON_PANELS and settings.DASHBOARD_PANELS name the providers; each gives a list of panels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


LessonProvider: TypeAlias = Callable[[Lesson, Visitor], list[Panel]]
DashboardProvider: TypeAlias = Callable[[User], list[Panel]]


def lesson_panels(lesson: Lesson, user: Visitor) -> list[Panel]:
    """Every contribution to this lesson's page for this visitor, in the order of the settings."""
    providers: list[LessonProvider] = [import_string(name) for name in settings.LESSON_PANELS]
    return [panel for provider in providers for panel in provider(lesson, user)]


def dashboard_panels(user: User) -> list[Panel]:
    """Every contribution to this learner's dashboard, in the order of the settings."""
    providers: list[DashboardProvider] = [import_string(name) for name in settings.DASHBOARD_PANELS]
    return [panel for provider in providers for panel in provider(user)]
