"""When a quiz is open, and by which password: at every boundary, on every page that says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from course.models import Act, Lesson
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import (
    GRACE,
    NoAttemptError,
    PasswordError,
    deadline_of,
    finish,
    finish_overdue,
    save,
    start,
)
from tests.quizzes.conftest import NOW, right_fields

pytestmark = [pytest.mark.django_db, pytest.mark.data]

OPENS = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture
def dated(quiz: Quiz, questions: list[Question]) -> Quiz:
    quiz.opens_at, quiz.closes_at = OPENS, CLOSES
    quiz.save()
    return quiz


@pytest.mark.parametrize(
    ("now", "can_start"),
    [
        (OPENS - MILLISECOND, False),
        (OPENS, True),
        (CLOSES - MILLISECOND, True),
        (CLOSES, False),
        (CLOSES + timedelta(days=400), False),
    ],
)
def test_an_attempt_starts_only_while_the_quiz_is_open(
    dated: Quiz, learner: User, now: datetime, can_start: bool
) -> None:
    if can_start:
        assert start(learner, dated, now).is_open
        return
    with pytest.raises(NoAttemptError):
        start(learner, dated, now)
    assert not Attempt.objects.exists()


def test_a_stale_quiz_does_not_start_after_its_close(dated: Quiz, learner: User) -> None:
    """The caller read the quiz before its author closed it."""
    Quiz.objects.update(closes_at=NOW)
    with pytest.raises(NoAttemptError):
        start(learner, dated, OPENS)
    assert not Attempt.objects.exists()


def test_the_close_ends_an_attempt_with_what_was_saved(dated: Quiz, learner: User) -> None:
    attempt = start(learner, dated, CLOSES - timedelta(minutes=1))
    for answer in attempt.answers.all():
        save(answer, right_fields(answer), CLOSES + GRACE)
    assert deadline_of(attempt) == CLOSES
    assert finish_overdue(CLOSES + GRACE) == 0
    assert finish_overdue(CLOSES + GRACE + MILLISECOND) == 1
    attempt.refresh_from_db()
    assert (attempt.finished_at, attempt.points) == (CLOSES, 5)


def test_a_time_limit_ends_before_the_close_and_never_after_it(dated: Quiz, learner: User) -> None:
    dated.time_limit = 30
    dated.save()
    early, late = CLOSES - timedelta(hours=1), CLOSES - timedelta(minutes=10)
    assert deadline_of(finish(start(learner, dated, early), early)) == early + timedelta(minutes=30)
    assert deadline_of(start(learner, dated, late)) == CLOSES


def page(client: Client, address: str = "/quizzes/small/") -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_before_the_opening_the_page_says_when_and_not_what(
    dated: Quiz, learner: User, learner_client: Client, client: Client, zone: str
) -> None:
    User.objects.filter(pk=learner.pk).update(time_zone=zone)
    with time_machine.travel(OPENS - MILLISECOND, tick=False):
        text = page(learner_client)
        said = {"UTC": "20 November 2026, 07:00 UTC", "Asia/Tokyo": "20 November 2026, 16:00 JST"}[zone]
        assert said in text
        assert "This quiz opens on <time" in text
        for seen in (text, page(client)):
            assert "Title" not in seen
            assert "questions</em>" not in seen
            assert "Prompt" not in seen
            assert '<form method="post" class="part"' not in seen
        response = learner_client.post("/quizzes/small/")
        assert response.status_code == 409
        assert "Title" not in response.content.decode()


def test_at_the_opening_it_can_be_started(dated: Quiz, learner_client: Client) -> None:
    with time_machine.travel(OPENS, tick=False):
        text = page(learner_client)
        assert "Open until <time" in text
        assert "24 November 2026, 17:00 UTC" in text
        assert "Title 1" in text
        assert learner_client.post("/quizzes/small/").status_code == 302


def test_after_the_close_results_stay_and_nothing_starts(
    dated: Quiz, learner: User, learner_client: Client, client: Client
) -> None:
    attempt = start(learner, dated, OPENS)
    with time_machine.travel(CLOSES + GRACE + MILLISECOND, tick=False):
        text = page(learner_client)
        assert "This quiz closed on <time" in text
        assert "your results stay here" in text
        assert f"/attempts/{attempt.pk}/results/" in text
        assert "Start" not in text
        assert learner_client.post("/quizzes/small/").status_code == 409
        assert "Answer and sign in" not in page(client)
        assert "This quiz closed on" in page(learner_client, f"/attempts/{attempt.pk}/results/")


def test_a_lesson_says_when_its_quiz_opens_and_not_its_introduction(
    course_content: None, dated: Quiz, learner: User, learner_client: Client, client: Client
) -> None:
    Quiz.objects.exclude(pk=dated.pk).delete()
    dated.lesson = Lesson.objects.get(slug="layers")
    dated.opens_at = timezone.now() + timedelta(days=2)
    dated.closes_at = None
    dated.save()
    for visitor in (learner_client, client):
        text = page(visitor, "/courses/neural-networks/layers/?tab=quiz")
        assert "This quiz opens on <time" in text
        assert "questions</em>" not in text
        assert "Open the quiz" not in text


# --- the password -------------------------------------------------------------------------------------------


@pytest.fixture
def locked(quiz: Quiz, questions: list[Question]) -> Quiz:
    quiz.password = "Größe 8"
    quiz.save()
    return quiz


@pytest.mark.parametrize("word", ["Größe 8", " grÖSSE 8 ", "GRÖSSE 8"])
def test_the_right_word_starts(locked: Quiz, learner: User, word: str) -> None:
    assert start(learner, locked, NOW, password=word).is_open


@pytest.mark.parametrize("word", ["", " ", "größe", "größe 80", "größe  8", "x" * 10_000])
def test_another_word_does_not(locked: Quiz, learner: User, word: str) -> None:
    with pytest.raises(PasswordError) as caught:
        start(learner, locked, NOW, password=word)
    assert caught.value.is_missing == (not word.strip())
    assert not Attempt.objects.exists()


def test_it_is_asked_at_every_start_and_not_to_go_on(locked: Quiz, learner: User) -> None:
    attempt = start(learner, locked, NOW, password="größe 8")
    assert start(learner, locked, NOW) == attempt
    finish(attempt, NOW)
    with pytest.raises(PasswordError):
        start(learner, locked, NOW)


def test_the_page_asks_for_it_and_tells_no_question(
    locked: Quiz, learner_client: Client, client: Client
) -> None:
    for visitor in (learner_client, client):
        text = page(visitor)
        assert "Title" not in text
        assert "größe" not in text.lower()
    assert '<label for="password">Password of this quiz</label>' in page(learner_client)
    for word, says in (
        ("", "This quiz starts with a password. Your instructor tells it to you."),
        ("axon", "This is not the password of this quiz. Look at it once more; capitals do not matter."),
    ):
        response = learner_client.post("/quizzes/small/", {"password": word})
        text = response.content.decode()
        assert response.status_code == 403
        assert f'<p class="problem" id="password-problem" role="alert">{says}</p>' in text
        assert 'aria-describedby="password-problem"' in text
    assert learner_client.post("/quizzes/small/", {"password": "größe 8"}).status_code == 302
    assert "Continue your attempt" in page(learner_client)
    assert "Password of this quiz" not in page(learner_client)


@pytest.mark.usefixtures("noon")
def test_guessing_is_throttled_for_each_learner(
    locked: Quiz, learner_client: Client, other_client: Client
) -> None:
    for _ in range(10):
        assert learner_client.post("/quizzes/small/", {"password": "guess"}).status_code == 403
    refused = learner_client.post("/quizzes/small/", {"password": "größe 8"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 300
    assert other_client.post("/quizzes/small/", {"password": "größe 8"}).status_code == 302


def test_the_close_notes_a_pass_of_the_lesson(course_content: None, dated: Quiz, learner: User) -> None:
    dated.lesson = Lesson.objects.get(slug="layers")
    dated.save()
    attempt = start(learner, dated, OPENS)
    for answer in Answer.objects.all():
        save(answer, right_fields(answer), OPENS)
    finish_overdue(CLOSES + GRACE + MILLISECOND)
    attempt.refresh_from_db()
    assert attempt.is_passed
    assert Act.objects.for_learner(learner).filter(name=Act.Name.QUIZ_PASSED).exists()
