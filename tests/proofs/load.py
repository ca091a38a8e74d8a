"""How long learners wait: for a verdict on an idle machine, in a rush, and for pages while a class works.

    python -m tests.proofs.load [one | rush | class]

The site and the learners share the machine. A wait begins when a form is sent and ends when the page that
shows the verdict has arrived; in between it is asked for as often as the page's own script asks. Exit status
1 where a wait is longer than its limit or anything is answered otherwise than expected.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from tests.proofs.site import CHALLENGE, Answer, ask, hand_in, learner, site

PAUSES = (0.3, 0.6, 1.0)
PAUSE = 2.0
"""Seconds between two looks at a submission, as in frontend/submission/index.js."""
PATIENCE = 60.0

ALONE = 40
RUSH, RUSH_SECONDS = 100, 10.0
CLASS, CLASS_SECONDS = 200, 60.0
THINKING = (2.5, 7.5)
"""Seconds between two steps of a learner: five on average."""
HANDING_IN, SAVING = 0.10, 0.30
QUIZ = "layers"
LESSONS = "/courses/neural-networks/"
PAGES = ("/", LESSONS, f"{LESSONS}layers/", f"{LESSONS}weights/?tab=quiz", CHALLENGE, "/challenges/")


@dataclass
class Seen:
    """Seconds by what was asked for, and what went amiss."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def note(self, what: str, seconds: float, fault: str = "") -> None:
        with self.lock:
            self.waits[what].append(seconds)
            if fault:
                self.faults[f"{what}: {fault}"] += 1


@dataclass(frozen=True)
class Limit:
    """The share of the waits for something that may be no longer than `most` seconds."""

    what: str
    share: float
    most: float


LIMITS = {
    "one": (Limit("verdict", 0.5, 1.0),),
    "rush": (Limit("verdict", 0.95, 10.0),),
    "class": (Limit("page", 0.99, 0.4), Limit("saved answer", 0.99, 0.15), Limit("verdict", 0.95, 10.0)),
}


def timed(seen: Seen, what: str, expected: int, asking: Callable[[], Answer]) -> Answer:
    """Asks, and notes how long the answer took."""
    start = time.monotonic()
    answer = asking()
    fault = "" if answer.status == expected else f"{answer.status} {answer.place}"
    seen.note(what, time.monotonic() - start, fault)
    return answer


def submit(port: int, session: str, seen: Seen) -> None:
    """Hands in and looks at the page until the verdict is there."""
    start = time.monotonic()
    answer = timed(seen, "handing in", 302, lambda: hand_in(port, session))
    look = 0
    while answer.place.startswith("/submissions/") and time.monotonic() - start < PATIENCE:
        page = timed(seen, "result page", 200, lambda: ask(port, session, answer.place))
        if b'data-submission="final"' in page.body:
            fault = "" if b'data-state="graded"' in page.body else "not graded"
            seen.note("verdict", time.monotonic() - start, fault)
            return
        time.sleep(PAUSES[look] if look < len(PAUSES) else PAUSE)
        look += 1
    seen.note("verdict", time.monotonic() - start, "none")


def one(port: int, seen: Seen) -> None:
    """One learner, one network after the other."""
    _, session = learner("alone")
    for _ in range(ALONE):
        submit(port, session, seen)


def rush(port: int, seen: Seen) -> None:
    """A hundred learners, each handing in once within ten seconds."""
    sessions = [learner(f"rush-{number}")[1] for number in range(RUSH)]
    draw = random.Random(0)

    def come(session: str, after: float) -> None:
        time.sleep(after)
        submit(port, session, seen)

    with ThreadPoolExecutor(RUSH) as browsers:
        for session in sessions:
            browsers.submit(come, session, draw.uniform(0, RUSH_SECONDS))


def class_(port: int, seen: Seen) -> None:
    """Two hundred learners read, answer a quiz and hand in networks."""
    from django.utils import timezone

    from quizzes.models import Quiz
    from quizzes.services import start

    quiz = Quiz.objects.get(slug=QUIZ)
    until = time.monotonic() + 1e9

    def work(number: int, session: str, attempt: Any) -> None:
        draw = random.Random(number)
        time.sleep(draw.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            step(draw, port, session, str(attempt.pk), seen)
            time.sleep(draw.uniform(*THINKING))

    learners = []
    for number in range(CLASS):
        person, session = learner(f"class-{number}")
        learners.append((number, session, start(person, quiz, timezone.now())))
    until = time.monotonic() + CLASS_SECONDS
    with ThreadPoolExecutor(CLASS) as browsers:
        for each in learners:
            browsers.submit(work, *each)


def step(draw: random.Random, port: int, session: str, attempt: str, seen: Seen) -> None:
    """What a learner does next: hands in, lets an answer be saved, or opens a page."""
    chance = draw.random()
    if chance < HANDING_IN:
        submit(port, session, seen)
    elif chance < HANDING_IN + SAVING:
        path = f"/attempts/{attempt}/answers/{draw.randrange(1, 6)}/"
        body = urlencode({"answer": draw.randrange(100), "tab": "0123abcd", "version": 9**9}).encode()
        timed(seen, "saved answer", 200, lambda: ask(port, session, path, body, accept="application/json"))
    else:
        path = draw.choice((*PAGES, f"/attempts/{attempt}/?item={draw.randrange(1, 6)}"))
        timed(seen, "page", 200, lambda: ask(port, session, path))


SCENES: dict[str, Callable[[int, Seen], None]] = {"one": one, "rush": rush, "class": class_}


def main(names: Sequence[str]) -> int:
    """Plays the scenes that were named, or all; returns the exit status."""
    fine = True
    with site() as (port, _):
        submit(port, learner("first")[1], Seen())  # the server has started when this is graded
        for name in names or SCENES:
            seen = Seen()
            SCENES[name](port, seen)
            fine = told(name, seen) and fine
    return int(not fine)


def told(name: str, seen: Seen) -> bool:
    """Prints a table of one scene; whether it kept to its limits."""
    print(f"\n{name:14}{'number':>8}{'median':>10}{'95%':>10}{'99%':>10}{'slowest':>10}")
    for what, waits in seen.waits.items():
        print(
            f"{what:14}{len(waits):8}",
            *(f"{1e3 * at(waits, share):7.0f} ms" for share in (0.5, 0.95, 0.99, 1)),
        )
    for fault, count in seen.faults.items():
        print(f"  {count} times {fault}")
    over = [limit for limit in LIMITS[name] if at(seen.waits[limit.what], limit.share) > limit.most]
    for limit in over:
        print(f"  {limit.what}: {limit.share:.0%} must not take more than {1e3 * limit.most:.0f} ms")
    return not over and not seen.faults


def at(waits: list[float], share: float) -> float:
    """The wait that this share does not exceed; infinite where there is none."""
    return sorted(waits)[min(len(waits) - 1, int(share * len(waits)))] if waits else float("inf")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
