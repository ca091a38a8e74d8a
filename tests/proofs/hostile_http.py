"""Hostile requests by the thousand, to a real web server with a real worker behind it.

    python -m tests.proofs.hostile_http [how many texts]

None may be answered with a fault of ours or not at all; at the end both programs are the ones that started,
and grade an honest network. Exit status 1 where that is not so.
"""

from __future__ import annotations

import http.client
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django
from django.apps import apps
from django.conf import settings
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from config.management.commands.serve import open_socket, web, worker
from config.supervisor import Child, Program

ROOT = Path(__file__).parents[2]
CSRF = "a" * 32
BROWSERS = 4
LATE = 5.0
"""Seconds in which every request is answered, on a machine that does nothing else."""
QUIZ = "layers"
NETWORK = """\
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=6, activation='relu'),
    Dense(units=4, activation='softmax'),
])
"""


def main(count: int) -> int:
    """Prepares a site, sends everything, and tells what came of it; returns the exit status."""
    subprocess.run([sys.executable, ROOT / "manage.py", "prepare", "--verbosity=0"], check=True)
    django.setup()
    session, learner = sign_in()
    with open_socket("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        children = [Child(silent(web(listener))), Child(silent(worker()))]
        for child in children:
            child.start()
        try:
            graded_after(port, session)
            requests = everything(places_of(learner), count)
            with ThreadPoolExecutor(BROWSERS) as browsers:
                answers = list(browsers.map(lambda sent: post(port, session, sent), requests))
            wait = graded_after(port, session)
            alive = not any(child.has_ended() for child in children)
        finally:
            for child in children:
                child.kill_group()
    return told(answers, alive, wait)


def silent(program: Program) -> Program:
    """The same without its log, in which every refusal has a line."""
    return replace(program, command=["sh", "-c", 'exec "$@" > /dev/null 2>&1', "sh", *program.command])


def sign_in() -> tuple[str, Any]:
    """The session's key of a learner made for this, and the learner."""
    client = Client()
    learner = apps.get_model("accounts.User").objects.create(username="hostile")
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["session"].value, learner


def places_of(learner: Any) -> Any:
    """Shipped challenges, a draft of the learner's, and the answers of an attempt that they start."""
    from quizzes.models import Quiz
    from quizzes.services import start
    from tests.config.hostile_requests import READABLE, Places

    draft = apps.get_model("labs.Draft").objects.create(learner=learner, title="Kept", source=READABLE)
    attempt = start(learner, Quiz.objects.get(slug=QUIZ), timezone.now())
    answers = tuple(f"/attempts/{attempt.pk}/answers/{one.position}/" for one in attempt.answers.all())
    by_hand = apps.get_model("labs.Challenge").objects.filter(takes_weights=True).first()
    return Places("/challenges/first-network/", by_hand.get_absolute_url(), draft.get_absolute_url(), answers)


def everything(places: Any, count: int) -> Iterator[Any]:
    """Texts, half of them from the written corpus, files, numbers and bodies."""
    from tests.config.hostile_requests import NUMBERS, bodies, files, with_number, with_text
    from tests.engine.language.hostile_made import CORPUS, made

    yield from bodies()
    for number in NUMBERS:
        yield from with_number(number, places)
    written = random.Random(0).sample(CORPUS, min(count // 2, len(CORPUS)))
    for text in [*written, *(made(random.Random(seed)) for seed in range(count - len(written)))]:
        yield from with_text(text, places)
    for seed in range(count):
        yield from files(random.Random(seed))


def post(port: int, session: str, sent: Any) -> tuple[str, float, str]:
    """What the site answered, how many seconds that took, and what had been sent."""
    start = time.monotonic()
    headers = {
        "Content-Type": sent.content_type,
        "Cookie": f"session={session}; csrf={CSRF}",
        "X-CSRFToken": CSRF,
    }
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before all has arrived
            site.request("POST", sent.path, sent.body, headers)
        answer = site.getresponse()
        answer.read()
        status = str(answer.status)
    except (OSError, http.client.HTTPException) as fault:
        is_cut = len(sent.body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        status = "cut off, too large" if is_cut else f"no answer ({type(fault).__name__})"
    site.close()
    return status, time.monotonic() - start, f"{sent.title} {sent.path} {sent.body[:200]!r}"


def graded_after(port: int, session: str) -> float:
    """Seconds until an honest network is graded; infinite when it is not within a minute."""
    from tests.config.hostile_requests import form

    sent = form(
        "honest", "/challenges/first-network/", {"source": f"{NETWORK}# {uuid4()}", "token": str(uuid4())}
    )
    start = time.monotonic()
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": sent.content_type, "X-CSRFToken": CSRF}
    site.request("POST", sent.path, sent.body, {**headers, "Cookie": f"session={session}; csrf={CSRF}"})
    place = site.getresponse().getheader("Location") or ""
    submissions = apps.get_model("labs.Submission").objects
    while place.startswith("/submissions/") and time.monotonic() - start < 60:
        close_old_connections()
        if submissions.get(pk=UUID(place.split("/")[2])).verdict == "passed":
            return time.monotonic() - start
        time.sleep(0.05)
    return float("inf")


def told(answers: list[tuple[str, float, str]], alive: bool, wait: float) -> int:
    """Prints the summary; returns the exit status."""
    statuses = Counter(status for status, *_ in answers)
    times = sorted(seconds for _, seconds, _ in answers)
    faults = [one for one in answers if one[0].startswith(("5", "no answer"))]
    late = [one for one in answers if one[1] > LATE]
    print(
        f"{len(answers):,} requests: "
        f"{', '.join(f'{count:,} answered {status}' for status, count in sorted(statuses.items()))}; "
        f"median {1e3 * times[len(times) // 2]:.0f} ms, 99% {1e3 * times[int(0.99 * len(times))]:.0f} ms, "
        f"slowest {times[-1]:.1f} s. Web server and worker {'live on' if alive else 'have DIED'}; an "
        f"honest network was graded after {wait:.1f} s."
    )
    for status, seconds, sent in [*faults, *late][:20]:
        print(f"  {status} after {seconds:.1f} s: {sent}", file=sys.stderr)
    return int(bool(faults or late) or not alive or wait > 60)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="layerwise-hostile-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ["DEVELOPMENT"] = "1"
        os.environ["API_PER_MINUTE"] = os.environ["PLAYGROUND_PER_MINUTE"] = str(10**9)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/hostile.sqlite3")
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
