"""What happens to course rows: acts are recorded, lessons rendered, progress counted."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from course.models import Act, Lesson

Visitor: TypeAlias = User | AnonymousUser


def record_act(user: Visitor, lesson: Lesson | None, act: str) -> None:
    """Note that the learner did `act` (a value of Act.Name) in the lesson; again is the same as once.

    Visitors without an account and work outside a lesson leave no trace. An unknown act is a ValueError.
    """
    name = Act.Name(act)
    if lesson is not None and isinstance(user, User):
        Act.objects.get_or_create(learner=user, lesson=lesson, name=name)
