"""What losses and optimizers take: arrays of the outputs' size, and numbers for every weight."""

from __future__ import annotations

from typing import Final

from engine.records import record
from engine.spec.settings import Compile
from engine.spec.structure import Config, Item, Value

LOSSES: Final = {
    "MeanSquaredError": 3.0,
    "MeanAbsoluteError": 3.0,
    "MeanAbsolutePercentageError": 5.0,
    "MeanSquaredLogarithmicError": 5.0,
    "CosineSimilarity": 4.0,
    "Huber": 5.25,
    "LogCosh": 3.0,
    "BinaryCrossentropy": 5.25,
    "BinaryFocalCrossentropy": 8.25,
    "CategoricalCrossentropy": 6.25,
    "CategoricalFocalCrossentropy": 7.25,
    "SparseCategoricalCrossentropy": 7.25,
    "Hinge": 4.25,
    "SquaredHinge": 4.0,
    "CategoricalHinge": 4.0,
    "KLDivergence": 4.25,
    "Poisson": 3.0,
}
"""Arrays of the outputs' size at the fullest moment of a loss, its gradient included."""


@record
class State:
    """Numbers for every weight: those that an optimizer keeps, and those that a step lays `aside`."""

    kept: int
    aside: int


OPTIMIZERS: Final = {
    "SGD": State(0, 0),
    "RMSprop": State(1, 3),
    "Adam": State(3, 0),
    "AdamW": State(3, 0),
    "Adamax": State(2, 2),
    "Nadam": State(2, 5),
    "Adagrad": State(1, 3),
    "Adadelta": State(2, 3),
}

KEEPING: Final = ("momentum", "centered", "amsgrad")
"""Settings that keep one number more for every weight."""


def loss_arrays(loss: Value) -> float:
    """Arrays of the outputs' size, for one loss or several; the most of all where none is known yet."""
    match loss:
        case Item():
            return LOSSES[loss.kind]
        case Config():
            return max(map(loss_arrays, loss.values()), default=0.0)
        case tuple():
            return max(map(loss_arrays, loss), default=0.0)
        case _:
            return max(LOSSES.values())


def optimizer_state(compiled: Compile | None) -> State:
    """Of the optimizer; Adam's where none is chosen yet."""
    if compiled is None:
        return OPTIMIZERS["Adam"]
    state, config = OPTIMIZERS[compiled.optimizer.kind], compiled.optimizer.config
    more = sum(bool(config.get(name)) for name in KEEPING)
    return State(state.kept + more, max(state.aside, int(config.get("nesterov") is True)))
