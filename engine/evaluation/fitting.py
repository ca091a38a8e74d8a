"""How a network and a data set come together: do the shapes fit, which loss, which targets, what counts as
right.

A learner's own `model.compile(...)` is used as it stands; where the text has none, Adam with a learning rate
of 0.01 and the loss that suits the last layer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from engine.datasets import Dataset
from engine.evaluation.report import Unmet
from engine.evaluation.wording import counted, sample_shape
from engine.explain.objective import last_activation
from engine.nn.arrays import Array
from engine.nn.losses import SPARSE
from engine.nn.model import Model
from engine.spec import Compile, Item, Shape
from engine.spec.catalogue import LOSSES, OPTIMIZERS
from engine.spec.catalogue.items import default_item

LEARNING_RATE: Final = 0.01

Answers: TypeAlias = Literal["numbers", "one-hot", "class numbers", "bit", "sign"]
"""What the targets look like: numbers to predict, one output per class, or one output for two classes (0 or
1; -1 or 1).
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """A network's way to learn a data set. `border` parts two classes where there is one output."""

    compiled: Compile
    answers: Answers
    border: float = 0.5

    def targets(self, dataset: Dataset, y: Array) -> Array:
        """A split's y as the loss takes it, float32."""
        return targets(self.answers, dataset, y)

    def measured(self, dataset: Dataset, y: Array, metric: str) -> Array:
        """A split's y as a metric of that class name takes it, float32."""
        if self.answers not in ("one-hot", "class numbers"):
            return self.targets(dataset, y)
        return targets("class numbers" if metric.startswith("Sparse") else "one-hot", dataset, y)

    def chosen(self, outputs: Array) -> Array:
        """The class numbers that outputs (samples, units) mean."""
        if outputs.shape[-1] == 1:
            above: Array = (outputs[:, 0] > self.border).astype(int)
            return above
        best: Array = outputs.argmax(axis=1)
        return best


def targets(answers: Answers, dataset: Dataset, y: Array) -> Array:
    """A split's y in that form, float32."""
    match answers:
        case "one-hot":
            return np.eye(len(dataset.classes), dtype=np.float32)[y]
        case "bit":
            return y[:, None].astype(np.float32)
        case "sign":
            return (2 * y[:, None] - 1).astype(np.float32)
        case _:
            return y.astype(np.float32)


def fit_for(model: Model, dataset: Dataset) -> Fit:
    """How a network learns a data set; raises Unmet, with what to change, when it cannot."""
    if len(model.input_shapes) > 1 or len(model.output_shapes) > 1:
        raise Unmet(
            f"The network has {counted(len(model.input_shapes), 'input')} and "
            f"{counted(len(model.output_shapes), 'output')}; {dataset.name} needs one of each.",
            "Leave one input and one output.",
        )
    _check_input(model.input_shapes[0], dataset)
    units = _check_output(model.output_shapes[0], dataset)
    last = last_activation(model, model.output_names[0])
    compiled = model.spec.compiled
    if compiled is None or not isinstance(compiled.loss, Item):
        made = default_item(OPTIMIZERS["Adam"])
        optimizer = Item(made.kind, made.config.replace(learning_rate=LEARNING_RATE))
        compiled = Compile(compiled.optimizer if compiled else optimizer, _suited_loss(dataset, units, last))
    compiled = replace(compiled, metrics=(), weighted_metrics=(), loss_weights=None)
    assert isinstance(compiled.loss, Item)
    return _fit(compiled, compiled.loss, dataset, units, last)


def _fit(compiled: Compile, loss: Item, dataset: Dataset, units: int, last: str) -> Fit:
    if not dataset.classes:
        return Fit(compiled, "numbers")
    if units > 1:
        return Fit(compiled, "class numbers" if loss.kind == SPARSE else "one-hot")
    if last == "tanh" or "Hinge" in loss.kind:
        return Fit(compiled, "sign", 0.0)
    return Fit(compiled, "bit", 0.0 if loss.config.get("from_logits") is True else 0.5)


def _check_input(shape: Shape, dataset: Dataset) -> None:
    fits = len(shape) == len(dataset.shape) + 1 and all(
        have is None or have == want for have, want in zip(shape[1:], dataset.shape, strict=False)
    )
    if fits:
        return
    want = sample_shape((None, *dataset.shape))
    advice = f"Write input_shape={want} in the first layer."
    if len(shape) == 2 and len(dataset.shape) > 1:
        advice = f"Begin with Flatten(input_shape={want})."
    raise Unmet(
        f"Samples of {dataset.name} have the shape {want}; the network takes {sample_shape(shape)}.", advice
    )


def _check_output(shape: Shape, dataset: Dataset) -> int:
    """How many units the output has."""
    classes = len(dataset.classes)
    fine = {classes, 1} if classes == 2 else {classes or len(dataset.targets)}
    units = shape[-1]
    if len(shape) == 2 and units in fine:
        assert units is not None
        return units
    wanted = " or ".join(str(size) for size in sorted(fine))
    told = (
        f"{dataset.name} has {counted(classes, 'class', 'classes')}"
        if classes
        else (f"{dataset.name} asks for {counted(len(dataset.targets), 'number')}")
    )
    raise Unmet(
        f"{told}; the network gives outputs of shape {sample_shape(shape)}.",
        f"Let the last layer have {wanted} {'unit' if wanted == '1' else 'units'}.",
    )


def _suited_loss(dataset: Dataset, units: int, last: str) -> Item:
    """The loss for a network whose text names none."""
    if not dataset.classes:
        return default_item(LOSSES["MeanSquaredError"])
    if last == "softmax":
        return default_item(LOSSES[SPARSE])
    if last == "sigmoid":
        return default_item(LOSSES["BinaryCrossentropy"])
    if last != "linear":
        return default_item(LOSSES["MeanSquaredError"])
    logits = default_item(LOSSES["BinaryCrossentropy" if units == 1 else SPARSE])
    return Item(logits.kind, logits.config.replace(from_logits=True))
