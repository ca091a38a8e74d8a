"""`compile` called from Python, and what a training costs."""

from __future__ import annotations

from engine.errors import SpecError
from engine.records import record
from engine.spec import Compile, Config, Graph, Item, Value
from engine.spec.arguments import ArgumentType, Unfit
from engine.spec.catalogue.losses import LOSS
from engine.spec.catalogue.metrics import METRIC
from engine.spec.catalogue.optimizers import OPTIMIZER
from engine.spec.estimate import tally
from engine.spec.memory import training
from engine.spec.wording import show

BACKWARD = 3
"""A training step takes about this many times the operations of a prediction: forward, and twice back."""


def compile_settings(optimizer: Value, loss: Value, metrics: Value) -> Compile:
    """Names turned into objects; raises SpecError for a name that there is not."""
    chosen = _read("optimizer", OPTIMIZER, optimizer)
    assert isinstance(chosen, Item)
    listed = metrics if isinstance(metrics, tuple | list | dict | Config) else (metrics,)
    return Compile(chosen, _each("loss", LOSS, loss), _each("metrics", METRIC, listed))


def _each(what: str, kind: ArgumentType, value: object) -> Value:
    """A setting for one output, a list of outputs, or outputs by name."""
    if isinstance(value, list | tuple):
        return tuple(_each(what, kind, part) for part in value)
    if isinstance(value, dict | Config):
        return Config({str(name): _each(what, kind, part) for name, part in value.items()})
    return _read(what, kind, value)


def _read(what: str, kind: ArgumentType, value: object) -> Value:
    assert value is None or isinstance(value, str | Item | int | float)
    try:
        return kind.read(value)
    except Unfit as unfit:
        hint = f"Did you mean {unfit.fix}?" if unfit.fix else ""
        raise SpecError(
            f"compile: {what} must be {unfit.wanted}; it is {show(value)}.", hint, code="bad-argument"
        ) from None


@record
class TrainingCost:
    """The cost of a whole training, in the terms in which budgets are given."""

    parameters: int
    flops: int
    bytes: int


def training_cost(
    spec: Graph, samples: int, epochs: int, batch_size: int, compiled: Compile | None = None
) -> TrainingCost:
    """What a training takes: operations over all epochs; bytes at its fullest moment, with the samples, their
    targets and the state of the optimizer, which is Adam's where none is given.
    """
    one = tally(spec)
    return TrainingCost(
        one.parameters,
        BACKWARD * one.flops * samples * epochs,
        training(spec, compiled, samples, batch_size),
    )
