"""Training a learner's network for its grading: each run is done once, however many criteria look at it.

All runs of one evaluation share one budget of operations and steps, counted before a run begins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from engine.budget import Budget, amount, times
from engine.datasets import DATASETS, Dataset, Samples, Split
from engine.errors import Diverged
from engine.evaluation.fitting import Fit, fit_for
from engine.evaluation.report import Unmet
from engine.nn import Model, build
from engine.nn.arrays import Array
from engine.nn.metrics import Result
from engine.nn.training.settings import TrainingCost, training_cost
from engine.spec import Spec, estimate
from engine.spec.strict_json import Plain

MOST_STEPS: Final = 200_000
"""Steps of all runs of one evaluation, steps through time included: they cost however small the network."""

MOST_POINTS: Final = 200
"""How many points of a curve a report keeps."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What fixes a run. `seed` is that of weights and shuffling; epochs and batch size None are the text's
    own, else the data set's and 32.
    """

    dataset: str
    seed: int
    epochs: int | None = None
    batch_size: int | None = None


@dataclass(frozen=True)
class Run:
    """A network that was trained: how, and how it went epoch by epoch.

    `scores` are accuracies on the validation split, for numbers the mean absolute error.
    """

    model: Model
    dataset: Dataset
    fit: Fit
    data_seed: int
    epochs: int
    losses: tuple[float, ...]
    scores: tuple[float, ...]

    @cached_property
    def score_name(self) -> str:
        """What `scores` are."""
        return "accuracy" if self.dataset.classes else "mean absolute error"

    def samples(self, split: Split) -> Samples:
        """A split of the data set it learned from."""
        return self.dataset.split(split, self.data_seed)

    def outputs(self, samples: Samples) -> Array:
        """What the network gives for samples."""
        answers: Array = self.model.predict(samples.x)
        return answers

    def score(self, samples: Samples) -> float:
        """Accuracy, or mean absolute error."""
        return score(self.model, self.fit, self.dataset, samples)

    def curves(self) -> dict[str, Plain]:
        """Loss and validation score per epoch, thinned out to what a plot shows."""
        kept = np.unique(np.linspace(1, len(self.losses), min(len(self.losses), MOST_POINTS)).astype(int))
        return {
            "epoch": kept.tolist(),
            "loss": [_number(self.losses[epoch - 1]) for epoch in kept],
            f"validation {self.score_name}": [_number(self.scores[epoch - 1]) for epoch in kept],
        }


def score(model: Model, fit: Fit, dataset: Dataset, samples: Samples) -> float:
    """Accuracy of class numbers, or mean absolute error of numbers."""
    outputs = model.predict(samples.x)
    if dataset.classes:
        return float((fit.chosen(outputs) == samples.y).mean())
    return float(np.abs(outputs - samples.y).mean())


def _number(value: float) -> Plain:
    return round(value, 6) if np.isfinite(value) else None


@dataclass
class Runs:
    """All training of one evaluation."""

    spec: Spec
    seed: int
    budget: Budget | None
    done: dict[Recipe, Run | Unmet] = field(default_factory=dict)
    flops: int = 0
    steps: int = 0

    def run(self, recipe: Recipe) -> Run:
        """The run of a recipe; raises Unmet when the network cannot be trained so."""
        if recipe not in self.done:
            try:
                self.done[recipe] = self._train(recipe)
            except Unmet as unmet:
                self.done[recipe] = unmet
        found = self.done[recipe]
        if isinstance(found, Unmet):
            raise Unmet(found.reason, found.advice)
        return found

    def _train(self, recipe: Recipe) -> Run:
        dataset = DATASETS[recipe.dataset]
        model = build(self.spec, recipe.seed)
        fit = fit_for(model, dataset)
        epochs, batch_size = self._length(recipe, dataset)
        self._spend(dataset, epochs, batch_size)
        compiled = fit.compiled
        model.compile(compiled.optimizer, compiled.loss)
        train, watched = dataset.split("train", self.seed), dataset.split("validation", self.seed)
        losses: list[float] = []
        scores: list[float] = []

        def watch(epoch: int, results: dict[str, Result]) -> None:
            loss = results["loss"]
            losses.append(float(loss) if isinstance(loss, float | int) else np.nan)
            scores.append(score(model, fit, dataset, watched))

        try:
            model.fit(
                train.x, fit.targets(dataset, train.y), epochs, batch_size,
                shuffle=self.spec.fit is None or self.spec.fit.shuffle, seed=recipe.seed, on_epoch=watch,
            )  # fmt: skip
        except Diverged as diverged:
            raise Unmet(str(diverged), "Use a smaller learning rate, or scale what goes in.") from diverged
        return Run(model, dataset, fit, self.seed, len(losses), tuple(losses), tuple(scores))

    def _length(self, recipe: Recipe, dataset: Dataset) -> tuple[int, int]:
        """How many epochs, in batches of what size: the text's own, but no more epochs than are allowed."""
        most = recipe.epochs or dataset.epochs
        fit = self.spec.fit
        own = fit.epochs if fit is not None else most
        size = recipe.batch_size or (fit.batch_size if fit is not None else None) or 32
        return min(own, most), size

    def _spend(self, dataset: Dataset, epochs: int, batch_size: int) -> None:
        """Takes a run from the budget; raises Unmet when too little is left."""
        cost = training_cost(self.spec, dataset.train, epochs, batch_size)
        steps = epochs * -(-dataset.train // batch_size) * (1 + estimate(self.spec).steps)
        if self.budget is None:
            return
        self.budget.check(TrainingCost(cost.parameters, 0, cost.bytes))
        self.flops += cost.flops
        self.steps += steps
        if self.flops > self.budget.flops:
            raise Unmet(
                f"Training on {dataset.name} takes {amount('flops', cost.flops)}; with it, grading takes "
                f"{times(self.flops, self.budget.flops)} what is allowed.",
                "Use fewer units or fewer epochs.",
            )
        if self.steps > MOST_STEPS:
            raise Unmet(
                f"Training on {dataset.name} takes {steps:,} steps; with it, grading takes "
                f"{times(self.steps, MOST_STEPS)} what is allowed.",
                "Use fewer epochs or a larger batch_size.",
            )
