"""What the playground's page shows of a run: the readout, remarks, pictures, and the same as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from engine.playground import ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZATIONS, Run, Settings
from engine.playground.points import drawn
from labs.playground.addresses import MOST_LAYERS, MOST_UNITS
from labs.playground.drawing import (
    FEATURE_NAMES,
    OUTPUT,
    Dots,
    charts,
    dead_units,
    dots,
    figure,
    plane,
    unit_names,
)

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
TABLE_ROWS = 12


@dataclass(frozen=True)
class Table:
    """A table of numbers with a heading for each row and column."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def setup(settings: Settings, faults: Sequence[str] = ()) -> dict[str, Any]:
    """Context of the form: choices and what is chosen."""
    return {
        "settings": settings,
        "faults": faults,
        "data": [(name, said, thumbnail(name)) for name, said in DATA.items()],
        "features": [(name, said, name in settings.features) for name, said in FEATURE_NAMES.items()],
        "selects": _selects(settings),
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


def _selects(settings: Settings) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """(name, label, options) for each choice of one from a few; an option is (value, text, is chosen)."""
    rate, penalty = settings.learning_rate, settings.regularization_rate
    return [
        ("activation", "Activation", _options(ACTIVATIONS, settings.activation)),
        ("loss", "Loss", _options(LOSSES, settings.loss)),
        ("optimizer", "Optimizer", _options(tuple(OPTIMIZERS), settings.optimizer)),
        ("learningRate", "Learning rate", _options(sorted({*RATES, rate}), rate)),
        ("regularization", "Regularization", _options(REGULARIZATIONS, settings.regularization)),
        ("regularizationRate", "Its rate", _options(sorted({*PENALTIES, penalty}), penalty)),
    ]


def _options(values: Sequence[Any], chosen: object) -> list[tuple[str, str, bool]]:
    return [(_plain(value), NAMES.get(value, _plain(value)), value == chosen) for value in values]


def _plain(value: object) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@cache
def thumbnail(dataset: str) -> tuple[Dots, ...]:
    """Some points of a data set, for its button."""
    points = drawn(dataset, "thumbnail", 0, 50)[0]
    some = points._replace(at=points.at[:90], labels=points.labels[:90], train=90)
    return dots(some, 56, 3)


def looks(run: Run, look: str) -> dict[str, Any]:
    """Context of the choice of the unit whose answers are shown large."""
    _, *hidden, output = unit_names(run)
    return {"looks": [(name, name == look) for layer in (output, *hidden) for name in layer]}


def board(run: Run, look: str = OUTPUT) -> dict[str, Any]:
    """Context of everything that changes while a run learns; `look` names the unit that is shown large."""
    moment = run.measure()
    held = len(run.points.labels) - run.points.train
    return {
        "run": run,
        "settings": run.settings,
        "moment": moment,
        "batch": run.position // run.settings.batch_size,
        "right": round(moment.right * held),
        "held": held,
        "notes": tuple(notes(run)),
        "figure": figure(run),
        "plane": plane(run, look),
        "charts": charts(run),
        "confusion": None if run.settings.is_regression else _confusion(run),
        "tables": tuple(_tables(run)),
    }


def notes(run: Run) -> Iterator[str]:
    """What a learner should know of this run, each in a sentence or two."""
    settings = run.settings
    match run.is_over:
        case "diverged":
            rate = settings.learning_rate
            yield (
                f"A weight grew beyond every bound in epoch {run.epoch + 1}, so training ended. "
                f"The learning rate is {rate:g}; try {rate / 10:g}."
            )
            return
        case "epoch":
            yield f"Stopped after epoch {run.epoch}, as you asked."
        case "loss":
            yield f"Stopped after epoch {run.epoch}: the held-out loss is below {settings.stop_loss:g}."
    dead = dead_units(run)
    if len(dead) == 1:
        yield f"{dead[0]} is dead: it answers 0 to every training point, so no gradient reaches it."
    elif dead:
        listed = f"{', '.join(dead[:-1])} and {dead[-1]}"
        yield f"{listed} are dead: they answer 0 to every training point, so no gradient reaches them."


def spoken(run: Run) -> str:
    """How the run stands, as a sentence to be read out."""
    moment = run.measure()
    return (
        f"Epoch {run.epoch}: training loss {_number(moment.train)}, held-out loss {_number(moment.test)}."
        + "".join(f" {note}" for note in notes(run))
    )


def _tables(run: Run) -> Iterator[Table]:
    names = unit_names(run)
    kept = run.moments
    places = sorted({round(k * (len(kept) - 1) / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)})
    yield Table(
        "Losses by epoch",
        ("epoch", "training", "held-out", "right"),
        tuple(
            (f"{kept[k].epoch:g}", (_number(kept[k].train), _number(kept[k].test), f"{kept[k].right:.0%}"))
            for k in places
        ),
    )
    for layer, (kernel, bias) in enumerate(zip(run.kernels, run.biases, strict=True)):
        title = "the output" if layer == len(run.kernels) - 1 else f"hidden layer {layer + 1}"
        yield Table(
            f"Weights into {title}",
            ("unit", *names[layer], "bias"),
            tuple(
                (name, (*map(_number, column), _number(start)))
                for name, column, start in zip(
                    names[layer + 1], kernel.T.tolist(), bias.tolist(), strict=True
                )
            ),
        )
    yield _units(run, names)


def _confusion(run: Run) -> Table:
    train = run.points.train
    said = run.outputs(run.inputs[train:])[-1][:, 0] >= 0
    true = run.points.labels[train:] >= 0
    rows = tuple(
        (name, tuple(str(int((said[true == side] == other).sum())) for other in (True, False)))
        for name, side in (("positive", True), ("negative", False))
    )
    return Table("What it takes for what", ("held-out", "says positive", "says negative"), rows)


def _units(run: Run, names: Sequence[Sequence[str]]) -> Table:
    rows = []
    answers = run.outputs(run.inputs[: run.points.train])
    for layer, found in enumerate(answers, 1):
        for name, column in zip(names[layer], found.T, strict=True):
            low, mean, high = (_number(float(each)) for each in (column.min(), column.mean(), column.max()))
            rows.append((name, (low, mean, high, f"{np.mean(column > 0):.0%}")))
    return Table(
        "What each unit answers to the training points",
        ("unit", "lowest", "mean", "highest", "positive"),
        tuple(rows),
    )


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}") if np.isfinite(value) else "not a number"
