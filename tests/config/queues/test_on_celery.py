"""Tasks as messages: sent after the commit, kept until the broker has them, and kept again when they fail."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import User
from accounts.tasks import send_welcome
from config.management.commands.worker import sweep
from config.queues import on_celery
from labs import services, tasks
from labs.models import Challenge, Status, Submission

pytestmark = [pytest.mark.django_db(transaction=True)]

NOBODY_LISTENS = "amqp://127.0.0.1:1"


@pytest.fixture
def on_a_broker(settings: Settings) -> Iterator[None]:
    """Celery, with the broker of this run, and nothing in its queue."""
    settings.QUEUE = "celery"
    settings.TASKS = {"default": {"BACKEND": "config.queues.on_celery.CeleryBackend"}}
    on_celery.app.cache_clear()
    with on_celery.app().connection_for_write() as connection:
        connection.SimpleQueue(on_celery.CONFIGURATION["task_default_queue"]).clear()
    yield
    on_celery.app.cache_clear()


@pytest.fixture
def on_no_broker(settings: Settings) -> Iterator[None]:
    """Celery, with a broker that does not answer."""
    settings.QUEUE, settings.BROKER_URL = "celery", NOBODY_LISTENS
    settings.TASKS = {"default": {"BACKEND": "config.queues.on_celery.CeleryBackend"}}
    on_celery.app.cache_clear()
    yield
    on_celery.app.cache_clear()


def messages() -> int:
    """How many messages the broker holds for the workers."""
    with on_celery.app().connection_for_read() as connection:
        return int(connection.SimpleQueue(on_celery.CONFIGURATION["task_default_queue"]).qsize())


@pytest.mark.queue
@pytest.mark.rabbitmq
def test_a_message_goes_out_after_the_commit(on_a_broker: None) -> None:
    with transaction.atomic():
        send_welcome.enqueue(1, "https://learn.example.org")
        assert (DBTaskResult.objects.count(), messages()) == (1, 0)
    assert (DBTaskResult.objects.count(), messages()) == (0, 1)


def test_what_is_rolled_back_was_never_queued(on_no_broker: None) -> None:
    with transaction.atomic():
        send_welcome.enqueue(1, "https://learn.example.org")
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_a_broker_that_is_away_costs_nobody_anything(
    on_no_broker: None, learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    challenge = Challenge.objects.create(slug="any", title="Any", is_published=True)
    one = services.submit(
        learner, challenge, "model = 1", token=uuid4(), now=timezone.now(), enqueue=tasks.enqueue
    )
    assert Submission.objects.get().status == Status.QUEUED
    assert DBTaskResult.objects.get().args_kwargs == {"args": [str(one.pk), 0], "kwargs": {}}
    assert "The broker did not take a task, which waits in the database" in caplog.text


def test_nothing_is_handed_out_anew_to_a_broker_that_is_away(on_no_broker: None, learner: User) -> None:
    challenge = Challenge.objects.create(slug="any", title="Any", is_published=True)
    services.submit(learner, challenge, "model = 1", token=uuid4(), now=timezone.now(), enqueue=tasks.enqueue)
    for seconds in (20, 40, 60):
        sweep(timezone.now() + timedelta(seconds=seconds))
    assert DBTaskResult.objects.count() == 1


@pytest.mark.queue
@pytest.mark.rabbitmq
def test_what_was_left_behind_is_sent_on_once(on_a_broker: None) -> None:
    for _ in range(3):
        DBTaskResult.objects.create(
            task_path="accounts.tasks.send_welcome", args_kwargs={"args": [1, ""], "kwargs": {}}
        )
    now = timezone.now()
    assert on_celery.forward(now)
    assert (DBTaskResult.objects.count(), messages()) == (3, 0)  # perhaps they are being sent this moment
    assert on_celery.forward(now + on_celery.LEFT_BEHIND + timedelta(seconds=1))
    assert (DBTaskResult.objects.count(), messages()) == (0, 3)


def test_a_message_runs_its_task(learner: User, mailoutbox: list[object]) -> None:
    arguments = {"args": [learner.pk, "https://learn.example.org"], "kwargs": {}}
    on_celery.run(str(uuid4()), "accounts.tasks.send_welcome", arguments)
    assert len(mailoutbox) == 1
    assert not DBTaskResult.objects.exists()


def test_a_task_that_fails_is_kept_for_the_operator(db: None, caplog: pytest.LogCaptureFixture) -> None:
    on_celery.run(str(uuid4()), "accounts.tasks.send_welcome", {"args": ["no number", ""], "kwargs": {}})
    kept = DBTaskResult.objects.get()
    assert (kept.status, kept.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "The task accounts.tasks.send_welcome failed." in caplog.text


@pytest.mark.parametrize("path", ["os.system", "accounts.tasks.send_letter", "nowhere.at_all"])
def test_a_message_runs_nothing_but_tasks(db: None, path: str) -> None:
    on_celery.run(str(uuid4()), path, {"args": [], "kwargs": {}})
    assert DBTaskResult.objects.get().status == "FAILED"


def test_a_broker_cannot_say_that_nothing_is_left() -> None:
    with pytest.raises(CommandError) as refusal:
        on_celery.work(batch=True, verbosity=1)
    assert str(refusal.value) == "--batch is for QUEUE=database: a broker does not say that nothing is left."
