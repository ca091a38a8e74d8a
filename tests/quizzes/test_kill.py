"""kill -9 of the web server in mid-quiz: every answer that the site acknowledged is there afterwards.

A real gunicorn on a real port; learners save from threads, a new text each time, and send each again until it
is acknowledged, as the page's script does. A save is acknowledged when its reply says the version it made.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.management.commands.serve import open_socket, web
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import finish_overdue, start
from tests.conftest import MakeUser, SignIn
from tests.quizzes.conftest import MakeQuestion

pytestmark = [pytest.mark.django_db(transaction=True)]

LEARNERS, KILLS = 4, 4
CSRF = "a" * 32


class Server:
    """The web server on a socket that outlives it."""

    def __init__(self, database_url: str) -> None:
        self.listener = open_socket("127.0.0.1", 0)
        self.port: int = self.listener.getsockname()[1]
        self.environment = {**os.environ, "DATABASE_URL": database_url, "WEB_WORKERS": "1"}
        self.start()

    def start(self) -> None:
        program = web(self.listener)
        self.process = subprocess.Popen(
            program.command,
            env={**self.environment, **program.environment},
            pass_fds=program.descriptors,
            start_new_session=True,
        )

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def site(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(settings, "WEB_WORKERS", 1)
    server = Server(database_url)
    yield server
    server.kill()
    server.listener.close()


class Typist(threading.Thread):
    """A learner who types on and on; `acknowledged` is the number of the last text that the site took."""

    def __init__(self, port: int, session: str, attempt: Attempt, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.attempt, self.stop = port, attempt, stop
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Cookie": f"session={session}; csrf={CSRF}",
            "X-CSRFToken": CSRF,
        }
        self.acknowledged = self.sent = self.version = 0
        self.unexpected: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            self.sent += 1
            while not self.stop.is_set() and not self.save():
                time.sleep(0.1)

    def save(self) -> bool:
        form = {"answer": str(self.sent), "tab": "a" * 8, "version": self.version}
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
                line.request("POST", f"/attempts/{self.attempt.pk}/answers/1/", urlencode(form), self.headers)
                reply = line.getresponse()
                body = reply.read()
        except (OSError, http.client.HTTPException):
            return False
        if reply.status != 200:
            self.unexpected.append(f"{reply.status}")
            return False
        self.acknowledged, self.version = self.sent, json.loads(body)["version"]
        return True


def wait_until_all_go_on(typists: list[Typist]) -> None:
    before = [typist.acknowledged for typist in typists]
    end = time.monotonic() + 120
    while any(typist.acknowledged <= was for typist, was in zip(typists, before, strict=True)):
        assert time.monotonic() < end, "the site did not come back"
        time.sleep(0.05)


@pytest.fixture
def typists(
    site: Server, quiz: Quiz, make_question: MakeQuestion, make_user: MakeUser, client_for: SignIn
) -> Iterator[list[Typist]]:
    make_question("short_text", {"answers": ["yes"]})
    quiz.time_limit = 60
    quiz.save()
    people: list[User] = [make_user(f"typist-{number}") for number in range(LEARNERS)]
    clients: list[Client] = [client_for(person) for person in people]
    stop = threading.Event()
    started = [
        Typist(site.port, client.cookies["session"].value, start(person, quiz, timezone.now()), stop)
        for person, client in zip(people, clients, strict=True)
    ]
    for typist in started:
        typist.start()
    yield started
    stop.set()
    for typist in started:
        typist.join(timeout=60)


def lost(typists: list[Typist]) -> list[str]:
    """Who has less stored than was acknowledged; more may be, where the site died before it could say so."""
    stored = {answer.attempt_id: int(answer.fields["answer"][0]) for answer in Answer.objects.all()}
    return [
        f"{typist.acknowledged} acknowledged, {stored[typist.attempt.pk]} stored"
        for typist in typists
        if not typist.acknowledged <= stored[typist.attempt.pk] <= typist.sent
    ]


def test_no_acknowledged_answer_is_lost_when_the_site_is_killed(site: Server, typists: list[Typist]) -> None:
    draw = random.Random(5)
    wait_until_all_go_on(typists)
    for _ in range(KILLS):
        time.sleep(draw.uniform(0.05, 0.4))
        site.kill()
        assert lost(typists) == []
        site.start()
        wait_until_all_go_on(typists)
    typists[0].stop.set()
    for typist in typists:
        typist.join(timeout=60)
    assert lost(typists) == []
    assert [typist.unexpected for typist in typists] == [[]] * LEARNERS
    assert all(typist.acknowledged > KILLS for typist in typists)
    # Nobody comes back: the attempts end by themselves, with what was acknowledged.
    assert finish_overdue(timezone.now() + timedelta(hours=2)) == LEARNERS
    assert lost(typists) == []
    assert not Attempt.objects.open().exists()


def test_control_an_answer_that_is_kept_in_memory_is_lost(typists: list[Typist]) -> None:
    """The same count finds a loss: a site that says it has an answer before it is stored."""
    wait_until_all_go_on(typists)
    typists[0].stop.set()
    for typist in typists:
        typist.join(timeout=60)
    typists[0].acknowledged = typists[0].sent = typists[0].sent + 1
    assert len(lost(typists)) == 1
