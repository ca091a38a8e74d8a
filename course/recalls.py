"""Two questions from earlier lessons at the end of a lesson: remembering again, later, is what makes it last.

The same learner sees the same two all day, and others the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from accounts.models import User
from course.markdown import recalls
from course.models import Lesson
from course.panels import Visitor
from course.progress import CourseStanding

ASKED = 2


@dataclass(frozen=True)
class Recalled:
    """A question, folded, and the lesson it comes from."""

    lesson: Lesson
    html: str


def earlier_recalls(standing: CourseStanding, lesson: Lesson, user: Visitor, today: date) -> list[Recalled]:
    """Questions of lessons before this one, for a learner of those that they have opened. One query."""
    mix = _mixer(f"{user.pk if isinstance(user, User) else 'visitor'} {today}")
    place = standing.place(lesson) or 0
    before = [item for item in standing.lessons if item.number < place]
    if isinstance(user, User):
        before = [item for item in before if item.visit]
    chosen = sorted((item.lesson for item in before), key=lambda one: mix(one.slug))[:ASKED]
    texts = dict(Lesson.objects.filter(pk__in=[one.pk for one in chosen]).values_list("pk", "html"))
    found = [
        (turn, Recalled(one, html))
        for one in chosen
        for turn, html in enumerate(sorted(recalls(texts[one.pk]), key=mix))
    ]
    return [recalled for _, recalled in sorted(found, key=lambda pair: pair[0])[:ASKED]]


def _mixer(salt: str) -> Callable[[str], str]:
    return lambda text: sha256(f"{salt} {text}".encode()).hexdigest()
