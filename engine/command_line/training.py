"""`train`: a network learns a data set by name, or the samples of two files."""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.command_line import given
from engine.command_line.curves import svg
from engine.command_line.progress import Progress
from engine.command_line.telling import print_json
from engine.datasets import DATASETS, NAMES
from engine.errors import EngineError
from engine.evaluation.fitting import fit_for
from engine.nn.losses import SPARSE
from engine.spec import Item
from engine.spec.wording import closest, listed

if TYPE_CHECKING:
    from engine import Model

EPOCHS = 10


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a network is to learn: samples, the wanted answers, samples to check by, and for how long."""

    name: str
    x: Any
    y: Any
    validation: tuple[Any, Any] | None
    epochs: int


def train(options: argparse.Namespace) -> int:
    """`train`: prints how it went; writes weights with --out, curves with --svg."""
    if options.out and not options.out.endswith(".npz"):
        raise EngineError(f"--out takes a name that ends in .npz; it is {options.out!r}.")
    model = given.model(options)
    lesson = _dataset(options, model) if options.dataset else _files(options, model)
    fit = model.spec.fit
    epochs = options.epochs or (fit.epochs if fit else lesson.epochs)
    batch_size = options.batch_size or (fit.batch_size if fit else None)
    progress = Progress(epochs, sys.stderr)
    try:
        history = model.fit(
            lesson.x,
            lesson.y,
            epochs=epochs,
            batch_size=batch_size,
            validation_data=lesson.validation,
            seed=options.seed,
            on_epoch=progress.epoch,
        ).history
    finally:
        progress.end()
    numbers = {
        name: [value for value in values if isinstance(value, int | float)]
        for name, values in history.items()
        if isinstance(values[0], int | float)
    }
    if options.out:
        _write_weights(Path(options.out), model)
    if options.svg:
        Path(options.svg).write_text(svg(numbers, f"{options.net} learns {lesson.name}"), "utf-8")
    if options.json:
        print_json({"dataset": lesson.name, "epochs": epochs, "history": numbers})
        return 0
    results = ", ".join(f"{name} {values[-1]:.4f}" for name, values in numbers.items())
    print(f"{options.net}: {epochs} epochs of {lesson.name}: {results}.")
    for path in filter(None, (options.out, options.svg)):
        print(f"{path} is written.")
    return 0


def _dataset(options: argparse.Namespace, model: Model) -> Lesson:
    if options.x or options.y:
        raise EngineError("Give --dataset, or --x and --y, not both.")
    if options.dataset not in NAMES:
        near = closest(options.dataset, NAMES)
        hint = f"did you mean {near}?" if near else f"there are {listed(DATASETS)}."
        raise EngineError(f"There is no data set named {options.dataset!r}; {hint}")
    dataset = DATASETS[options.dataset]
    fit = fit_for(model, dataset)
    model.compile(fit.compiled.optimizer, fit.compiled.loss, ("accuracy",) if dataset.classes else ())
    learned, kept = dataset.split("train", options.seed), dataset.split("validation", options.seed)
    validation = (kept.x, fit.targets(dataset, kept.y))
    return Lesson(dataset.name, learned.x, fit.targets(dataset, learned.y), validation, dataset.epochs)


def _files(options: argparse.Namespace, model: Model) -> Lesson:
    if not options.x or not options.y:
        raise EngineError(
            f"Nothing to learn from: give --dataset, one of {listed(DATASETS)}, or --x and --y."
        )
    if model.compiled is None or model.compiled.loss is None:
        raise EngineError(
            "The text does not say how to train. Write model.compile(optimizer='adam', loss='mse'), "
            "or choose a --dataset, which knows."
        )
    x = given.samples(options.x, model)
    y = given.array(options.y, "--y", "a .csv, .json or .npy file with one row for each sample")
    if len(y) != len(x):
        raise EngineError(f"--x has {len(x)} samples and --y has {len(y)}; each sample needs its answer.")
    shape = model.output_shapes[0][1:]
    loss = model.compiled.loss
    if isinstance(loss, Item) and loss.kind == SPARSE:
        y = y.reshape(len(y), *shape[:-1]) if y.size == len(y) else y
    elif None not in shape and y.size == len(y) * int(np.prod([size or 1 for size in shape])):
        y = y.reshape(len(y), *shape)
    return Lesson(options.x, x, y, None, EPOCHS)


def _write_weights(path: Path, model: Model) -> None:
    """All weights in Keras's order, as `--weights` and `engine.read_weights` take them."""
    stream = io.BytesIO()
    np.savez(stream, *model.get_weights())
    path.write_bytes(stream.getvalue())
