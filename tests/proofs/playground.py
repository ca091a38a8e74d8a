"""How long a piece of the playground's training takes: from the request's body to the answer's text.

    python -m tests.proofs.playground [how many pieces of each run]

Exit status 1 where one in twenty takes longer than LIMIT. Processor time counts, which is what it takes on a
machine with nothing else to do.
"""

from __future__ import annotations

import json
import os
import sys
from time import process_time

import django
import numpy as np

LIMIT = 0.150
RUNS: dict[str, dict[str, str]] = {
    "as it opens": {},
    "one point at a time": {"batchSize": "1", "networkShape": "8,8,8", "optimizer": "adam"},
    "the largest": {
        "networkShape": "8,8,8,8,8,8",
        "optimizer": "adam",
        "activation": "relu",
        **dict.fromkeys(("xSquared", "ySquared", "xTimesY", "sinX", "sinY"), "true"),
    },
    "numbers to meet": {"dataset": "reg-gauss", "percTrainData": "90", "networkShape": "6,5"},
}


def main() -> int:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEVELOPMENT", "1")
    django.setup()
    return max(prove(name, settings, pieces) for name, settings in RUNS.items())


def prove(name: str, settings: dict[str, str], pieces: int) -> int:
    """Trains one run in pieces and prints what they took; 1 when too many were slow."""
    from django.http import HttpRequest

    from labs.playground.api import TrainIn, train

    taken, state, epoch = [], "", 0
    for _ in range(pieces):
        sent = json.dumps({"settings": settings, "state": state, "until": 1_000_000})
        before = process_time()
        answer = train(HttpRequest(), TrainIn.model_validate_json(sent))
        text = json.dumps(answer)
        taken.append(process_time() - before)
        state, epoch = answer["state"], answer["epoch"]
    median, late, slowest = np.quantile(taken, (0.5, 0.95, 1)) * 1000
    print(
        f"{name}: {pieces} pieces to epoch {epoch}; median {median:.0f} ms, 95% {late:.0f} ms, "
        f"slowest {slowest:.0f} ms; {len(text) // 1024} KiB each"
    )
    return int(late > LIMIT * 1000)


if __name__ == "__main__":
    sys.exit(main())
