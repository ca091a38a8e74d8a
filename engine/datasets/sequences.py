"""Small sequences, for layers that read step by step."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

STEPS: Final = 10
LONGEST: Final = 10
OPEN: Final = 1
CLOSE: Final = 2


def recall(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Noise, but for the first step, whose sign must be kept in mind to the end."""
    y = balanced(count, 2)
    x = random.normal(0, 0.5, (count, STEPS, 1))
    x[:, 0, 0] = np.where(y == 1, 1, -1) * random.uniform(0.5, 1.5, count)
    return x, y


def waves(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Sixteen steps of a wave, and the step that comes next."""
    pace = random.uniform(0.3, 0.9, (count, 1))
    phase = random.uniform(0, 2 * np.pi, (count, 1))
    wave = np.sin(pace * np.arange(17) + phase)
    return wave[:, :16, None], wave[:, 16:]


def brackets(random: Random, count: int) -> tuple[Numbers, Numbers]:
    """Brackets as tokens, 1 opens and 2 closes, 0 pads the end; in broken ones some are turned around."""
    y = balanced(count, 2)
    rows = np.zeros((count, LONGEST))
    for row, is_closed in zip(rows, y, strict=True):
        tokens = nested(random, int(random.integers(2, LONGEST // 2 + 1)))
        while not is_closed and closes(tokens):
            place = int(random.integers(len(tokens)))
            tokens[place] = OPEN + CLOSE - tokens[place]
        row[: len(tokens)] = tokens
    return rows, y


def nested(random: Random, pairs: int) -> list[int]:
    """So many pairs of brackets, properly nested."""
    tokens: list[int] = []
    depth = 0
    while len(tokens) < 2 * pairs:
        is_full = len(tokens) + depth == 2 * pairs
        opens = depth == 0 or (not is_full and random.random() < 0.5)
        tokens.append(OPEN if opens else CLOSE)
        depth += 1 if opens else -1
    return tokens


def closes(tokens: list[int]) -> bool:
    """Whether every bracket that opens is closed, and none closes too early."""
    depth = 0
    for token in tokens:
        depth += 1 if token == OPEN else -1
        if depth < 0:
            return False
    return depth == 0


SEQUENCES: Final = (
    Drawn(
        "recall", "Ten noisy steps; the class is the sign of the first one.", ("value",), (STEPS, 1), recall,
        classes=("negative", "positive"), epochs=40,
    ),
    Drawn(
        "brackets", "Up to ten brackets as tokens, 1 opens, 2 closes, 0 pads: do they fit?",
        tuple(f"token{index}" for index in range(1, LONGEST + 1)), (LONGEST,), brackets,
        classes=("broken", "fitting"), train=600, epochs=60,
    ),
    Drawn(
        "waves", "Sixteen steps of a wave; what is the next one?", ("value",), (16, 1), waves,
        targets=("next",), epochs=60,
    ),
)  # fmt: skip
