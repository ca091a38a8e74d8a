"""How a document's network learns, for texts: gradients of one sample, a step against them, a short training.

The samples are the presets that are named like classes; each is an example of its own class. Training is
plain gradient descent on all of them at once. The engine computes everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

import engine
from course.figures.document import Matrix, NetworkDocument, Vector
from course.figures.errors import FigureError
from course.figures.forward import model_of, run

MOST_EPOCHS = 2_000
LOSS = "sparse_categorical_crossentropy"


@dataclass(frozen=True)
class Gradients:
    """For one sample, per dense layer: d loss / d z of its units, d loss / d kernel and d loss / d bias."""

    loss: float
    deltas: tuple[Vector, ...]
    kernels: tuple[Matrix, ...]
    biases: tuple[Vector, ...]

    @property
    def moved(self) -> int:
        """How many parameters have a gradient that is not zero."""
        rows = [row for kernel in self.kernels for row in kernel]
        return sum(value != 0 for row in (*rows, *self.biases) for value in row)


def samples(document: NetworkDocument) -> dict[str, Vector]:
    """The presets that are named like a class, in the order of the classes."""
    return {name: x for name in document.classes if (x := document.preset(name)) is not None}


@lru_cache(maxsize=64)
def gradients(document: NetworkDocument, name: str) -> Gradients:
    """The loss of a sample and its gradients. Raises FigureError when no class has the sample's name."""
    traced = _back(document, name, 0.0)
    layers = [layer for layer in traced.layers if layer.kind == "Dense"]
    deltas = [layer.a_gradient if layer.z_gradient is None else layer.z_gradient for layer in layers]
    steps = [{weight.name: weight.gradient for weight in layer.weights} for layer in layers]
    return Gradients(
        traced.loss,
        tuple(map(_vector, deltas)),
        tuple(tuple(map(_vector, step["kernel"])) for step in steps),
        tuple(_vector(step["bias"]) for step in steps),
    )


@lru_cache(maxsize=64)
def stepped(document: NetworkDocument, name: str, rate: float) -> NetworkDocument:
    """The network after one step of gradient descent on one sample. Raises FigureError."""
    layers = [layer for layer in _back(document, name, rate).layers if layer.kind == "Dense"]
    return _with_weights(document, [weight.after for layer in layers for weight in layer.weights])


@lru_cache(maxsize=64)
def trained(document: NetworkDocument, epochs: int, rate: float, seed: int) -> NetworkDocument:
    """The network after so many epochs from random weights. Raises FigureError."""
    known = samples(document)
    if not known or not 0 <= epochs <= MOST_EPOCHS:
        raise FigureError(
            f"Training takes 0 to {MOST_EPOCHS} epochs and inputs that are named like the classes."
        )
    text = engine.write(engine.parse(document.source)) + (
        f"\nmodel.compile(optimizer=keras.optimizers.SGD(learning_rate={rate}), loss={LOSS!r})\n"
    )
    try:
        model = engine.build(engine.parse(text), seed=seed, dtype="float64", budget=engine.INTERACTIVE)
        if epochs:
            truth = np.array([document.classes.index(name) for name in known])
            model.fit(np.array(list(known.values())), truth, epochs=epochs, budget=engine.WORKER)
    except engine.EngineError as error:
        raise FigureError(f"The network cannot be trained so: {error}") from error
    return _with_weights(document, model.get_weights())


def mean_loss(document: NetworkDocument) -> float:
    """The mean loss of all samples."""
    losses = [gradients(document, name).loss for name in samples(document)]
    return sum(losses) / len(losses)


def right(document: NetworkDocument) -> int:
    """How many samples the network answers with their own class."""
    return sum(document.classes[run(document, x).answer] == name for name, x in samples(document).items())


def _back(document: NetworkDocument, name: str, rate: float) -> engine.BackwardTrace:
    known = samples(document)
    if name not in known:
        raise FigureError(f"The loss needs to know what is right: name one of {', '.join(known)}.")
    truth = document.classes.index(name)
    try:
        return engine.trace_backward(
            model_of(document), np.array(known[name]), truth, loss=LOSS, learning_rate=rate
        )
    except engine.EngineError as error:
        raise FigureError(f"The network cannot learn so: {error}") from error


def _with_weights(document: NetworkDocument, arrays: Sequence[Any]) -> NetworkDocument:
    """The document with other weights: kernel, bias, kernel, bias, and so on."""
    return replace(
        document,
        kernels=tuple(tuple(map(_vector, kernel)) for kernel in arrays[0::2]),
        biases=tuple(_vector(bias) for bias in arrays[1::2]),
    )


def _vector(values: Iterable[float]) -> Vector:
    return tuple(float(value) for value in values)
