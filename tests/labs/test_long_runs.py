"""Long runs: each piece once, whatever dies; stopped, bounded, forgotten; and their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.management.commands.worker import Command
from engine.playground import Settings
from engine.playground import start as start_run
from labs import long_runs, tasks
from labs.models import LongRun
from labs.playground.addresses import read_query, write
from labs.playground.travel import opened, packed
from tests.conftest import SignIn
from tests.labs.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SMALL = Settings(dataset="xor", hidden=(3,), share=20, optimizer="adam")
PAGE = "/lab/playground/runs/"


def handed(learner: User, epochs: int = 300, sent: list[int] | None = None) -> LongRun:
    told = sent if sent is not None else []
    run = start_run(SMALL)
    return long_runs.start(
        learner, run, write(SMALL), epochs, now=NOW, enqueue=lambda each: told.append(each.fence)
    )


def work(long_run: LongRun, seconds: float = 0.0) -> int:
    """What a worker does, piece after piece, until nothing is left. Returns how many pieces."""
    fences = [long_run.fence]
    for fence in fences:
        taken = long_runs.claim(long_run.pk, fence, NOW)
        if taken is not None:
            run = long_runs.train(taken, seconds or 0.01)
            long_runs.keep(taken, run, NOW, lambda each: fences.append(each.fence))
    return len(fences)


def test_pieces_come_to_what_one_run_comes_to(learner: User) -> None:
    long_run = handed(learner)
    assert work(long_run) > 1

    long_run.refresh_from_db()
    whole = start_run(SMALL)
    whole.train(whole.steps_until(300))
    assert (long_run.status, long_run.epoch, long_run.percent) == ("done", 300, 100)
    assert long_run.state == packed(whole)


def test_of_two_workers_one_goes_on(learner: User) -> None:
    long_run = handed(learner)

    assert long_runs.claim(long_run.pk, 0, NOW) is not None
    assert long_runs.claim(long_run.pk, 0, NOW) is None


def test_a_killed_worker_costs_a_piece(learner: User) -> None:
    sent: list[int] = []
    long_run = handed(learner, sent=sent)
    dead = long_runs.claim(long_run.pk, 0, NOW)
    assert dead is not None
    assert long_runs.sweep(NOW + timedelta(seconds=10), lambda each: sent.append(each.fence)) == 0
    assert long_runs.sweep(NOW + timedelta(seconds=16), lambda each: sent.append(each.fence)) == 1
    assert sent == [0, 2]

    assert not long_runs.keep(dead, long_runs.train(dead, 0.01), NOW, lambda each: sent.append(-1))
    long_run.refresh_from_db()
    assert (long_run.epoch, long_run.fence) == (0, 2)
    work(long_run, 5.0)
    long_run.refresh_from_db()
    assert long_run.status == "done"


def test_what_nobody_reached_is_sent_again_under_its_fence(learner: User) -> None:
    sent: list[int] = []
    handed(learner, sent=sent)
    long_runs.sweep(NOW + timedelta(seconds=31), lambda each: sent.append(each.fence))

    assert sent == [0, 0]


def test_a_run_that_is_stopped_keeps_what_it_learned(learner: User) -> None:
    long_run = handed(learner)
    taken = long_runs.claim(long_run.pk, 0, NOW)
    assert taken is not None
    assert long_runs.keep(taken, long_runs.train(taken, 0.01), NOW, lambda each: None)
    assert long_runs.cancel(long_run.pk)
    assert not long_runs.cancel(long_run.pk)

    long_run.refresh_from_db()
    assert long_run.status == "canceled"
    assert 0 < opened(SMALL, long_run.state).epoch == long_run.epoch
    assert long_runs.claim(long_run.pk, long_run.fence, NOW) is None


def test_a_learner_has_so_many_and_no_more(learner: User, other_learner: User) -> None:
    for _ in range(2):
        handed(learner)
    with pytest.raises(long_runs.TooManyLongRuns):
        handed(learner)
    handed(other_learner)


def test_how_long_a_run_may_be(learner: User) -> None:
    assert handed(learner, 10**6).until == long_runs.MOST_EPOCHS
    slow = start_run(Settings(batch_size=1, share=90))
    assert long_runs.most_epochs(slow) == long_runs.MOST_STEPS // 450


def test_old_runs_are_given_up_and_forgotten(learner: User) -> None:
    long_run = handed(learner)
    long_runs.sweep(NOW + timedelta(minutes=61), lambda each: None)
    long_run.refresh_from_db()
    assert long_run.status == "failed"

    long_runs.sweep(NOW + timedelta(hours=25), lambda each: None)
    assert not LongRun.objects.exists()


def test_a_state_that_cannot_be_read_ends_the_run(learner: User) -> None:
    long_run = handed(learner)
    LongRun.objects.update(state="x")
    tasks.train_on.func(str(long_run.pk), 0)

    long_run.refresh_from_db()
    assert long_run.status == "failed"


@pytest.mark.django_db(transaction=True)
def test_a_worker_trains_what_a_page_hands_over(learner_client: Client) -> None:
    run = start_run(SMALL)
    response = learner_client.post(f"{PAGE}?{write(SMALL)}", {"state": packed(run), "epochs": "120"})
    long_run = LongRun.objects.get()
    assert (response.status_code, response["Location"]) == (302, long_run.get_absolute_url())
    waiting = learner_client.get(long_run.get_absolute_url()).content.decode()
    assert '<progress max="100" value="0"' in waiting
    assert "Stop it here" in waiting

    Command().handle(sweep_seconds=60.0, batch=True, verbosity=0)

    long_run.refresh_from_db()
    assert (long_run.status, long_run.epoch) == ("done", 120)
    page = learner_client.get(long_run.get_absolute_url()).content.decode()
    assert "Open it in the playground" in page
    assert read_query(long_run.query) == (SMALL, ())
    again = learner_client.post(f"/lab/playground/?{long_run.query}", {"state": long_run.state})
    assert 'data-epoch="120"' in again.content.decode()


def test_pages_of_a_long_run(
    learner_client: Client, other_learner: User, learner: User, client_for: SignIn
) -> None:
    long_run = handed(learner)
    address = long_run.get_absolute_url()
    assert client_for(other_learner).get(address).status_code == 404
    assert client_for(other_learner).post(f"{address}cancel/").status_code == 404
    assert learner_client.post(f"{address}cancel/")["Location"] == address
    assert "It was stopped here." in learner_client.get(address).content.decode()
    assert learner_client.post(address).status_code == 405
    assert learner_client.get(f"{address}cancel/").status_code == 405
    exported = learner_client.get("/accounts/export/").json()
    assert "canceled" in str(exported)


@pytest.mark.parametrize(
    ("state", "query", "told"),
    [
        ("x", "", "This state belongs to other settings, or was changed on its way. Start over."),
        ("", "stopLoss=5", "This run has ended: change when it stops, or start over."),
    ],
)
def test_what_cannot_be_handed_over_is_told(
    learner_client: Client, state: str, query: str, told: str
) -> None:
    page = learner_client.post(f"{PAGE}?{query}", {"state": state}, follow=True).content.decode()

    assert told in page
    assert not LongRun.objects.exists()


def test_a_third_run_is_told_to_wait(learner_client: Client) -> None:
    for _ in range(2):
        learner_client.post(PAGE, {"epochs": "\N{SUPERSCRIPT TWO}"})
    page = learner_client.post(PAGE, follow=True).content.decode()

    assert "Two of your runs are still training. Stop one, or wait for it, then train this one." in page
    assert LongRun.objects.count() == 2
    assert set(LongRun.objects.values_list("until", flat=True)) == {1000}
    assert timezone.now() > LongRun.objects.earliest("created_at").created_at
