"""All that the playground draws of a run, once more as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.playground import Run
from engine.playground.run import features
from labs.playground.drawing import OUTPUT, unit_answers, unit_names
from labs.playground.maps import cells

TABLE_ROWS = 12
PLANE_SIDE = 7
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Table:
    """A table of numbers with a heading for each row and column."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def tables(run: Run, look: str = OUTPUT) -> Iterator[Table]:
    """The losses, every weight, the gradients, what units answer to the points, and over the plane."""
    names = unit_names(run)
    layer_names = [_layer_name(run, layer) for layer in range(len(run.kernels))]
    kept = run.moments
    places = sorted({round(k * (len(kept) - 1) / (TABLE_ROWS - 1)) for k in range(TABLE_ROWS)})
    yield Table(
        "Losses by epoch",
        ("epoch", "training", "held-out", "right"),
        tuple(
            (f"{kept[k].epoch:g}", (number(kept[k].train), number(kept[k].test), f"{kept[k].right:.0%}"))
            for k in places
        ),
    )
    for layer, (kernel, bias) in enumerate(zip(run.kernels, run.biases, strict=True)):
        yield Table(
            f"Weights into {layer_names[layer]}",
            ("unit", *names[layer], "bias"),
            tuple(
                (name, (*map(number, column), number(start)))
                for name, column, start in zip(
                    names[layer + 1], kernel.T.tolist(), bias.tolist(), strict=True
                )
            ),
        )
    yield _gradients(run, layer_names)
    yield _units(run, names)
    yield plane_table(run, look)


def _layer_name(run: Run, layer: int) -> str:
    return "the output" if layer == len(run.kernels) - 1 else f"hidden layer {layer + 1}"


def confusion(run: Run) -> Table:
    """Held-out points by the side they are on and the side the network puts them on."""
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
            low, mean, high = (number(float(each)) for each in (column.min(), column.mean(), column.max()))
            rows.append((name, (low, mean, high, f"{np.mean(column > 0):.0%}")))
    return Table(
        "What each unit answers to the training points",
        ("unit", "lowest", "mean", "highest", "positive"),
        tuple(rows),
    )


def _gradients(run: Run, names: Sequence[str]) -> Table:
    """How strongly each layer is pulled: the size of its mean gradient beside that of its weights."""
    kernels, biases = run.slopes()
    rows = []
    for name, weights, kernel, bias in zip(names, run.kernels, kernels, biases, strict=True):
        with np.errstate(all="ignore"):
            sizes = [float(np.linalg.norm(each)) for each in (kernel, bias, weights)]
            shares = (*sizes, sizes[0] / sizes[2] if sizes[2] else 0.0)
        rows.append((name, tuple(number(each, 5) for each in shares)))
    return Table(
        "Gradients over all training points",
        ("into", "of the weights", "of the biases", "the weights", "gradient / weights"),
        tuple(rows),
    )


def plane_table(run: Run, look: str = OUTPUT, whose: str = "the network") -> Table:
    """What the unit of that name answers, or `whose` output, at points that stand in rows and columns."""
    name, answers = unit_answers(run, look, features(run.settings, cells(PLANE_SIDE)))
    along = [f"{value:.1f}".replace("-", MINUS) for value in cells(PLANE_SIDE)[:PLANE_SIDE, 0].tolist()]
    rows = zip(reversed(along), answers.reshape(PLANE_SIDE, PLANE_SIDE).tolist(), strict=True)
    return Table(
        f"What {whose if name == OUTPUT else name} answers over the plane: x across, y down",
        ("y", *along),
        tuple((y, tuple(number(each, 2) for each in row)) for y, row in rows),
    )


def number(value: float, places: int = 3) -> str:
    """A number as pages write it."""
    return f"{value:.{places}f}".replace("-", MINUS) if np.isfinite(value) else "not a number"
