"""How long learners wait for a piece of the playground's training while a class of them plays.

    python -m tests.proofs.playing [how many learners] [how many seconds]

A real web server, over HTTP, on the machine that the learners share with it. Each plays another run and asks
as the page's own script does (frontend/playground/pace.js), with the tables closed. Exit status 1 where one
in twenty waits longer than LIMIT, or anything is answered otherwise than expected.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from tests.proofs.site import Browser, learner, site

LIMIT = 0.150
OFTEN = 0.26
URL = "/api/playground/train"
RUNS: tuple[dict[str, str], ...] = (
    {},
    {"dataset": "xor", "activation": "relu", "networkShape": "6"},
    {"dataset": "spiral", "optimizer": "adam", "networkShape": "8,8", "sinX": "true", "sinY": "true"},
    {"dataset": "gauss", "noise": "40"},
    {"dataset": "reg-gauss", "networkShape": "6,5"},
)


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    learners, seconds = [*given, *(30, 60)[len(given) :]]
    with site() as (port, _):
        sessions = [learner(f"player{number}")[1] for number in range(learners)]
        for session in sessions[:8]:  # the web server is there, and its processes know the playground
            play(port, session, 0, time.monotonic() + OFTEN)
        ends = time.monotonic() + seconds
        with ThreadPoolExecutor(learners) as pool:
            played = list(pool.map(lambda each: play(port, each[1], each[0], ends), enumerate(sessions)))
    waits = [wait for each, _ in played for wait in each]
    faults = [fault for _, each in played for fault in each]
    median, late, slowest = np.quantile(waits, (0.5, 0.95, 1)) * 1000
    print(
        f"{learners} learners for {seconds} s: {len(waits)} pieces, {len(waits) / seconds:.0f} a second; "
        f"median {median:.0f} ms, 95% {late:.0f} ms, slowest {slowest:.0f} ms; {len(faults)} faults; "
        f"load of the machine {os.getloadavg()[0]:.0f}"
    )
    for fault in faults[:5]:
        print(f"  {fault}")
    return int(bool(faults) or late > LIMIT * 1000)


def play(port: int, session: str, number: int, ends: float) -> tuple[list[float], list[str]]:
    """Plays one run until then: what each wait took, and what was answered otherwise than expected."""
    settings = {**RUNS[number % len(RUNS)], "seed": f"0.{number}"}
    waits: list[float] = []
    faults: list[str] = []
    state, epoch = "", 0
    browser = Browser(port, session)
    time.sleep(number % 10 * OFTEN / 10)
    while time.monotonic() < ends:
        sent = {"settings": settings, "state": state, "until": 1_000_000, "tables": False}
        began = time.monotonic()
        answer = browser.ask(URL, json.dumps(sent).encode(), "application/json", "application/json")
        took = time.monotonic() - began
        waits.append(took)
        told: dict[str, Any] = json.loads(answer.body) if answer.status == 200 else {}
        if told.get("epoch", -1) < epoch:
            faults.append(f"status {answer.status} {answer.place} after epoch {epoch}")
            return waits, faults
        state, epoch = told["state"], told["epoch"]
        time.sleep(max(OFTEN - took, 2 * took))
    return waits, faults


if __name__ == "__main__":
    sys.exit(main())
