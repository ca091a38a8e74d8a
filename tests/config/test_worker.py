"""What the worker does beside grading: it forgets what nobody needs any more."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from config.management.commands.worker import KEEP_TASKS, tidy
from labs import services, tasks
from labs.models import Challenge
from tests.labs.test_challenge_pages import hand_in

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_old_tasks_and_sessions_are_forgotten(learner: User) -> None:
    now = timezone.now()
    challenge = Challenge.objects.create(slug="any", title="Any", is_published=True)
    submission = hand_in(learner, challenge)
    for _ in range(4):
        tasks.enqueue(submission)
    done, abandoned, fresh, waiting = DBTaskResult.objects.all()
    old = now - KEEP_TASKS - timedelta(hours=1)
    rows = DBTaskResult.objects
    rows.filter(pk=done.pk).update(status="SUCCESSFUL", enqueued_at=old, started_at=old, finished_at=old)
    rows.filter(pk=abandoned.pk).update(status="RUNNING", started_at=old)
    rows.filter(pk=fresh.pk).update(status="RUNNING", started_at=now)
    Session.objects.create(session_key="old", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", expire_date=now + timedelta(days=1))
    tidy(now)
    assert set(rows.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}
    assert [one.session_key for one in Session.objects.all()] == ["new"]
    assert services.claim(submission.pk, 0, now) is not None
