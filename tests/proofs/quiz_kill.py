"""kill -9 at random, of web and worker processes, in mid-quiz: no acknowledged answer is lost.

    python -m tests.proofs.quiz_kill [how many kills] [seed]

Runs on a fresh SQLite file, or on the empty database that DATABASE_URL names. Learners save, a new text each
time, check, finish and start again, each sending the same until the site answers; some never come back, and
their attempts have to end by themselves. A trigger in the database counts how often each attempt is finished.
Exit status 1 where an acknowledged answer is lost or changed, an attempt is finished twice, or one whose time
is over stays open.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import django
from django.apps import apps
from django.db import close_old_connections, connection
from django.utils import timezone

from config.management.commands.serve import open_socket, web, worker
from config.supervisor import Child
from tests.proofs.chaos import CSRF, PATIENCE, PAUSES, ROOT, kill_one, sign_in_learners, tend

QUIZ, LEARNERS = "killed", 8
ROUNDS = (3, 12)  # saves of an attempt before it is checked or left
LEFT = 0.3  # the share of attempts that nobody finishes
WITNESS = {
    "sqlite": [
        "CREATE TABLE witness (id char(32))",
        "CREATE TRIGGER witness AFTER UPDATE ON quizzes_attempt WHEN OLD.status = 'open' AND NEW.status = "
        "'finished' BEGIN INSERT INTO witness VALUES (NEW.id); END",
    ],
    "postgresql": [
        "CREATE TABLE witness (id uuid)",
        "CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN INSERT INTO witness VALUES (NEW.id); RETURN NULL; END'",
        "CREATE TRIGGER witness AFTER UPDATE ON quizzes_attempt FOR EACH ROW "
        "WHEN (OLD.status = 'open' AND NEW.status = 'finished') EXECUTE FUNCTION witness()",
    ],
}


@dataclass
class Kept:
    """What a learner knows of an attempt: the last text that the site said it has, and the last one sent."""

    acknowledged: int = 0
    sent: int = 0
    is_checked: bool = False
    is_finished: bool = False


@dataclass
class Seen:
    attempts: dict[UUID, Kept] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str) -> None:
        with self.lock:
            self.counts[what] += 1


class Learner(threading.Thread):
    """Starts, saves, checks, and finishes or leaves, until told to stop."""

    def __init__(self, port: int, session: str, seed: int, seen: Seen, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.seen, self.stop = port, session, seen, stop
        self.draw = random.Random(seed)

    def run(self) -> None:
        while not self.stop.is_set():
            place = self.ask(f"/quizzes/{QUIZ}/", {}, "text/html")[1]
            if place.startswith("/attempts/"):
                self.walk(UUID(place.split("/")[2]))

    def walk(self, pk: UUID) -> None:
        kept = self.seen.attempts.setdefault(pk, Kept())
        version = 0
        for _ in range(self.draw.randint(*ROUNDS)):
            kept.sent += 1
            form = {"answer": kept.sent, "tab": "a" * 8, "version": version}
            status, _, body = self.ask(f"/attempts/{pk}/answers/1/", form, "application/json")
            if status != 200:
                return
            kept.acknowledged, version = kept.sent, json.loads(body)["version"]
            self.seen.note("saves acknowledged")
            if self.stop.wait(self.draw.uniform(0.05, 0.3)):
                return
        form = {"answer": kept.acknowledged, "tab": "a" * 8, "version": version, "action": "check"}
        kept.is_checked = self.ask(f"/attempts/{pk}/answers/1/", form, "text/html")[0] == 302
        if kept.is_checked:
            self.seen.note("checks acknowledged")
        if self.draw.random() < LEFT:
            self.seen.note("attempts left alone")
            self.expire(pk)
        elif self.ask(f"/attempts/{pk}/finish/", {}, "text/html")[0] == 302:
            kept.is_finished = True
            self.seen.note("finishes acknowledged")

    def expire(self, pk: UUID) -> None:
        """Let the time of an attempt be over, as if an hour had passed; the worker has to find it."""
        attempts, moved = apps.get_model("quizzes.Attempt").objects, timedelta(hours=1)
        attempt = attempts.get(pk=pk)
        attempts.filter(pk=pk, status="open").update(
            deadline=attempt.deadline - moved, started_at=attempt.started_at - moved
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not self.stop.wait(0.2):
            if not attempts.filter(pk=pk, status="open").exists():
                break
        close_old_connections()

    def ask(self, path: str, form: dict[str, object], accept: str) -> tuple[int, str, bytes]:
        """Send a form until the site answers: its status, where it leads and its body."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": accept,
            "Cookie": f"session={self.session}; csrf={CSRF}",
            "X-CSRFToken": CSRF,
        }
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
                    line.request("POST", path, urlencode(form), headers)
                    reply = line.getresponse()
                    body = reply.read()
            except (OSError, http.client.HTTPException):
                self.seen.note("forms sent again")
                time.sleep(0.2)
                continue
            if reply.status >= 400:
                self.seen.note(f"status {reply.status}")
            return reply.status, reply.getheader("Location") or "", body
        self.seen.note("never answered")
        return 0, "", b""


def lay_out() -> None:
    """A published quiz of one question with a limit of half an hour."""
    quiz = apps.get_model("quizzes.Quiz").objects.create(
        slug=QUIZ, title="Killed", time_limit=30, is_published=True
    )
    apps.get_model("quizzes.Question").objects.create(
        quiz=quiz, slug="one", kind="short_text", title="One", prompt="Say yes.", data={"answers": ["yes"]}
    )
    with connection.cursor() as cursor:
        for statement in WITNESS[connection.vendor]:
            cursor.execute(statement)


def main(kills: int, seed: int = 0) -> int:
    """Prepares a site, shakes it and tells what came of it; returns the exit status."""
    draw, seen, stop = random.Random(seed), Seen(), threading.Event()
    subprocess.run([sys.executable, ROOT / "manage.py", "prepare", "--verbosity=0"], check=True)
    django.setup()
    lay_out()
    sessions = sign_in_learners()[:LEARNERS]
    hit: Counter[str] = Counter()
    with open_socket("127.0.0.1", 0) as listener:
        quiet = replace(worker(), command=[*worker().command, "--verbosity=0"])
        children = [Child(web(listener)), Child(quiet)]
        for child in children:
            child.start()
        port = listener.getsockname()[1]
        learners = [Learner(port, one, seed + place, seen, stop) for place, one in enumerate(sessions)]
        try:
            for learner in learners:
                learner.start()
            for number in range(kills):
                tend(children, draw.uniform(*PAUSES))
                hit[kill_one(children, draw)] += 1
                before = seen.counts["saves acknowledged"]
                tend(children, PATIENCE, lambda before=before: seen.counts["saves acknowledged"] > before + 8)
                print(f"\r{number + 1} kills, {sum(seen.counts.values())} replies", end="", file=sys.stderr)
            stop.set()
            while any(learner.is_alive() for learner in learners):
                tend(children, 0.2)
            tend(children, PATIENCE, lambda: not overdue())
        finally:
            stop.set()
            for child in children:
                child.kill_group()
    return told(hit, seen)


def overdue() -> int:
    """How many attempts are open although their time was over a minute ago."""
    close_old_connections()
    found = apps.get_model("quizzes.Attempt").objects.raw(
        "SELECT id FROM quizzes_attempt WHERE status = 'open' AND deadline < %s",
        [timezone.now() - timedelta(minutes=1)],
    )
    return len(list(found))


def told(hit: Counter[str], seen: Seen) -> int:
    """Prints the summary; returns the exit status."""
    answers = {one.attempt_id: one for one in apps.get_model("quizzes.Answer").objects.all()}
    status = dict(apps.get_model("quizzes.Attempt").objects.values_list("pk", "status"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT id FROM witness GROUP BY id HAVING count(*) > 1) twice")
        twice = cursor.fetchone()[0]
        cursor.execute("SELECT count(DISTINCT id) FROM witness")
        witnessed = cursor.fetchone()[0]
    lost = sum(not holds(answers.get(pk), status.get(pk, ""), kept) for pk, kept in seen.attempts.items())
    faults = sum(count for what, count in seen.counts.items() if what.startswith("status 5"))
    stuck = overdue() + seen.counts["never answered"]
    finished = sum(one == "finished" for one in status.values())
    where = ", ".join(f"{count} of {name[0].lower()}{name[1:]}" for name, count in sorted(hit.items()))
    print(
        f"\n{connection.vendor}: {sum(hit.values())} kills ({where}); {len(seen.attempts)} attempts, "
        f"{', '.join(f'{count} {what}' for what, count in sorted(seen.counts.items()))}. "
        f"{finished} finished; {lost} lost an acknowledged answer, {twice} finished twice, {stuck} stuck."
    )
    return int(bool(lost or twice or stuck or faults) or witnessed != finished or not finished)


def holds(answer: object, status: str, kept: Kept) -> bool:
    """Whether the stored answer is one that was sent no earlier than the last that was acknowledged, and what
    was acknowledged as checked or finished is so.
    """
    if kept.acknowledged == 0:
        return True
    fields, graded_at = getattr(answer, "fields", {}), getattr(answer, "graded_at", None)
    stored = int(fields.get("answer", ["0"])[0])
    is_done = (graded_at is not None or not kept.is_checked) and (
        status == "finished" or not kept.is_finished
    )
    return kept.acknowledged <= stored <= kept.sent and is_done


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="layerwise-quiz-kill-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["DEVELOPMENT"] = "1"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/quiz.sqlite3")
        sys.exit(main(*map(int, sys.argv[1:] or ["100"])))
