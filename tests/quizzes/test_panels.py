"""What quizzes show on a lesson and on the dashboard: to a visitor, a beginner, and one who is through."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from course.models import Lesson
from quizzes.models import Attempt, Quiz
from quizzes.panels import dashboard_panels, lesson_panels
from quizzes.services import check, finish, start
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course_content: None) -> Lesson:
    Quiz.objects.all().delete()
    return Lesson.objects.get(slug="layers")


@pytest.fixture
def lesson_quiz(lesson: Lesson, quiz: Quiz, make_question: MakeQuestion) -> Quiz:
    quiz.lesson = lesson
    quiz.save()
    for _ in range(2):
        make_question("short_text", {"answers": ["yes"]})
    return quiz


def pass_quiz(learner: User, quiz: Quiz) -> Attempt:
    attempt = start(learner, quiz, NOW + timedelta(hours=1))
    for answer in attempt.answers.all():
        check(answer, {"answer": ["yes"]}, NOW)
    return finish(attempt, NOW + timedelta(hours=2))


def test_a_lesson_without_a_quiz_gets_no_tab(lesson: Lesson, learner: User) -> None:
    assert lesson_panels(lesson, learner) == []


def test_an_unpublished_quiz_gets_no_tab_but_for_its_author(
    lesson: Lesson, lesson_quiz: Quiz, learner: User, author: User
) -> None:
    lesson_quiz.is_published = False
    lesson_quiz.save()
    assert lesson_panels(lesson, learner) == lesson_panels(lesson, AnonymousUser()) == []
    assert len(lesson_panels(lesson, author)) == 1


def test_the_tab_follows_the_learner(lesson: Lesson, lesson_quiz: Quiz, learner: User) -> None:
    def seen() -> tuple[str, bool | None]:
        (panel,) = lesson_panels(lesson, learner)
        return panel.badge, panel.is_done

    (visitor,) = lesson_panels(lesson, AnonymousUser())
    assert (visitor.tab, visitor.label, visitor.badge, visitor.is_done) == ("quiz", "Quiz", "", None)
    assert seen() == ("", False)
    attempt = start(learner, lesson_quiz, NOW)
    check(attempt.answers.all()[0], {"answer": ["yes"]}, NOW)
    assert seen() == ("1 of 2", False)
    finish(attempt, NOW)
    assert seen() == ("1 of 2", False)
    pass_quiz(learner, lesson_quiz)
    assert seen() == ("2 of 2", True)


def test_the_tab_on_the_page(
    client: Client, learner_client: Client, learner: User, lesson_quiz: Quiz
) -> None:
    def tab(visitor: Client) -> str:
        return visitor.get("/courses/neural-networks/layers/?tab=quiz").content.decode()

    assert "Try the first question" in tab(client)
    assert "Open the quiz" in tab(learner_client)
    start(learner, lesson_quiz, NOW)
    assert "Continue the quiz" in tab(learner_client)
    pass_quiz(learner, lesson_quiz)
    assert "Your latest attempt: 2 of 2 points." in tab(learner_client)


def test_the_dashboard_names_what_waits(learner_client: Client, learner: User, lesson_quiz: Quiz) -> None:
    assert dashboard_panels(learner) == []
    pass_quiz(learner, lesson_quiz)
    attempt = start(learner, lesson_quiz, NOW)
    (panel,) = dashboard_panels(learner)
    assert panel.context["open_attempts"] == [attempt]
    text = learner_client.get("/dashboard/").content.decode()
    assert "Continue where you are" in text
    assert "2 of 2 points" in text
