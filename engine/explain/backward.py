"""One sample on its way back: the loss, who answers for how much of it, and one step downhill.

Computed in float64, at inference (dropout rests), for one sample and plain gradient descent: what a learner
can check by hand. Its JSON:

    {"v": 1,
     "loss": number,            penalties of regularizers included
     "loss_after": number,      of the same sample, after the step
     "loss_name": str,          Keras's name; for several outputs those of all, joined by " + "
     "learning_rate": number,
     "y": [nested numbers],     the target of each output
     "layers": [{               as in a forward trace, first to last
        "name": str, "kind": str, "inputs": [int], "shape": [int],
        "a_gradient": nested numbers,   d loss / d a
        "z_gradient": nested numbers,   d loss / d z, where the layer applies an activation to a z
        "weights": [{"name": str, "value", "gradient", "after": nested numbers}],
     }]}

`after` is `value - learning_rate * gradient`, and then whatever a constraint makes of it. A layer that is
called more than once shows the sum of its weights' gradients each time. Every number is finite; one that
overflowed is null.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from engine.budget import Budget
from engine.errors import ShapeError
from engine.explain.forward import plain
from engine.explain.objective import chosen_loss, loss_name, target
from engine.explain.sample import one_sample
from engine.nn.activations import activation
from engine.nn.arrays import Array, Arrays
from engine.nn.layers import Context, Layer, Visit
from engine.nn.model import Model, build
from engine.nn.schedules import rate_at
from engine.nn.training.settings import training_cost
from engine.spec.strict_json import Plain

VERSION: Final = 1
LEARNING_RATE: Final = 0.01


@dataclass(frozen=True, slots=True)
class WeightStep:
    """One weight array in one step of gradient descent; three arrays of the same shape, float64."""

    name: str
    value: Array
    gradient: Array
    after: Array

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values."""
        return {
            "name": self.name,
            "value": plain(self.value),
            "gradient": plain(self.gradient),
            "after": plain(self.after),
        }


@dataclass(frozen=True, slots=True)
class LayerGradients:
    """One layer's part of the way back; arrays without the batch axis. `weights` are the trainable ones."""

    name: str
    kind: str
    sources: tuple[int, ...]
    a_gradient: Array
    z_gradient: Array | None
    weights: tuple[WeightStep, ...]

    def weight(self, name: str) -> WeightStep:
        """The weight array of that name; KeyError when there is none."""
        for weight in self.weights:
            if weight.name == name:
                return weight
        raise KeyError(name)

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values in the form that the module describes."""
        entry: dict[str, Plain] = {
            "name": self.name,
            "kind": self.kind,
            "inputs": list(self.sources),
            "shape": list(self.a_gradient.shape),
            "a_gradient": plain(self.a_gradient),
        }
        if self.z_gradient is not None:
            entry["z_gradient"] = plain(self.z_gradient)
        entry["weights"] = [weight.to_dict() for weight in self.weights]
        return entry


@dataclass(frozen=True, slots=True)
class BackwardTrace:
    """The way back of one sample, layers first to last."""

    loss: float
    loss_after: float
    loss_name: str
    learning_rate: float
    y: Arrays
    layers: tuple[LayerGradients, ...]

    def layer(self, name: str) -> LayerGradients:
        """The layer of that name; KeyError when there is none."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def to_dict(self) -> dict[str, Plain]:
        """Plain JSON values."""
        return {
            "v": VERSION,
            "loss": plain(np.array(self.loss)),
            "loss_after": plain(np.array(self.loss_after)),
            "loss_name": self.loss_name,
            "learning_rate": self.learning_rate,
            "y": [plain(target) for target in self.y],
            "layers": [layer.to_dict() for layer in self.layers],
        }

    def to_json(self) -> str:
        """The same as JSON text."""
        return json.dumps(self.to_dict(), allow_nan=False, separators=(",", ":"))


def trace_backward(
    model: Model,
    x: Any,
    y: Any,
    loss: str | None = None,
    learning_rate: float | None = None,
    budget: Budget | None = None,
) -> BackwardTrace:
    """Follows the gradient of one sample's loss back through the model, and takes one step; changes nothing
    in the model.

    `x` and `y` are one sample with or without a batch axis; `y` may be a class number. `loss` is one of
    Keras's names, by default what the model was compiled with, else what suits its last activation.
    `learning_rate` is by default that of the model's optimizer, else 0.01. Raises ShapeError, SpecError for
    an unknown loss, and BudgetExceeded when one step costs more than `budget` allows.
    """
    if budget is not None:
        budget.check(training_cost(model.spec, 1, 1, 1))
    rate = _learning_rate(model) if learning_rate is None else learning_rate
    if not np.isfinite(rate) or rate < 0:
        raise ShapeError(f"The learning rate is {rate}.", "It must be a number of at least 0.")
    twin = build(model.spec, dtype="float64")
    twin.set_weights(model.get_weights())
    twin.compile(optimizer="sgd", loss=chosen_loss(model) if loss is None else loss)
    arrays = one_sample(twin, x)
    targets = target(twin, y)
    visits: list[Visit] = []
    value = descend(twin, arrays, targets, visits)
    steps = _steps(twin, rate)
    produced = {id(output): index for index, visit in enumerate(visits) for output in visit.outputs}
    return BackwardTrace(
        loss=value,
        loss_after=_loss(twin, arrays, targets),
        loss_name=loss_name(twin),
        learning_rate=float(rate),
        y=tuple(part[0] for part in targets),
        layers=tuple(_layer_gradients(visit, produced, steps) for visit in visits),
    )


def _learning_rate(model: Model) -> float:
    if model.compiled is None:
        return LEARNING_RATE
    return rate_at(model.compiled.optimizer.config["learning_rate"], 0)


def descend(model: Model, x: Arrays, y: Arrays, visits: list[Visit]) -> float:
    """The loss; its gradients are left in the parameters and in the visits."""
    trainer = model.trainer
    trainer.flat.gradients.fill(0)
    context = Context(visits=visits, penalties=[])
    with np.errstate(all="ignore"):
        outputs, backward = model.network.call(x, context)
        penalty = sum(context.penalties or ()) + trainer.flat.penalty(learn=True)
        loss, gradients = trainer.objective.measure(y, outputs, context.output_masks, penalty)
        backward(gradients)
    return float(loss)


def _loss(model: Model, x: Arrays, y: Arrays) -> float:
    told = model.trainer.evaluate(x, y, 1)["loss"]
    assert isinstance(told, float | int)
    return float(told)


def _steps(model: Model, rate: float) -> dict[int, WeightStep]:
    """Takes the step; by the identity of each trainable parameter, what it did."""
    flat = model.trainer.flat
    before = {id(p): (p.value.copy(), p.gradient.copy()) for p in flat.parameters}
    with np.errstate(all="ignore"):
        flat.weights -= rate * flat.gradients
        flat.constrain()
    return {
        id(p): WeightStep(p.name, *before[id(p)], after=p.value.copy()) for p in flat.parameters
    }  # fmt: skip


def _layer_gradients(visit: Visit, produced: dict[int, int], steps: dict[int, WeightStep]) -> LayerGradients:
    layer = visit.layer
    output = visit.outputs[0]
    # Whatever nothing reads has no part in the loss.
    gradient = visit.gradients[0] if visit.gradients else np.zeros_like(output)
    return LayerGradients(
        name=layer.name,
        kind=layer.kind,
        sources=tuple(produced[id(x)] for x in visit.inputs if id(x) in produced),
        a_gradient=gradient[0],
        z_gradient=_z_gradient(layer, visit.notes.get("z"), gradient),
        weights=tuple(steps[id(p)] for p in layer.parameters if id(p) in steps),
    )


def _z_gradient(layer: Layer, z: Array | None, gradient: Array) -> Array | None:
    """d loss / d z where z goes through an activation and nothing else."""
    if z is None or "activation" not in layer.config or z.shape != gradient.shape:
        return None
    _, backward = activation(layer.config["activation"])(z)
    found: Array = backward(gradient)[0]
    return found
