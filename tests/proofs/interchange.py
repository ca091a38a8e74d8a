"""Question files damaged at random, seed by seed, in every format.

    python -m tests.proofs.interchange [how many of each]

Each is read, or refused with words and a line. Exit status 1 where that is not so, or one takes two seconds.
"""

from __future__ import annotations

import sys

from quizzes.interchange import FORMATS
from tests.quizzes.interchange.damaged import damaged, outcome


def main(count: int) -> int:
    slowest = 0.0
    for name, form in FORMATS.items():
        runs = [outcome(name, damaged(name, seed)) for seed in range(count)]
        times = sorted(seconds for seconds, _ in runs)
        print(
            f"{form.label}: {count:,} damaged files, {sum(taken for _, taken in runs):,} questions taken; "
            f"median {1e3 * times[count // 2]:.1f} ms, slowest {1e3 * times[-1]:.0f} ms."
        )
        slowest = max(slowest, times[-1])
    return int(slowest > 2)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
