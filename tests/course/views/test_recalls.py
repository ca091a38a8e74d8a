"""A lesson ends with two questions of earlier ones: the same all day, others tomorrow, each learner's own."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from course.models import Course, Lesson, Progress
from course.progress import standings
from course.recalls import Recalled, earlier_recalls
from tests.course.views.test_pages import text_of

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _course(course_content: None) -> None:
    """Every test asks from the shipped course."""


@pytest.fixture
def lessons() -> list[Lesson]:
    return list(Lesson.objects.published().in_order())


def asked(lesson: Lesson, user: User, day: date = TODAY) -> list[Recalled]:
    [standing] = standings([Course.objects.get()], user)
    return earlier_recalls(standing, lesson, user, day)


def opened(user: User, *lessons: Lesson) -> None:
    now = timezone.now()
    Progress.objects.bulk_create(
        Progress(learner=user, lesson=lesson, opened_at=now, updates_seen_at=now) for lesson in lessons
    )


def test_two_questions_of_two_lessons_that_the_learner_opened(learner: User, lessons: list[Lesson]) -> None:
    opened(learner, *lessons[1:])
    for place, lesson in enumerate(lessons[3:], start=3):
        found = asked(lesson, learner)
        assert len({recalled.lesson for recalled in found}) == len(found) == 2
        assert all(recalled.lesson in lessons[1:place] for recalled in found)
        assert all(recalled.html.startswith('<details class="recall">') for recalled in found)


def test_they_stay_for_a_day_and_are_each_learner_s_own(
    learner: User, other_learner: User, lessons: list[Lesson]
) -> None:
    opened(learner, *lessons)
    opened(other_learner, *lessons)
    days = [TODAY + timedelta(days=n) for n in range(8)]
    mine = [asked(lessons[-1], learner, day) for day in days]
    assert mine == [asked(lessons[-1], learner, day) for day in days]
    assert len({tuple(one.html for one in found) for found in mine}) > 2
    assert mine != [asked(lessons[-1], other_learner, day) for day in days]


def test_one_earlier_lesson_gives_both(learner: User, lessons: list[Lesson]) -> None:
    opened(learner, lessons[2])
    found = asked(lessons[-1], learner)
    assert [recalled.lesson for recalled in found] == [lessons[2], lessons[2]]
    assert found[0].html != found[1].html


def test_on_the_page(client: Client, learner_client: Client, lessons: list[Lesson]) -> None:
    first, *_, last = lessons
    assert "From earlier lessons" in text_of(client, last.get_absolute_url())
    assert "From earlier lessons" not in text_of(client, first.get_absolute_url())
    assert "From earlier lessons" not in text_of(learner_client, last.get_absolute_url())
    assert "From earlier lessons" not in text_of(client, f"{last.get_absolute_url()}?tab=updates")
