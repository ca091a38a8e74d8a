"""The form that sets a run up: choices, what is chosen, and what an address leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from engine.playground import ACTIVATIONS, LOSSES, OPTIMIZERS, OWN, REGULARIZATIONS, Settings
from engine.playground.points import drawn
from labs.playground.addresses import MOST_LAYERS, MOST_UNITS
from labs.playground.drawing import FEATURE_NAMES, Dots, dots

DATA = {
    "circle": "circle",
    "xor": "xor",
    "gauss": "clouds",
    "spiral": "spiral",
    "moons": "moons",
    "reg-plane": "slope",
    "reg-gauss": "hills",
}
RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
PENALTIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
NAMES = {
    "sgd": "SGD",
    "momentum": "momentum",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "squared": "squared",
    "logistic": "logistic",
}

Options = tuple[tuple[str, str, bool], ...]
"""(value, text, is chosen) of each."""


@dataclass(frozen=True)
class Field:
    """A setting on the form: one of `options`, or without them a whole number from `least` to `most`."""

    name: str
    label: str
    value: str
    options: Options = ()
    least: int = 0
    most: int = 0
    is_hidden: bool = False

    @property
    def said(self) -> str:
        """The value as the page says it."""
        return next((text for _, text, is_chosen in self.options if is_chosen), self.value)


def setup(settings: Settings, faults: Sequence[str] = (), hide: Sequence[str] = ()) -> dict[str, Any]:
    """Context of the form; `hide` are the keys of what an address leaves out."""
    fields = [*selects(settings), *_numbers(settings)]
    return {
        "settings": settings,
        "faults": faults,
        "hide": hide,
        "data": _data(settings),
        "brought": "|".join(settings.names),
        "called": _called(settings),
        "features": [(name, said, name in settings.features) for name, said in FEATURE_NAMES.items()],
        "fields": [_unless(hide, field) for field in fields],
        **layers(settings),
    }


def layers(settings: Settings) -> dict[str, Any]:
    """Context of the rows of hidden layers."""
    return {
        "settings": settings,
        "shape": ",".join(map(str, settings.hidden)),
        "layers": list(enumerate(settings.hidden, 1)),
        "most_layers": MOST_LAYERS,
        "most_units": MOST_UNITS,
    }


def selects(settings: Settings) -> list[Field]:
    """Choices of one from a few."""
    rate, penalty = settings.learning_rate, settings.regularization_rate
    return [
        _choice("activation", "Activation", ACTIVATIONS, settings.activation),
        _choice("loss", "Loss", LOSSES, settings.loss),
        _choice("optimizer", "Optimizer", tuple(OPTIMIZERS), settings.optimizer),
        _choice("learningRate", "Learning rate", sorted({*RATES, rate}), rate),
        _choice("regularization", "Regularization", REGULARIZATIONS, settings.regularization),
        _choice("regularizationRate", "Its rate", sorted({*PENALTIES, penalty}), penalty),
    ]


def batch_size(settings: Settings) -> Field:
    """How many points a step learns from."""
    return Field("batchSize", "Batch size", str(settings.batch_size), least=1, most=100)


def _numbers(settings: Settings) -> list[Field]:
    return [
        batch_size(settings),
        Field("noise", "Noise, %", str(settings.noise), least=0, most=50),
        Field("percTrainData", "Points to learn from, %", str(settings.share), least=10, most=90),
    ]


def _unless(hide: Sequence[str], field: Field) -> Field:
    return replace(field, is_hidden=f"{field.name}_hide" in hide)


def _choice(name: str, label: str, values: Sequence[Any], chosen: object) -> Field:
    options = tuple((_plain(value), NAMES.get(value, _plain(value)), value == chosen) for value in values)
    return Field(name, label, _plain(chosen), options)


def _plain(value: object) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _called(settings: Settings) -> tuple[str, ...]:
    """What the axes and the classes of own points are, where somebody named them."""
    if settings.dataset != OWN or not settings.names:
        return ()
    across, up, *sides = settings.names
    told = (f"Across: {across}. Up: {up}.",)
    return (
        told
        if sides == ["positive", "negative"]
        else (*told, "Positive is {}, negative is {}.".format(*sides))
    )


def _data(settings: Settings) -> list[tuple[str, str, tuple[Dots, ...]]]:
    """(name, what it is called, its picture) of each data set there is to choose."""
    data = [(name, said, thumbnail(name)) for name, said in DATA.items()]
    if settings.own:
        points = drawn(OWN, "thumbnail", 0, 50, settings.own)[0]
        data.append((OWN, "your own", dots(points._replace(train=len(points.labels)), 56, 3)))
    return data


@cache
def thumbnail(dataset: str) -> tuple[Dots, ...]:
    """Some points of a data set, for its button."""
    points = drawn(dataset, "thumbnail", 0, 50)[0]
    some = points._replace(at=points.at[:90], labels=points.labels[:90], train=90)
    return dots(some, 56, 3)
