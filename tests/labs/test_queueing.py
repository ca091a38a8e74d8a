"""The operator's page of the queue: what is there, and two buttons that act on what was seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from labs import long_runs, queueing, roll, services
from labs.models import Challenge, LongRun, Status, Submission, Worker
from tests.labs.conftest import NOW
from tests.labs.test_challenge_pages import REPORT, graded, hand_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.data]

URL = "/admin/labs/submission/queue/"


def act(client: Client, one: Submission, button: str, fence: int | None = None) -> str:
    form = {"pk": str(one.pk), "fence": one.fence if fence is None else fence, button: ""}
    page = text_of(client.post(URL, form, follow=True).content.decode())
    one.refresh_from_db()
    return page


def test_the_queue_tells_what_waits_runs_and_failed(learner: User, challenge: Challenge) -> None:
    waiting, running, failed = (hand_in(learner, challenge) for _ in range(3))
    graded(learner, challenge)
    services.claim(running.pk, 0, NOW)
    Submission.objects.filter(pk=failed.pk).update(status=Status.FAILED, fault="status -9")
    seen = queueing.queue(NOW + timedelta(seconds=20))
    assert [(part.status, part.total, part.rows) for part in seen.parts] == [
        (Status.QUEUED, 1, [waiting]),
        (Status.RUNNING, 1, [running]),
        (Status.FAILED, 1, [failed]),
    ]
    assert (seen.overdue, seen.oldest) == (1, timedelta(seconds=20))
    Submission.objects.all().delete()
    assert queueing.queue(NOW).oldest is None


def test_an_operator_sees_leases_and_faults(
    author_client: Client, learner: User, challenge: Challenge
) -> None:
    running, failed = hand_in(learner, challenge), hand_in(learner, challenge)
    services.claim(running.pk, 0, NOW)
    Submission.objects.filter(pk=failed.pk).update(status=Status.FAILED, fault="status -9")
    page = text_of(author_client.get(URL).content.decode())
    assert "Waiting: 0" in page
    assert "12:00:15, ran out" in page
    assert "1 lease ran out" in page
    assert "status -9 Hand out anew" in page
    assert URL in author_client.get("/admin/labs/submission/").content.decode()


def test_an_operator_sees_who_works(author_client: Client) -> None:
    assert "Workers: 0 Nobody grades: start one with manage.py worker ." in text_of(
        author_client.get(URL).content.decode()
    )
    now = timezone.now()
    roll.answer("here:1", now - timedelta(hours=2), now)
    roll.answer("gone:2", now - timedelta(hours=2), now - timedelta(minutes=1))
    roll.answer("here:1", now - timedelta(hours=2), now)
    page = text_of(author_client.get(URL).content.decode())
    assert "Workers: 1" in page
    assert page.index("here:1") < page.index("gone:2") < page.index("silent since")
    roll.answer("here:1", now, now + timedelta(hours=1))
    assert [one.name for one in Worker.objects.all()] == ["here:1"]
    roll.leave("here:1")
    assert not Worker.objects.exists()


def test_an_operator_sees_long_runs_and_stops_them(
    author: User, author_client: Client, learner_client: Client
) -> None:
    learner_client.post("/lab/playground/runs/", {"epochs": "500"})
    run = LongRun.objects.get()
    page = text_of(author_client.get(URL).content.decode())
    assert "Longer runs of the playground: 1" in page
    assert "0 of 500 waits for a worker" in page
    held = long_runs.claim(run.pk, 0, timezone.now() - timedelta(minutes=1))
    assert held is not None
    page = text_of(author_client.get(URL).content.decode())
    assert "a worker trains it, lease until" in page
    assert ", ran out" in page
    for form, told in (
        ({"stop": "", "run": str(run.pk)}, "Stopped: its learner keeps what it has learned so far."),
        ({"stop": "", "run": str(run.pk)}, "Nothing was done: that run had ended already."),
        ({"stop": "", "run": "x"}, "Nothing was done: that run had ended already."),
    ):
        assert told in text_of(author_client.post(URL, form, follow=True).content.decode())
    assert not long_runs.keep(held, long_runs.train(held, 0.01), NOW, lambda one: None)
    assert LongRun.objects.get().status == "canceled"


def test_the_admin_shows_long_runs_and_changes_nothing_but_stops_them(
    author: User, author_client: Client, learner_client: Client
) -> None:
    learner_client.post("/lab/playground/runs/?dataset=xor", {"epochs": "500"})
    run = LongRun.objects.get()
    assert "dataset=xor" in author_client.get(f"/admin/labs/longrun/{run.pk}/change/").content.decode()
    stop = {"action": "stop", "_selected_action": [str(run.pk)]}
    for told in ("1 stopped.", "1 had ended already."):
        assert told in author_client.post("/admin/labs/longrun/", stop, follow=True).content.decode()
    assert author_client.get("/admin/labs/longrun/add/").status_code == 403
    assert author_client.post(f"/admin/labs/longrun/{run.pk}/delete/").status_code == 403
    author.groups.clear()
    assert author_client.get("/admin/labs/longrun/").status_code == 403


def test_what_is_handed_out_anew_shuts_its_worker_out(
    author_client: Client, learner: User, challenge: Challenge
) -> None:
    one = hand_in(learner, challenge)
    services.claim(one.pk, 0, timezone.now())
    one.refresh_from_db()
    assert f"Done: {one}." in act(author_client, one, "hand_out")
    assert (one.status, one.fence, one.lost_leases) == (Status.QUEUED, 1, 0)
    assert not services.finish(one.pk, 0, REPORT, NOW)
    assert services.claim(one.pk, 1, NOW) is not None


def test_what_is_given_up_can_be_taken_up_again(
    author_client: Client, learner: User, challenge: Challenge
) -> None:
    one = hand_in(learner, challenge)
    act(author_client, one, "give_up")
    assert (one.status, one.fault) == (Status.FAILED, "An operator gave it up.")
    assert services.claim(one.pk, 0, NOW) is None
    act(author_client, one, "hand_out")
    assert (one.status, one.fence, one.fault) == (Status.QUEUED, 2, "")


@pytest.mark.parametrize("button", ["hand_out", "give_up"])
def test_what_was_graded_meanwhile_is_left_alone(
    author_client: Client, learner: User, challenge: Challenge, button: str
) -> None:
    one = graded(learner, challenge)
    told = "Nothing was done: it was handed out or graded meanwhile."
    if button == "give_up":
        assert told in act(author_client, one, button)
    assert told in act(author_client, one, button, fence=7)
    assert one.status == Status.GRADED


def test_the_queue_is_for_those_who_may_grade_again(author: User, author_client: Client) -> None:
    author.groups.clear()
    assert author_client.get(URL).status_code == 403
    assert author_client.post(URL).status_code == 403
