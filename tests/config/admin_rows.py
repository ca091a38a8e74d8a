"""One row of every model that the admin shows, small and made by the services that make them for people."""

from datetime import UTC, datetime
from random import Random

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import Group
from django.db.models import Model
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from course.models import (
    Act,
    Chapter,
    ContentRecord,
    Course,
    CourseNetwork,
    Lesson,
    Prediction,
    Progress,
    Revision,
    Skill,
    Term,
)
from course.services import save_lesson, save_network
from course.shelves import LessonShelf
from engine.playground import Settings
from engine.playground import start as start_run
from labs import long_runs, rejudging, showing
from labs.models import Challenge, Criterion, Draft, Solution
from labs.playground.addresses import write
from quizzes import importing, regrading
from quizzes.models import Accommodation, Card, Question, Quiz, Review
from quizzes.services import check, finish, save_question, save_quiz, start
from tests.course.figures.networks import ANIMALS_JSON
from tests.course.videos import give_video
from tests.labs.conftest import GOOD
from tests.labs.test_board import passed

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def rows(person: User, operator: User) -> dict[str, Model]:
    """Rows by the label of their model, as `quizzes.quiz`, and the draft of an import."""
    made: list[Model] = [Group.objects.create(name="Odd"), person]
    made += _course(person) + _visits(person, operator)
    lesson = next(one for one in made if isinstance(one, Lesson))
    made += _quiz(person, operator, lesson) + _labs(person, operator)
    return {one._meta.label_lower: one for one in made}


def _course(person: User) -> list[Model]:
    course = Course.objects.create(slug="odd", title="Odd", outcome="o", is_published=True)
    chapter = Chapter.objects.create(course=course, slug="one", title="One")
    skill = Skill.objects.create(course=course, slug="sums", title="Sums")
    Term.objects.create(course=course, slug="layer", title="layer", meaning="Neurons side by side.")
    network = CourseNetwork(course=course, slug="odd-animals", document=ANIMALS_JSON)
    save_network(network)
    lesson = Lesson(course=course, chapter=chapter, slug="odd", title="Odd", summary="s", text="Words.")
    save_lesson(lesson)
    Revision.objects.create(lesson=lesson, date=NOW.date(), change="New.")
    give_video(lesson)
    values = dict(LessonShelf().values(lesson))
    of = {"learner": person, "lesson": lesson}
    return [
        course,
        chapter,
        skill,
        network,
        lesson,
        Act.objects.create(**of, name=Act.Name.TEXT_READ),
        Progress.objects.create(**of, opened_at=NOW, updates_seen_at=NOW),
        Prediction.objects.create(**of, question="q", choice="c", sureness="fairly"),
        ContentRecord.objects.create(
            kind="course.lesson", key="odd/odd", values=values, offered={**values, "title": "Odder"}
        ),
    ]


def _visits(person: User, operator: User) -> list[Model]:
    seen = {"ip_address": "192.0.2.1", "username": person.username, "path_info": "/", "user_agent": "x"}
    return [
        AccessAttempt.objects.create(**seen, get_data="", post_data="", failures_since_start=1),
        AccessLog.objects.create(**seen),
        AccessFailureLog.objects.create(**seen),
        DBTaskResult.objects.create(
            task_path="accounts.tasks.send_welcome",
            args_kwargs={"args": [1, ""], "kwargs": {}},
            backend_name="default",
        ),
    ]


def _quiz(person: User, operator: User, lesson: Lesson) -> list[Model]:
    quiz = Quiz(slug="odd", title="Odd", is_published=True, lesson=lesson)
    save_quiz(quiz)
    drawn = Question(quiz=quiz, slug="drawn", kind="parameter_count", title="D", prompt="How many?", data={})
    typed = Question(
        quiz=quiz, slug="typed", kind="short_text", title="T", prompt="Which?", data={"answers": ["relu"]}
    )
    for question in (drawn, typed):
        save_question(question)
    attempt = start(person, quiz, NOW)
    answer = attempt.answers.get(kind="short_text")
    check(answer, {"answer": ["tanh"]}, NOW)
    finish(attempt, NOW)
    card = Card.objects.create(learner=person, skill=Skill.objects.get(slug="sums", course=lesson.course))
    return [
        quiz,
        drawn,
        attempt,
        answer,
        card,
        Review.objects.create(card=card, answer=answer, rating=3, reviewed_at=NOW),
        Accommodation.objects.create(learner=person, quiz=quiz, extra_minutes=5),
        regrading.start(
            quiz, typed, "key", "Odd.", operator, never_lower=False, now=NOW, enqueue=lambda one: None
        ),
        importing.receive(operator, "odd.gift", b"::Sum::What is it? {=a sum}\n", "gift", NOW),
    ]


def _labs(person: User, operator: User) -> list[Model]:
    challenge = Challenge.objects.create(
        slug="odd", title="Odd", summary="s", starter="x", is_published=True, board="passed"
    )
    Criterion.objects.create(challenge=challenge, order=1, kind="parameters", settings="at_most = 124")
    Solution.objects.create(challenge=challenge, title="Reference", source=GOOD)
    submission = passed(person, challenge)
    run = start_run(Settings(hidden=(2,), share=10))
    return [
        challenge,
        submission,
        showing.show(submission, "Odd Otter", Random(1)),
        Draft.objects.create(learner=person, title="Odd", source=GOOD),
        rejudging.start(challenge, operator, never_lower=False, now=NOW, enqueue=lambda *_: None),
        long_runs.start(person, run, write(run.settings), 9, now=NOW, enqueue=lambda one: None),
    ]
