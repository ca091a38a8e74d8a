"""What a run is set up with. Names of values are those of TensorFlow Playground's addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from engine.datasets.base import Numbers
from engine.playground.own import OWN
from engine.playground.points import REGRESSION
from engine.spec import Config, Item
from engine.spec.catalogue import OPTIMIZERS as CATALOGUE
from engine.spec.catalogue.items import default_item

FEATURES: Final[dict[str, Callable[[Numbers, Numbers], Numbers]]] = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: np.sin(x),
    "sinY": lambda x, y: np.sin(y),
}
"""What a network may see of a point, in the order of its inputs."""

ACTIVATIONS: Final = ("tanh", "relu", "sigmoid", "linear")
LOSSES: Final = ("squared", "logistic")
REGULARIZATIONS: Final = ("none", "L1", "L2")
OPTIMIZERS: Final = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """`noise` and `share` (of the points that are learned) in percent. `hidden` are units by layer. A run
    stops after `stop_epoch`, when the held-out loss falls below `stop_loss`, and when `stop_right` percent of
    the held-out points are right; 0 is never. `own` are the points of the data set `own`, as text; `names`
    say what their coordinates and classes are.
    """

    dataset: str = "circle"
    noise: int = 0
    share: int = 50
    seed: str = "0.43"
    features: tuple[str, ...] = ("x", "y")
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    loss: str = "squared"
    optimizer: str = "sgd"
    learning_rate: float = 0.03
    batch_size: int = 10
    regularization: str = "none"
    regularization_rate: float = 0.0
    starts_at_zero: bool = False
    stop_epoch: int = 0
    stop_loss: float = 0.0
    stop_right: int = 0
    own: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_regression(self) -> bool:
        """Numbers are to be met, not two classes to be told apart."""
        return self.dataset in REGRESSION

    @property
    def source(self) -> tuple[str, str, int, int, str]:
        """What the points are drawn from."""
        own = self.own if self.dataset == OWN else ""
        return self.dataset, self.seed, self.noise, self.share, own

    @property
    def shape(self) -> tuple[int, ...]:
        """Units by layer, inputs first and the one output last."""
        return (len(self.features), *self.hidden, 1)

    @property
    def parameters(self) -> int:
        """How many weights and biases the network has."""
        return sum((given + 1) * units for given, units in pairwise(self.shape))

    def optimizer_item(self) -> Item:
        """The optimizer as the engine makes it."""
        kind, changed = OPTIMIZERS[self.optimizer]
        item = default_item(CATALOGUE[kind])
        return Item(kind, Config({**item.config, **changed, "learning_rate": self.learning_rate}))
