"""Slips of a layer: the engine computes it wrongly on purpose, in every way it knows."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.explain.dense import Step
from engine.explain.mutants import MUTANTS
from engine.nn.arrays import Array
from quizzes.kinds.contract import Known
from quizzes.kinds.drawing import slip
from quizzes.kinds.networks import plain
from quizzes.kinds.numbers import shown


def unit_slips(step: Step, x: Sequence[float], unit: int, of: str) -> Iterator[Known]:
    """What each mistake would give for one unit, its sum ("z") or its output ("a")."""
    for code, title, told, advice, values in _mutated(step, x, of):
        value = float(values[unit])
        if np.isfinite(value):
            yield slip(value + 0.0, code, title, f"{shown(value)} is what comes out {told}.", advice)


def layer_slips(step: Step, x: Sequence[float], of: str, open_units: Sequence[int]) -> Iterator[Known]:
    """The same for several units at once."""
    for code, title, told, advice, values in _mutated(step, x, of):
        if np.isfinite(values).all():
            value = [plain(values)[unit] for unit in open_units]
            yield slip(value, code, title, f"These values come out {told}.", advice)


def _mutated(step: Step, x: Sequence[float], of: str) -> Iterator[tuple[str, str, str, str, Array]]:
    given = np.array(x, np.float64)
    for mutant in MUTANTS:
        made = mutant.mutate(step, given)
        if made is not None:
            yield mutant.code, mutant.title, mutant.told, mutant.advice, made[0 if of == "z" else 1]
