"""Settings as an address has them. The names are those of TensorFlow Playground's addresses, so that its
links open here; `loss`, `optimizer`, `own`, `ownNames` and the stops are our own.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from engine.playground import (
    ACTIVATIONS,
    CLASSIFICATION,
    FEATURES,
    LOSSES,
    OPTIMIZERS,
    OWN,
    REGRESSION,
    REGULARIZATIONS,
    Settings,
)
from engine.playground import own as own_points

MOST_LAYERS, MOST_UNITS = 6, 8
MOST_SEED = 32
MOST_NAME = 40
DATASETS = (*CLASSIFICATION, *REGRESSION, OWN)
NO_OWN_POINTS = "This address has no points of your own; it shows the circle."

Read = Callable[[str], Any]
"""Reads a value; raises ValueError with what it must be."""


def read(given: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings that an address gives, and a sentence for each value that is no good and was left out."""
    found: dict[str, Any] = {}
    faults = []
    for name, (field, reading) in (_FIELDS | _BROUGHT).items():
        text = given.get(name, "").strip()
        if text or (name == "networkShape" and name in given):
            try:
                found[field] = reading(text)
            except ValueError as fault:
                faults.append(f"{name} must be {fault}; it is {text[:40]!r}.")
    if given.get("problem") == "regression" and "regDataset" in given:
        try:
            found["dataset"] = _one_of(tuple(REGRESSION))(given["regDataset"])
        except ValueError as fault:
            faults.append(f"regDataset must be {fault}; it is {given['regDataset'][:40]!r}.")
    elif given.get("problem") == "regression" and found.get("dataset") not in REGRESSION:
        found["dataset"] = next(iter(REGRESSION))
    if found.get("dataset") == OWN and "own" not in found:
        del found["dataset"]
        faults.append(NO_OWN_POINTS)
    settings = replace(Settings(), **found)
    if features := _features(given):
        settings = replace(settings, features=features)
    else:
        faults.append("A network needs at least one input; it sees x and y.")
    if settings.loss == "logistic" and settings.is_regression:
        settings = replace(settings, loss="squared")
        faults.append("The logistic loss needs two classes; the squared error is used.")
    return settings, tuple(faults)


def read_query(query: str) -> tuple[Settings, tuple[str, ...]]:
    """The same of an address that is kept as text."""
    return read(dict(parse_qsl(query, keep_blank_values=True)))


@lru_cache(maxsize=256)
def write(settings: Settings) -> str:
    """The settings as the query of an address; `read` gives them back."""
    return urlencode(
        [(name, _text(getattr(settings, field))) for name, (field, _) in _FIELDS.items()]
        + [(name, _text(name in settings.features)) for name in FEATURES]
        + _own(settings),
        safe=",",
    ) + _problem(settings)


def address(settings: Settings, look: str, hide: Sequence[str] = ()) -> str:
    """The query of the page: the settings, the unit that is shown large, if it is not the output, and the
    parts of the page that are left out.
    """
    return write(settings) + (f"&look={look}" if look else "") + "".join(f"&{key}=true" for key in hide)


def hidden(given: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an address that leave out parts of the page, as the original has them: `noise_hide`."""
    return tuple(key for key in HIDING if given.get(key) == "true")


def start_of(settings: Settings) -> str:
    """What a run's state belongs to: the rate and the stops may change on the way, nothing else."""
    return write(without_stops(replace(settings, learning_rate=0.03)))


def without_stops(settings: Settings) -> Settings:
    """The settings, with nothing that would end the run, and without names."""
    return replace(settings, stop_epoch=0, stop_loss=0.0, stop_right=0, names=())


def edited(settings: Settings, edit: str) -> Settings:
    """The settings after a press of + or -: `layer+`, `layer-`, or `3+`, `3-` for a layer's units.

    What does not fit changes nothing.
    """
    hidden, place = list(settings.hidden), edit[:-1]
    step = {"+": 1, "-": -1}.get(edit[-1:], 0)
    if place == "layer" and step:
        hidden = [*hidden, 2] if step > 0 else hidden[:-1]
    elif place.isascii() and place.isdigit() and 1 <= int(place) <= len(hidden):
        hidden[int(place) - 1] += step
    fits = len(hidden) <= MOST_LAYERS and all(1 <= units <= MOST_UNITS for units in hidden)
    return replace(settings, hidden=tuple(hidden)) if fits else settings


def _problem(settings: Settings) -> str:
    """So that the original opens the same data."""
    return f"&problem=regression&regDataset={settings.dataset}" if settings.is_regression else ""


def _own(settings: Settings) -> list[tuple[str, str]]:
    """Points that somebody brought along are written where there are some, whatever is looked at now."""
    given = [("own", settings.own), ("ownNames", "|".join(settings.names))]
    return [(name, text) for name, text in given if text]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _features(given: Mapping[str, str]) -> tuple[str, ...]:
    """x and y are seen unless the address says otherwise, the others only if it says so."""
    return tuple(
        name for name in FEATURES if given.get(name, "true" if name in ("x", "y") else "false") != "false"
    )


def _one_of(names: Sequence[str]) -> Read:
    def reading(text: str) -> str:
        if text not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return text

    return reading


def _number(low: float, high: float) -> Read:
    def reading(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return value

    return reading


def _whole(low: int, high: int) -> Read:
    def reading(text: str) -> int:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high or value != int(value):
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return reading


def _seed(text: str) -> str:
    if len(text) > MOST_SEED or not text.isprintable():
        raise ValueError(f"a text of at most {MOST_SEED} characters")
    return text


def _points(text: str) -> str:
    own_points.read(text)
    return text


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split("|"))
    if len(names) != 4 or not text.isprintable() or max(map(len, names)) > MOST_NAME:
        raise ValueError(f"four names of at most {MOST_NAME} characters, with | between them")
    return names


def _layers(text: str) -> tuple[int, ...]:
    told = f"at most {MOST_LAYERS} numbers from 1 to {MOST_UNITS}, such as 4,2"
    try:
        layers = tuple(_each_whole(text))
    except ValueError:
        raise ValueError(told) from None
    if len(layers) > MOST_LAYERS:
        raise ValueError(told)
    return layers


def _each_whole(text: str) -> Iterator[int]:
    for part in text.split(",") if text else ():
        yield _whole(1, MOST_UNITS)(part.strip())


_FIELDS: dict[str, tuple[str, Read]] = {
    "dataset": ("dataset", _one_of(DATASETS)),
    "noise": ("noise", _whole(0, 50)),
    "percTrainData": ("share", _whole(10, 90)),
    "networkShape": ("hidden", _layers),
    "activation": ("activation", _one_of(ACTIVATIONS)),
    "loss": ("loss", _one_of(LOSSES)),
    "optimizer": ("optimizer", _one_of(tuple(OPTIMIZERS))),
    "learningRate": ("learning_rate", _number(1e-6, 10)),
    "batchSize": ("batch_size", _whole(1, 100)),
    "regularization": ("regularization", _one_of(REGULARIZATIONS)),
    "regularizationRate": ("regularization_rate", _number(0, 10)),
    "seed": ("seed", _seed),
    "initZero": ("starts_at_zero", lambda text: text != "false"),
    "stopEpoch": ("stop_epoch", _whole(0, 100_000)),
    "stopLoss": ("stop_loss", _number(0, 10)),
    "stopRight": ("stop_right", _whole(0, 100)),
}
_BROUGHT: dict[str, tuple[str, Read]] = {"own": ("own", _points), "ownNames": ("names", _names)}
_PARTS = (*_FIELDS, "numHiddenLayers", "features", "playButton", "stepButton", "resetButton")
HIDING = ("hideText", *(f"{name}_hide" for name in _PARTS))
