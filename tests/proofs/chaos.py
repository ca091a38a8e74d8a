"""kill -9 at random, of web and worker processes, while learners submit: nothing acknowledged is lost.

    python -m tests.proofs.chaos [how many kills] [forms per second] [seed]

Runs on a fresh SQLite file, or on the empty database that DATABASE_URL names, and on the queue that QUEUE
names. A submission is acknowledged when the site answers with its address; until then its form is sent again.
A trigger in the database counts how often each is graded. Exit status 1 where one is lost, graded twice or
waits over a minute.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from operator import gt
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

import django
from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection
from django.test import Client

from config.management.commands.serve import open_socket, web, worker
from config.supervisor import Child

ROOT = Path(__file__).parents[2]
PAUSES = (1.0, 5.0)
"""Seconds between two kills, at least and at most; and the site must have come back in between."""
PATIENCE = 60.0
WORKERS = 2
LEARNERS = 60
CSRF = "a" * 32
NETWORK = """\
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=6, activation='relu'),
    Dense(units=4, activation='softmax'),
])
"""
WITNESS = {
    "sqlite": [
        "CREATE TABLE witness (id char(32))",
        "CREATE TRIGGER witness AFTER UPDATE ON labs_submission WHEN NEW.status = 'graded' "
        "BEGIN INSERT INTO witness VALUES (NEW.id); END",
    ],
    "postgresql": [
        "CREATE TABLE witness (id uuid)",
        "CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN INSERT INTO witness VALUES (NEW.id); RETURN NULL; END'",
        "CREATE TRIGGER witness AFTER UPDATE ON labs_submission FOR EACH ROW "
        "WHEN (NEW.status = 'graded') EXECUTE FUNCTION witness()",
    ],
}


@dataclass
class Seen:
    """What the learners' browsers saw: acknowledged submissions with their texts, and other answers."""

    acknowledged: dict[UUID, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: str, pk: UUID | None = None, source: str = "") -> None:
        with self.lock:
            self.answers[answer] += 1
            if pk is not None:
                self.acknowledged[pk] = source


def hand_in(port: int, session: str, number: int, seen: Seen) -> None:
    """One learner sends one form, again and again until the site answers."""
    source = f"{NETWORK}# {number}\n"
    body = urlencode({"source": source, "token": str(uuid4())})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"session={session}; csrf={CSRF}",
        "X-CSRFToken": CSRF,
    }
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            site = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            site.request("POST", "/challenges/first-network/", body, headers)
            answer = site.getresponse()
            place = answer.getheader("Location") or ""
            site.close()
        except (OSError, http.client.HTTPException):
            seen.note("sent again")
            time.sleep(0.3)
            continue
        if answer.status == 302 and place.startswith("/submissions/"):
            seen.note("acknowledged", UUID(place.split("/")[2]), source)
        else:
            seen.note(f"status {answer.status}")
        return
    seen.note("never answered")


def processes_of(group: int) -> list[int]:
    """Ids of the living processes in a process group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            rest = stat.read_text().rpartition(")")[2].split()
            if int(rest[2]) == group and rest[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def tend(children: list[Child], seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Start anew what ended, at once, for some time or until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not until():
        for child in children:
            if child.has_ended():
                child.note_death()
                child.start()
        time.sleep(0.05)


def kill_one(children: list[Child], draw: random.Random) -> str:
    """kill -9 one process of the web server or of a worker; which program it belonged to."""
    child = draw.choice(children)
    if child.process is not None:
        with suppress(ProcessLookupError, IndexError):
            os.kill(draw.choice(processes_of(child.process.pid)), signal.SIGKILL)
    return child.program.name


def submit_until(stop: threading.Event, rate: float, port: int, sessions: list[str], seen: Seen) -> None:
    """So many forms a second, each from the next learner, however long the site takes to answer."""
    with ThreadPoolExecutor(LEARNERS) as browsers:
        number = 0
        while not stop.wait(1 / rate):
            browsers.submit(hand_in, port, sessions[number % LEARNERS], number, seen)
            number += 1


def sign_in_learners() -> list[str]:
    """Session keys of learners made for this."""
    sessions = []
    for number in range(LEARNERS):
        client = Client()
        client.force_login(
            apps.get_model("accounts.User").objects.create(username=f"chaos-{number}"),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        sessions.append(client.cookies["session"].value)
    return sessions


def main(kills: int, rate: int = 5, seed: int = 0) -> int:
    """Prepares a site, shakes it and tells what came of it; returns the exit status."""
    draw, seen, stop = random.Random(seed), Seen(), threading.Event()
    subprocess.run([sys.executable, ROOT / "manage.py", "prepare", "--verbosity=0"], check=True)
    django.setup()
    with connection.cursor() as cursor:
        for statement in WITNESS[connection.vendor]:
            cursor.execute(statement)
    sessions = sign_in_learners()
    with open_socket("127.0.0.1", 0) as listener:
        quiet = replace(worker(), command=[*worker().command, "--verbosity=0"])
        children = [Child(web(listener)), *(Child(quiet) for _ in range(WORKERS))]
        for child in children:
            child.start()
        load = threading.Thread(
            target=submit_until, args=(stop, rate, listener.getsockname()[1], sessions, seen), daemon=True
        )
        try:
            load.start()
            hit: Counter[str] = Counter()
            for number in range(kills):
                tend(children, draw.uniform(*PAUSES))
                hit[kill_one(children, draw)] += 1
                before = progress(seen)
                tend(children, PATIENCE, lambda before=before: all(map(gt, progress(seen), before)))
                print(f"\r{number + 1} kills, {len(seen.acknowledged)} acknowledged", end="", file=sys.stderr)
            stop.set()
            while load.is_alive():
                tend(children, 0.2)
            tend(children, PATIENCE, lambda: not unfinished())
        finally:
            stop.set()
            for child in children:
                child.kill_group()
    return told(hit, seen)


def progress(seen: Seen) -> tuple[int, int]:
    """How many were acknowledged, and how often one was graded."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM witness")
        return len(seen.acknowledged), cursor.fetchone()[0]


def unfinished() -> bool:
    """Whether anything still waits to be graded."""
    close_old_connections()
    waiting: bool = apps.get_model("labs.Submission").objects.unfinished().exists()
    return waiting


def told(hit: Counter[str], seen: Seen) -> int:
    """Prints the summary; returns the exit status."""
    rows = {one.pk: one for one in apps.get_model("labs.Submission").objects.all()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT id FROM witness GROUP BY id HAVING count(*) > 1) twice")
        twice = cursor.fetchone()[0]
        cursor.execute("SELECT count(DISTINCT id) FROM witness")
        witnessed = cursor.fetchone()[0]
    lost = sum(pk not in rows or rows[pk].source != source for pk, source in seen.acknowledged.items())
    doubled = len(rows) - len({one.source for one in rows.values()})
    graded = [one for one in rows.values() if one.status == "graded"]
    waits = sorted((one.graded_at - one.created_at).total_seconds() for one in graded) or [0.0]
    given_up = [one for one in rows.values() if one.status == "failed"]
    stuck = len(rows) - len(graded) - len(given_up) + sum(wait > PATIENCE for wait in waits)
    refused = {answer: count for answer, count in seen.answers.items() if answer.startswith("status 5")}
    shaken = sum(one.lost_leases > 0 for one in graded)
    where = ", ".join(f"{count} of {name[0].lower()}{name[1:]}" for name, count in sorted(hit.items()))
    print(
        f"\n{connection.vendor}, queue {settings.QUEUE}: {sum(hit.values())} kills ({where}); "
        f"{', '.join(f'{count} {answer}' for answer, count in sorted(seen.answers.items()))}. "
        f"{len(graded)} graded, {shaken} of them after a lost lease, {len(given_up)} given up after three; "
        f"{lost} lost, {twice} graded twice, {doubled} stored twice, {stuck} stuck. "
        f"From sent to graded: median {waits[len(waits) // 2]:.1f} s, "
        f"95% {waits[int(0.95 * len(waits))]:.1f} s, slowest {waits[-1]:.1f} s."
    )
    fine = not (lost or twice or doubled or stuck or refused) and witnessed == len(graded) > 0
    return int(not fine)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="layerwise-chaos-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["DEVELOPMENT"] = "1"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/chaos.sqlite3")
        sys.exit(main(*map(int, sys.argv[1:] or ["100"])))
