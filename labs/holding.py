"""The weights of a network in the lab: drawn from a seed, pasted or loaded from a file, and carried out.

Arrays stand in Keras's order as nested lists. Everything a person sends is bounded and read strictly; what is
refused is a WeightFault, told as it is.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import engine
from course.figures.numbers import plain, typed
from engine.spec import graph_weights
from labs.weights import LIMIT

MOST_KEPT = 10_000
"""Numbers that a draft keeps; larger networks draw theirs anew each time."""
MOST_BYTES = 512 * 1024
"""Bytes of a file or a pasted text."""
DIGITS = 6


class WeightFault(ValueError):  # noqa: N818 - it is told to the person as it is
    """Weights that a network cannot have, or a text that holds none."""


@dataclass(frozen=True)
class Place:
    """One array of a network: its name, such as `dense kernel`, and its shape."""

    name: str
    shape: tuple[int, ...]

    @property
    def told(self) -> str:
        return f"{self.name}, {'×'.join(map(str, self.shape))}"


def places(spec: engine.Spec) -> list[Place]:
    """All arrays of a network, in Keras's order."""
    return [
        Place(f"{layer.name} {one.name}", tuple(one.shape))
        for layer, found in graph_weights(spec)
        for one in found
    ]


def fits(spec: engine.Spec, arrays: Sequence[Any] | None) -> bool:
    """Whether kept arrays are those of this network."""
    wanted = [place.shape for place in places(spec)]
    return arrays is not None and [np.shape(array) for array in arrays] == wanted


def drawn(spec: engine.Spec, seed: int) -> list[Any]:
    """What the network's initializers draw, to six decimals. Raises WeightFault."""
    return _lists(_model(spec, seed).get_weights())


def loaded(spec: engine.Spec, content: bytes) -> list[Any]:
    """The arrays of a `.npz`, `.npy` or JSON file. Raises WeightFault."""
    if len(content) > MOST_BYTES:
        raise WeightFault(f"The file is larger than {MOST_BYTES:,} bytes.")
    try:
        return checked(spec, engine.read_weights(content))
    except engine.ShapeError as error:
        raise WeightFault(f"{error.message} {error.hint}".strip()) from error


def pasted(spec: engine.Spec, arrays: Sequence[Any], which: int, text: str) -> list[Any]:
    """`arrays` with one of them as it was pasted: CSV, a spreadsheet's cells, or NumPy's print. Raises
    WeightFault.
    """
    known = places(spec)
    if not 0 <= which < len(known):
        raise WeightFault("Choose one of the network's arrays.")
    if len(text) > MOST_BYTES:
        raise WeightFault(f"The text has {len(text):,} letters; at most {MOST_BYTES:,} are read.")
    numbers, place = numbers_of(text), known[which]
    size = int(np.prod(place.shape))
    if len(numbers) != size:
        raise WeightFault(f"{place.told} takes {size:,} numbers; {len(numbers):,} were pasted.")
    replaced = list(arrays)
    replaced[which] = np.reshape(numbers, place.shape).tolist()
    return checked(spec, replaced)


def numbers_of(text: str) -> list[float]:
    """All numbers of a matrix as people paste one. A comma is a decimal one where a semicolon or a tab parts.

    Raises WeightFault for the first that is none.
    """
    has_other = ";" in text or "\t" in text
    cells = re.split(r"[;\s]+" if has_other else r"[,;\s]+", re.sub(r"[\[\](){}]|array", " ", text))
    found = []
    for cell in filter(None, cells):
        value = typed(cell) if len(cell) <= 40 else None
        value = _scientific(cell) if value is None else value
        if value is None:
            raise WeightFault(
                f"{cell[:20]!r} is no number. Paste numbers with commas, tabs or blanks between."
            )
        found.append(value)
    return found


def checked(spec: engine.Spec, arrays: Sequence[Any]) -> list[Any]:
    """The arrays if they are this network's and small enough to keep. Raises WeightFault."""
    model = _model(spec)
    try:
        model.set_weights(arrays)
    except engine.ShapeError as error:
        raise WeightFault(f"{error.message} {error.hint}".strip()) from error
    if any(np.abs(array).max(initial=0) > LIMIT for array in model.get_weights()):
        raise WeightFault(f"A weight lies between -{LIMIT} and {LIMIT}.")
    return _lists(model.get_weights())


def as_npz(arrays: Sequence[Any]) -> bytes:
    """A file that `Model.set_weights` takes in that order."""
    buffer = io.BytesIO()
    np.savez(buffer, *[np.asarray(array, np.float32) for array in arrays])
    return buffer.getvalue()


def as_csv(array: Any) -> str:
    """One array as rows of CSV; higher dimensions run through the rows."""
    matrix = np.asarray(array, np.float64)
    rows = matrix.reshape(-1, matrix.shape[-1])
    return "".join(",".join(plain(float(value)) for value in row) + "\n" for row in rows)


def _model(spec: engine.Spec, seed: int = 0) -> engine.Model:
    count = engine.estimate(spec).parameters
    if count > MOST_KEPT:
        raise WeightFault(f"The network has {count:,} weights; up to {MOST_KEPT:,} can be kept here.")
    try:
        return engine.build(spec, seed, budget=engine.INTERACTIVE)
    except engine.BudgetExceeded as error:
        raise WeightFault(str(error)) from error


def _lists(arrays: Sequence[Any]) -> list[Any]:
    return [np.round(np.asarray(array, np.float64), DIGITS).tolist() for array in arrays]


def _scientific(cell: str) -> float | None:
    """Numbers as NumPy prints them: 1. and 1.5e-03."""
    is_one = re.fullmatch(r"[-+]?[0-9]{1,20}(\.[0-9]{0,20})?(e[-+]?[0-9]{1,2})?", cell, re.IGNORECASE)
    return float(cell) if is_one else None
