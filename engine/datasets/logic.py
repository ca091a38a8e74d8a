"""Gates and parity: bits that are almost 0 or 1, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

import numpy as np

from engine.datasets.base import Drawn, Numbers, Random, balanced

Gate: TypeAlias = Callable[[Numbers], Numbers]
"""Bits, booleans (count, inputs) -> the answers, booleans (count,)."""

JITTER: Final = 0.08


def all_ones(bits: Numbers) -> Numbers:
    """Whether every bit is 1."""
    every: Numbers = np.asarray(bits.all(axis=1))
    return every


def any_one(bits: Numbers) -> Numbers:
    """Whether at least one bit is 1."""
    some: Numbers = np.asarray(bits.any(axis=1))
    return some


def parity(bits: Numbers) -> Numbers:
    """Whether the number of ones is odd."""
    odd: Numbers = bits.sum(axis=1) % 2 == 1
    return odd


def majority(bits: Numbers) -> Numbers:
    """Whether more than half of the bits are 1."""
    most: Numbers = 2 * bits.sum(axis=1) > bits.shape[1]
    return most


GATES: Final[dict[str, Gate]] = {
    "and": all_ones,
    "or": any_one,
    "nand": lambda bits: ~all_ones(bits),
    "nor": lambda bits: ~any_one(bits),
    "xor": parity,
    "xnor": lambda bits: ~parity(bits),
    "majority": majority,
}
"""What each gate answers."""


def truth_table(gate: str, inputs: int = 2) -> tuple[Numbers, Numbers]:
    """Every row of a gate: bits, float32 (2 ** inputs, inputs), counting up; answers 0 or 1, int64."""
    rows = np.arange(2**inputs)
    bits = (rows[:, None] >> np.arange(inputs)[::-1]) & 1
    return bits.astype(np.float32), GATES[gate](bits.astype(bool)).astype(np.int64)


def gate_rows(random: Random, count: int, gate: str, inputs: int) -> tuple[Numbers, Numbers]:
    """Rows of the truth table, each bit a little off."""
    bits, answers = truth_table(gate, inputs)
    rows = balanced(count, len(bits))
    return bits[rows] + random.normal(0, JITTER, (count, inputs)), answers[rows]


def _gate(name: str) -> Drawn:
    return Drawn(
        f"{name}_gate",
        f"Two bits, each a little off, and their {name.upper()}.",
        ("a", "b"),
        (2,),
        partial(gate_rows, gate=name, inputs=2),
        classes=("0", "1"),
        train=200,
        epochs=80,
    )


def _parity(bits: int, train: int, epochs: int) -> Drawn:
    return Drawn(
        f"parity{bits}",
        f"{bits} bits, each a little off: is the number of ones odd?",
        tuple(f"bit{index}" for index in range(1, bits + 1)),
        (bits,),
        partial(gate_rows, gate="xor", inputs=bits),
        classes=("even", "odd"),
        train=train,
        epochs=epochs,
    )


LOGIC: Final = (
    *(_gate(name) for name in ("and", "or", "nand", "nor", "xor")),
    _parity(3, 400, 120),
    _parity(4, 800, 200),
)
