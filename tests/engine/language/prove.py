"""How long hostile and public texts take to read, thousands of them: half and 99% of them, and the slowest.

    python -m tests.engine.language.prove [how many]

Exit status 1 where one is not told completely, or where one in a hundred takes 50 ms or more.
"""

import random
import sys
import time

import engine
from tests.engine.language.hostile_made import CORPUS, PUBLIC, made

MOST_MILLISECONDS = 50.0


def is_told(reading: engine.Reading) -> bool:
    """Whether a text was either read, or refused with a line, a message and a hint."""
    told = reading.diagnostics
    return reading.spec is not None or (
        bool(told) and all(one.message and one.hint and one.line for one in told)
    )


def main(count: int) -> int:
    """Reads the corpus, the public texts and `count` made ones, each once; prints the times."""
    samples = [*CORPUS, *PUBLIC, *(made(random.Random(seed)) for seed in range(count))]
    engine.read("model = Sequential([Dense(unit=1, input_dim=2)])")
    times: list[tuple[float, str]] = []
    untold: list[str] = []
    for text in samples:
        start = time.process_time()
        reading = engine.read(text)
        times.append((1e3 * (time.process_time() - start), text))
        if not is_told(reading):
            untold.append(text)
    times.sort()
    at = {share: times[min(len(times) - 1, int(share * len(times)))][0] for share in (0.5, 0.99, 1.0)}
    told = f"median {at[0.5]:.2f} ms, 99% {at[0.99]:.1f} ms, slowest {at[1.0]:.0f} ms"
    print(f"{len(times):,} texts read: {told}.")
    for text in untold[:5]:
        print(f"not told: {text[:200]!r}", file=sys.stderr)
    if at[0.99] >= MOST_MILLISECONDS:
        print(
            f"99% must stay under {MOST_MILLISECONDS:g} ms; the slowest: {times[-1][1][:200]!r}",
            file=sys.stderr,
        )
    return int(bool(untold) or at[0.99] >= MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
