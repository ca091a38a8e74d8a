"""Hostile requests by the thousand, to a real web server with a real worker behind it.

    python -m tests.proofs.hostile_http [how many texts]

None may be answered with a fault of ours or not at all; at the end both programs are the ones that started,
and grade an honest network. Exit status 1 where that is not so.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.proofs.site import ask, hand_in, learner, site

BROWSERS = 4
LATE = 5.0
"""Seconds in which every request is answered, on a machine that does nothing else."""
QUIZ = "layers"
FIELDS_OF_A_TEXT = 12
"""How many of all fields on the site, beside those that ask for a network, each text is sent in."""
PATIENCE = 60.0
IN_THE_ADMIN = 140
"""How many requests with each odd text the operator's session sends to the admin."""


def main(count: int) -> int:
    """Sends everything to a site and tells what came of it; returns the exit status."""
    with site() as (port, programs):
        person, session = learner("hostile")
        addresses = addresses_of(person)
        graded_after(port, session)  # it is there now
        requests = everything(places_of(person), addresses, count)
        with ThreadPoolExecutor(BROWSERS) as browsers:
            answers = list(browsers.map(lambda sent: post(port, session, sent), requests))
            answers += browsers.map(lambda sent: post(port, *sent), in_the_admin())
        wait = graded_after(port, session)
        alive = not any(program.has_ended() for program in programs)
    return told(answers, alive, wait)


def places_of(person: Any) -> Any:
    """Shipped challenges, a draft of the learner's, and the answers of an attempt that they start."""
    from django.apps import apps
    from django.utils import timezone

    from quizzes.models import Quiz
    from quizzes.services import start
    from tests.config.hostile_requests import READABLE, Places

    draft = apps.get_model("labs.Draft").objects.create(learner=person, title="Kept", source=READABLE)
    attempt = start(person, Quiz.objects.get(slug=QUIZ), timezone.now())
    answers = tuple(f"/attempts/{attempt.pk}/answers/{one.position}/" for one in attempt.answers.all())
    by_hand = apps.get_model("labs.Challenge").objects.filter(takes_weights=True).first()
    return Places("/challenges/first-network/", by_hand.get_absolute_url(), draft.get_absolute_url(), answers)


def addresses_of(person: Any) -> dict[str, str]:
    """One address of each route that belongs to the learner, or to everybody."""
    from django.test import Client

    from tests.config.test_routes import real_addresses

    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return real_addresses(client)


def everything(places: Any, addresses: dict[str, str], count: int) -> Iterator[Any]:
    """Texts, half of them from the written corpus, files, numbers and bodies."""
    from tests.config.hostile_addresses import anywhere, some, with_file
    from tests.config.hostile_requests import NUMBERS, bodies, files, with_number, with_text
    from tests.engine.hostile_files import weights as damaged_weights
    from tests.engine.language.hostile_made import CORPUS, made

    yield from bodies()
    for number in NUMBERS:
        yield from with_number(number, places)
        yield from anywhere(number, addresses)
    written = random.Random(0).sample(CORPUS, min(count // 2, len(CORPUS)))
    for text in [*written, *(made(random.Random(seed)) for seed in range(count - len(written)))]:
        yield from with_text(text, places)
        yield from some(text, addresses, FIELDS_OF_A_TEXT)
    for seed in range(count):
        yield from files(random.Random(seed))
        yield from with_file(damaged_weights(random.Random(seed)), "weights.npz", addresses)


def in_the_admin() -> Iterator[tuple[str, Any]]:
    """An operator's session, and what is sent in it: to all of the admin, but for what deletes a row and what
    ends the session. The rows are made for this, and belong to somebody else.
    """
    from django.test import Client

    from tests.config.admin_rows import rows
    from tests.config.hostile_admin import TEXTS, places, some

    other, _ = learner("odd")
    operator, session = learner("operator")
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client = Client(SERVER_NAME="localhost")
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    found = [
        one
        for one in places(client, rows(other, operator))
        if one.name != "logout" and not one.name.endswith("_delete")
    ]
    for text in TEXTS:
        yield from ((session, sent) for sent in some(text, found, IN_THE_ADMIN))


def post(port: int, session: str, sent: Any) -> tuple[str, float, str]:
    """What the site answered, how many seconds that took, and what had been sent."""
    from django.conf import settings

    start = time.monotonic()
    of = "" if sent.is_stranger else session
    answer = ask(port, of, sent.path, sent.body, sent.content_type, "*/*")
    status = str(answer.status) if answer.status else f"no answer ({answer.place})"
    if not answer.status and len(sent.body or b"") > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        status = "cut off, too large"
    return status, time.monotonic() - start, f"{sent.title} {sent.path} {(sent.body or b'')[:200]!r}"


def graded_after(port: int, session: str) -> float:
    """Seconds until an honest network is graded; infinite when it is not within a minute."""
    start, place = time.monotonic(), ""
    while time.monotonic() - start < PATIENCE:
        place = place or hand_in(port, session).place
        if place.startswith("/submissions/") and b'data-state="graded"' in ask(port, session, place).body:
            return time.monotonic() - start
        place = place if place.startswith("/") else ""
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
    return int(bool(faults or late) or not alive or wait > PATIENCE)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
