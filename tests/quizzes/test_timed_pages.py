"""What pages say about time: before the start, while it runs, in the grace, and when it is over."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from quizzes.models import Accommodation, Attempt, Quiz
from quizzes.services import start
from quizzes.views.answering import TOO_LATE
from tests.quizzes.conftest import NOW, MakeQuestion

pytestmark = pytest.mark.django_db

END = NOW + timedelta(minutes=10)
IN_GRACE, LATE = END + timedelta(seconds=29), END + timedelta(seconds=31)
AS_JSON = {"accept": "application/json"}


@pytest.fixture
def timed(quiz: Quiz, make_question: MakeQuestion) -> Quiz:
    make_question("short_text", {"answers": ["yes"]})
    quiz.time_limit = 10
    quiz.save()
    return quiz


@pytest.fixture
def running(timed: Quiz, learner: User) -> Attempt:
    return start(learner, timed, NOW)


def get(client: Client, address: str, at: datetime, **options: object) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(address, **options).content.decode()


def send(client: Client, attempt: Attempt, text: str, at: datetime, **options: object) -> object:
    form = {"answer": text, "action": "save", "tab": "a" * 8, "version": "9"}
    with time_machine.travel(at, tick=False):
        return client.post(f"/attempts/{attempt.pk}/answers/1/", form, **options)


def test_before_the_start_the_page_says_how_long_and_what_happens(
    timed: Quiz, learner: User, learner_client: Client, client: Client
) -> None:
    text = learner_client.get("/quizzes/small/").content.decode()
    assert "You have 10 minutes for an attempt." in text
    assert "the attempt ends by itself and everything saved by then is graded" in text
    visitor = client.get("/quizzes/small/").content.decode()
    assert "An attempt takes 10 minutes at most." in visitor
    assert "Begin without an account" not in visitor  # the clock would run from a page nobody chose
    Accommodation.objects.create(learner=learner, time_factor=Decimal("1.5"))
    text = learner_client.get("/quizzes/small/").content.decode()
    assert "10 minutes, 15 for you" in text
    assert "You have 15 minutes for an attempt." in text


def test_a_quiz_without_a_limit_says_nothing_of_time(
    quiz: Quiz, attempt: Attempt, learner_client: Client
) -> None:
    assert "minutes" not in learner_client.get("/quizzes/small/").content.decode()
    assert "data-quiz-timer" not in learner_client.get(f"/attempts/{attempt.pk}/").content.decode()
    assert learner_client.get(f"/attempts/{attempt.pk}/", headers=AS_JSON).json() == {"is_open": True}


def test_the_page_tells_the_end_in_the_readers_zone_and_the_seconds_left(
    running: Attempt, learner: User, learner_client: Client
) -> None:
    learner.time_zone = "Europe/Berlin"
    learner.save()
    for page in ("", "finish/"):
        text = get(learner_client, f"/attempts/{running.pk}/{page}", NOW + timedelta(seconds=90))
        assert 'data-quiz-timer="510.0"' in text
        assert "13:10:00 CET</time>" in text
    with time_machine.travel(NOW + timedelta(seconds=90), tick=False):
        reply = learner_client.get(f"/attempts/{running.pk}/", headers=AS_JSON)
    assert reply.json() == {"is_open": True, "seconds_left": 510.0}


def test_a_save_tells_the_seconds_left(running: Attempt, learner_client: Client) -> None:
    reply = send(learner_client, running, "yes", END - timedelta(seconds=1.5), headers=AS_JSON)
    assert reply.json()["seconds_left"] == 1.5
    reply = send(learner_client, running, "no", IN_GRACE, headers=AS_JSON)
    assert (reply.status_code, reply.json()["seconds_left"]) == (200, 0.0)


def test_in_the_grace_the_page_is_open_and_says_so(running: Attempt, learner_client: Client) -> None:
    text = get(learner_client, f"/attempts/{running.pk}/", IN_GRACE)
    assert "Time is over; what you send in the next seconds still counts" in text
    send(learner_client, running, "yes", IN_GRACE)
    assert running.answers.get().fields == {"answer": ["yes"]}


def test_an_answer_after_the_grace_is_refused_with_a_reason_and_what_was_saved_counts(
    running: Attempt, learner_client: Client
) -> None:
    send(learner_client, running, "yes", NOW)
    response = send(learner_client, running, "late", LATE, follow=True)
    assert response.redirect_chain[-1][0] == f"/attempts/{running.pk}/results/"
    text = response.content.decode()
    assert TOO_LATE in text
    assert "1 of 1 right" in text
    assert "Time ran out, and what was saved by then counts" in text
    running.refresh_from_db()
    assert (running.finished_at, running.answers.get().fields) == (END, {"answer": ["yes"]})


def test_a_press_that_only_repeats_what_is_saved_is_no_late_answer(
    running: Attempt, learner_client: Client
) -> None:
    send(learner_client, running, "yes", NOW)
    assert TOO_LATE not in send(learner_client, running, "yes", LATE, follow=True).content.decode()


def test_a_script_hears_that_it_is_closed(running: Attempt, learner_client: Client) -> None:
    reply = send(learner_client, running, "yes", LATE, headers=AS_JSON)
    assert (reply.status_code, reply.json()) == (409, {"closed": True})


@pytest.mark.parametrize("page", ["", "finish/", "results/"])
def test_the_first_page_after_the_end_finishes_the_attempt(
    running: Attempt, learner_client: Client, page: str
) -> None:
    get(learner_client, f"/attempts/{running.pk}/{page}", LATE)
    running.refresh_from_db()
    assert running.finished_at == END


def test_the_quiz_and_the_dashboard_finish_it_too(
    running: Attempt, timed: Quiz, learner: User, learner_client: Client
) -> None:
    assert "Start a new attempt" in get(learner_client, "/quizzes/small/", LATE)
    with time_machine.travel(NOW, tick=False):
        start(learner, timed, NOW)
    assert "Continue where you are" not in get(learner_client, "/dashboard/", LATE)
    assert not Attempt.objects.open().exists()


def test_finishing_late_is_put_down_at_the_deadline(running: Attempt, learner_client: Client) -> None:
    with time_machine.travel(IN_GRACE, tick=False):
        learner_client.post(f"/attempts/{running.pk}/finish/")
    running.refresh_from_db()
    assert running.finished_at == END
