"""One criterion, one text, one row."""

from typing import Any

import engine
from engine.budget import Budget
from engine.evaluation import Report, Row

HEAD = (
    "from keras import Input, Sequential\n"
    "from keras.layers import LSTM, Bidirectional, Conv2D, Dense, Dropout, Embedding, Flatten, MaxPooling2D\n"
    "from keras.initializers import Constant\n"
    "from keras.optimizers import SGD, Adam\n"
)


def text(*layers: str, after: str = "") -> str:
    """A Sequential model of these layers as Keras text."""
    return f"{HEAD}model = Sequential([{', '.join(layers)}])\n{after}\n"


def report(source: str, criteria: str, **options: Any) -> Report:
    """The report on a text, which must read."""
    told = engine.evaluate(source, engine.criteria(criteria), **options)
    assert not told.diagnostics, told.diagnostics
    return told


def row(
    source: str, kind: str, settings: str, seed: int = 0, budget: Budget | None = None, **options: Any
) -> Row:
    """The row of one criterion worth 6 points."""
    criteria = f'[[criterion]]\nkind = "{kind}"\npoints = 6\n{settings}\n'
    (found,) = report(source, criteria, seed=seed, budget=budget, **options).rows
    return found
