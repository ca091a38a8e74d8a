"""A whole site for a proof: a fresh database, a real web server, a real worker, and learners signed in."""

from __future__ import annotations

import gzip
import http.client
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django

ROOT = Path(__file__).parents[2]
CSRF = "a" * 32
FORM = "application/x-www-form-urlencoded"
CHALLENGE = "/challenges/first-network/"
NETWORK = """\
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=6, activation='relu'),
    Dense(units=4, activation='softmax'),
])
"""


@dataclass(frozen=True)
class Answer:
    """What came back: 0 as status where nothing did; then `place` says why."""

    status: int
    sent: bytes = b""
    place: str = ""
    is_packed: bool = False

    @property
    def body(self) -> bytes:
        """What was sent, unpacked."""
        return gzip.decompress(self.sent) if self.is_packed else self.sent


@contextmanager
def site() -> Iterator[tuple[int, list[Any]]]:
    """The port and the two programs of a site of its own, on SQLite or on what DATABASE_URL names."""
    with tempfile.TemporaryDirectory(prefix="layerwise-proof-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["DEVELOPMENT"] = "1"
        os.environ["API_PER_MINUTE"] = os.environ["PLAYGROUND_PER_MINUTE"] = str(10**9)
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/proof.sqlite3")
        quiet = subprocess.DEVNULL
        subprocess.run([sys.executable, ROOT / "manage.py", "prepare"], check=True, stdout=quiet)
        django.setup()
        with served() as running:
            yield running


@contextmanager
def served() -> Iterator[tuple[int, list[Any]]]:
    from config.management.commands.serve import open_socket, web, worker
    from config.supervisor import Child

    with open_socket("127.0.0.1", 0) as listener:
        children = [Child(silent(program)) for program in (web(listener), worker())]
        for child in children:
            child.start()
        try:
            yield listener.getsockname()[1], children
        finally:
            for child in children:
                child.kill_group()


def silent(program: Any) -> Any:
    """The same without its log, in which every refusal has a line."""
    return replace(program, command=["sh", "-c", 'exec "$@" > /dev/null 2>&1', "sh", *program.command])


def learner(name: str) -> tuple[Any, str]:
    """A learner made for this, and the key of their session."""
    from django.apps import apps
    from django.test import Client

    client = Client()
    made = apps.get_model("accounts.User").objects.create(username=name)
    client.force_login(made, backend="django.contrib.auth.backends.ModelBackend")
    return made, client.cookies["session"].value


class Browser:
    """One learner's browser: a connection that stays open from request to request, for one at a time."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = f"session={session}; csrf={CSRF}"
        self._is_used = False

    def ask(
        self, path: str, body: bytes | None = None, kind: str = FORM, accept: str = "text/html"
    ) -> Answer:
        """One request: GET, or POST of a body. No redirect is followed. A connection that the server has
        closed meanwhile is opened again, as browsers do.
        """
        while True:
            was_used, self._is_used = self._is_used, True
            try:
                return self._ask(path, body, kind, accept)
            except (OSError, http.client.HTTPException) as fault:
                self.close()
                if not (was_used and isinstance(fault, ConnectionResetError)):
                    return Answer(0, place=type(fault).__name__)

    def _ask(self, path: str, body: bytes | None, kind: str, accept: str) -> Answer:
        headers = {
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Cookie": self._cookie,
            **({"X-CSRFToken": CSRF, "Content-Type": kind} if body is not None else {}),
        }
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before all has arrived
            self._connection.request("GET" if body is None else "POST", path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        is_packed = answer.getheader("Content-Encoding") == "gzip"
        return Answer(answer.status, content, answer.getheader("Location") or "", is_packed)

    def close(self) -> None:
        self._connection.close()
        self._is_used = False


def ask(
    port: int, session: str, path: str, body: bytes | None = None, kind: str = FORM, accept: str = "text/html"
) -> Answer:
    """One request over a connection of its own."""
    browser = Browser(port, session)
    try:
        return browser.ask(path, body, kind, accept)
    finally:
        browser.close()


def hand_in(port: int, session: str) -> Answer:
    """Hands in a network that passes, as a text that nobody sent before."""
    body = urlencode({"source": f"{NETWORK}# {uuid4()}", "token": str(uuid4())}).encode()
    return ask(port, session, CHALLENGE, body)
