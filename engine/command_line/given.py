"""What the options of a command give: the network, its weights, samples."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import engine
from engine.errors import EngineError

if TYPE_CHECKING:
    from engine import Model, Spec

MOST_BYTES: Final = 64 * 2**20


def text(name: str) -> bytes:
    """The bytes of NET: a file, or the standard input."""
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES)


def values(options: argparse.Namespace) -> dict[str, object]:
    """The names given by --value; a value is a number, a string or a JSON list."""
    found: dict[str, object] = {}
    for pair in options.value:
        name, equals, value = pair.partition("=")
        if not equals:
            raise EngineError(f"--value takes NAME=VALUE, such as num_classes=10; it is {pair!r}.")
        try:
            plain = json.loads(value)
        except ValueError:
            plain = value
        found[name] = tuple(plain) if isinstance(plain, list) else plain
    return found


def spec(options: argparse.Namespace) -> Spec:
    """The network in NET, Keras text or JSON."""
    given = text(options.net)
    if options.net.endswith(".json"):
        return engine.Spec.from_json(given.decode("utf-8", "replace"))
    return engine.parse(given, values(options))


def samples(given: str, model: Model) -> Any:
    """Samples as a batch: rows of a file, or one sample's numbers in the text of the option."""
    flat = array(given, "--x", "numbers such as 2,2,0,2,2,0,0,2")
    shape = model.input_shapes[0][1:]
    wanted = tuple(-1 if size is None else size for size in shape)
    try:
        return flat.reshape((len(flat), *wanted)) if flat.ndim == 2 else flat.reshape((-1, *wanted))
    except ValueError:
        told = "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
        count = flat.shape[-1] if flat.ndim else 1
        raise EngineError(
            f"--x gives {count} numbers for a sample; the network takes samples of shape {told}."
        ) from None


def array(given: str, option: str, example: str) -> Any:
    """An array from a .csv, .json or .npy file, or from numbers in the text of the option."""
    path = Path(given)
    try:
        if path.suffix == ".npy":
            return np.load(path, allow_pickle=False)
        if path.suffix == ".csv":
            return np.loadtxt(path, delimiter=",", ndmin=2)
        if path.suffix == ".json":
            return np.asarray(json.loads(path.read_text("utf-8")), dtype=float)
        return np.asarray([[float(number) for number in given.replace(",", " ").split()]])
    except ValueError as error:
        raise EngineError(f"{option} cannot be read: {error}. Give {example}.") from None


def model(options: argparse.Namespace) -> Model:
    """The network in NET with the weights of --weights, or fresh ones."""
    made = engine.build(spec(options), seed=options.seed)
    if options.weights:
        with Path(options.weights).open("rb") as file:
            made.set_weights(engine.read_weights(file.read(MOST_BYTES)))
    return made
