"""What `model.compile(...)` and `model.fit(...)` say about training, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.structure import Item, Value


@dataclass(frozen=True, slots=True)
class Compile:
    """The settings of `model.compile(...)`.

    `loss` and each of `metrics` are normalized: a name where Keras takes a name, an Item where an object was
    written, a tuple or Config (by output name) for several outputs. `metrics` is a tuple.
    """

    optimizer: Item
    loss: Value = None
    metrics: Value = ()
    loss_weights: Value = None
    weighted_metrics: Value = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """The settings of `model.fit(...)` that do not name data, at Keras's defaults where the text is
    silent.
    """

    epochs: int = 1
    batch_size: int | None = None
    shuffle: bool = True
    validation_split: float = 0.0
