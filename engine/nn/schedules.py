"""Learning rates that change with the step: Keras's schedules. Steps count from 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, TypeAlias

from engine.spec import Config, Item, Value

Schedule: TypeAlias = Callable[[int, Config], float]


def _elapsed(step: int, config: Config) -> float:
    part = step / config.whole("decay_steps")
    return math.floor(part) if config.flag("staircase") else part


def exponential_decay(step: int, config: Config) -> float:
    return config.real("initial_learning_rate") * math.pow(config.real("decay_rate"), _elapsed(step, config))


def inverse_time_decay(step: int, config: Config) -> float:
    return config.real("initial_learning_rate") / (1 + config.real("decay_rate") * _elapsed(step, config))


def piecewise_constant_decay(step: int, config: Config) -> float:
    boundaries = config.wholes("boundaries")
    values = [float(value) for value in _reals(config["values"])]
    passed = sum(step > boundary for boundary in boundaries)
    return values[min(passed, len(values) - 1)]


def _reals(value: Value) -> tuple[float, ...]:
    assert isinstance(value, tuple)
    return tuple(part for part in value if isinstance(part, int | float))


def polynomial_decay(step: int, config: Config) -> float:
    initial, end = config.real("initial_learning_rate"), config.real("end_learning_rate")
    length = config.whole("decay_steps")
    if config.flag("cycle"):
        length *= max(1, math.ceil(step / length))
    part = min(step, length) / length
    return float((initial - end) * (1 - part) ** config.real("power") + end)


def cosine_decay(step: int, config: Config) -> float:
    start, length = config.real("initial_learning_rate"), config.whole("decay_steps")
    if config["warmup_target"] is not None:
        target, warmup = config.real("warmup_target"), config.whole("warmup_steps")
        if step < warmup:
            return start + (target - start) * step / warmup
        start, step = target, step - warmup
    return start * _cosine(min(step, length) / length, config.real("alpha"))


def _cosine(part: float, alpha: float, height: float = 1.0) -> float:
    return (1 - alpha) * 0.5 * height * (1 + math.cos(math.pi * part)) + alpha


def cosine_decay_restarts(step: int, config: Config) -> float:
    part, stretch = step / config.whole("first_decay_steps"), config.real("t_mul")
    if stretch == 1:
        restarts = math.floor(part)
        part -= restarts
    else:
        restarts = math.floor(math.log(1 - part * (1 - stretch)) / math.log(stretch))
        part = (part - (1 - stretch**restarts) / (1 - stretch)) / stretch**restarts
    height = config.real("m_mul") ** restarts
    return config.real("initial_learning_rate") * _cosine(part, config.real("alpha"), height)


SCHEDULES: Final[dict[str, Schedule]] = {
    "ExponentialDecay": exponential_decay,
    "InverseTimeDecay": inverse_time_decay,
    "PiecewiseConstantDecay": piecewise_constant_decay,
    "PolynomialDecay": polynomial_decay,
    "CosineDecay": cosine_decay,
    "CosineDecayRestarts": cosine_decay_restarts,
}


def rate_at(learning_rate: Value, step: int) -> float:
    """The learning rate of a step: a constant, or what the schedule says."""
    if isinstance(learning_rate, Item):
        return SCHEDULES[learning_rate.kind](step, learning_rate.config)
    assert isinstance(learning_rate, int | float)
    return float(learning_rate)
