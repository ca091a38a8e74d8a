"""Criteria on what a network learns: it is trained on a data set, and asked about samples it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np

from engine.datasets import Samples
from engine.evaluation.evidence import evidence_of
from engine.evaluation.kinds.base import Kind, needs_a_bound
from engine.evaluation.kinds.settings import (
    MOST_EPOCHS,
    SEEDS,
    SHARE_AT_LEAST,
    SPLIT,
    TRAINING,
    dataset_of,
    needs_classes,
    run_of,
    split_of,
)
from engine.evaluation.report import Finding
from engine.evaluation.runs import Run
from engine.evaluation.subject import Subject
from engine.evaluation.wording import counted, percent
from engine.explain import diagnose
from engine.nn.metrics import automatic, metric
from engine.spec import Config, Item
from engine.spec.arguments import Argument, Real, Whole
from engine.spec.catalogue import METRICS as METRIC_KINDS
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.metrics import METRIC

OVERFITTED: Final = 0.05
"""How much better a network may know its training samples than others before that is the trouble."""

STILL_FALLING: Final = 0.97

Measure: TypeAlias = Callable[[Run, Samples], float]


def judge_accuracy(config: Config, subject: Subject) -> Finding:
    least, split = config.real("at_least"), split_of(config)
    runs = [run_of(config, subject, index) for index in range(config.whole("seeds"))]
    shares = [run.score(run.samples(split)) for run in runs]
    met = [share >= least for share in shares]
    run, share = shown(runs, shares, met)
    samples = run.samples(split)
    right = round(share * len(samples))
    reason = (
        f"{right:,} of {len(samples):,} {split} samples of {run.dataset.name} are right after {length(run)}."
    )
    return Finding(
        sum(met) / len(met),
        of_several(met) + reason,
        "" if all(met) else cause(run, least),
        percent(share),
        f"needed {percent(least)}",
        evidence_of(run, samples, shares),
    )


def shown(runs: Sequence[Run], values: Sequence[float], met: Sequence[bool]) -> tuple[Run, float]:
    """The training that a reason tells of: the first that falls short, else the first."""
    index = met.index(False) if False in met else 0
    return runs[index], values[index]


def of_several(met: Sequence[bool]) -> str:
    """How many trainings met the goal, where there are several."""
    if len(met) == 1:
        return ""
    which = "In the first" if all(met) else "In the first that does not"
    return f"{sum(met)} of {len(met)} trainings reach it. {which}, "


def length(run: Run) -> str:
    """How long a run took: `20 epochs`."""
    return counted(run.epochs, "epoch")


def cause(run: Run, least: float) -> str:
    """What most likely keeps an accuracy down, and what to do about it."""
    symptoms = diagnose(run.model, run.samples("validation").x)
    if symptoms:
        return f"{symptoms[0].message} {symptoms[0].advice}"
    known = run.score(run.samples("train"))
    if known >= least and known - run.score(run.samples("validation")) > OVERFITTED:
        return f"It knows {percent(known)} of its training samples: use fewer units, fewer epochs or Dropout."
    if is_falling(run.losses):
        return f"The loss is still falling ({run.losses[-1]:.3g}): train for more epochs, or in larger steps."
    return (
        f"It gets {percent(known)} of its training samples right, and the loss no longer falls "
        f"({run.losses[-1]:.3g}): use more units, another layer or another learning rate."
    )


def is_falling(losses: Sequence[float]) -> bool:
    """Whether a loss fell noticeably in the last quarter of a training; after one epoch it always may."""
    return len(losses) == 1 or losses[-1] < STILL_FALLING * losses[-1 - max(1, len(losses) // 4)]


def own_loss(run: Run, samples: Samples) -> float:
    """The loss that the network was compiled with."""
    told = run.model.evaluate(samples.x, run.fit.targets(run.dataset, samples.y))["loss"]
    return float(told) if isinstance(told, float | int) else float("nan")


def judge_loss(config: Config, subject: Subject) -> Finding:
    most, split = config.real("at_most"), split_of(config)
    runs = [run_of(config, subject, index) for index in range(config.whole("seeds"))]
    return judged_values(config, runs, own_loss, "loss", None, most, split)


def judge_metric(config: Config, subject: Subject) -> Finding:
    least, most = config["at_least"], config["at_most"]
    runs = [run_of(config, subject, index) for index in range(config.whole("seeds"))]
    name = metric_name(config)
    return judged_values(
        config,
        runs,
        lambda run, samples: measured(config, run, samples),
        name,
        least if isinstance(least, float) else None,
        most if isinstance(most, float) else None,
        split_of(config),
    )


def metric_name(config: Config) -> str:
    """A metric's name as the author wrote it."""
    value = config["name"]
    return value.config.text("name") if isinstance(value, Item) else str(value)


def measured(config: Config, run: Run, samples: Samples) -> float:
    """A metric of a trained network on samples."""
    value, p = config["name"], run.outputs(samples)
    if value in ("accuracy", "acc") and run.dataset.classes:
        return run.score(samples)
    if isinstance(value, str):
        value = default_item(METRIC_KINDS[automatic(value, run.fit.targets(run.dataset, samples.y), p)])
    assert isinstance(value, Item)
    watched = metric(value)
    watched.add(run.fit.measured(run.dataset, samples.y, value.kind), p)
    return float(np.mean(watched.result()))


def judged_values(
    config: Config,
    runs: Sequence[Run],
    measure: Measure,
    name: str,
    least: float | None,
    most: float | None,
    split: str,
) -> Finding:
    """A finding on a number that each training gives."""
    samples = runs[0].samples(split_of(config))
    values = [measure(run, samples) for run in runs]
    met = [(least is None or v >= least) and (most is None or v <= most) for v in values]
    run, value = shown(runs, values, met)
    what = f"the {name} on {len(samples):,} {split} samples of {run.dataset.name} is {value:.4g}"
    reason = of_several(met) + f"{what} after {length(run)}."
    return Finding(
        sum(met) / len(met),
        reason[0].upper() + reason[1:],
        "" if all(met) else cause(run, 2.0),
        f"{value:.4g}",
        f"needed {least:g}" if least is not None else f"allowed {most:g}",
        evidence_of(run, samples, values),
    )


def judge_converges(config: Config, subject: Subject) -> Finding:
    run, within = run_of(config, subject), config.whole("within")
    is_share = bool(run.dataset.classes)
    goal = config.real("at_least") if is_share else config.real("at_most")
    reached = [epoch for epoch, v in enumerate(run.scores, start=1) if (v >= goal if is_share else v <= goal)]
    shown = percent(goal) if is_share else f"{goal:g}"
    what = f"a validation {run.score_name} of {shown}"
    evidence = evidence_of(run, run.samples("validation"), run.scores[-1:])
    limit = f"allowed {within:,}"
    if reached and reached[0] <= within:
        return Finding(1.0, f"It reaches {what} in epoch {reached[0]}.", "", str(reached[0]), limit, evidence)
    if reached:
        reason = f"It reaches {what} only in epoch {reached[0]}; within {counted(within, 'epoch')} is wanted."
        return Finding(
            0.0,
            reason,
            "Use a larger learning rate or a smaller batch_size.",
            str(reached[0]),
            limit,
            evidence,
        )
    best = max(run.scores) if is_share else min(run.scores)
    told = percent(best) if is_share else f"{best:.3g}"
    reason = f"It does not reach {what} in {length(run)}; its best is {told}."
    return Finding(
        0.0, reason, cause(run, goal if is_share else 2.0), f"not in {run.epochs}", limit, evidence
    )


def check_goal(config: Config) -> None:
    """Refuses a goal that does not suit the data set: accuracies grow, errors shrink."""
    wanted, other = ("at_least", "at_most") if dataset_of(config).classes else ("at_most", "at_least")
    if config[wanted] is None or config[other] is not None:
        raise ValueError(f"needs {wanted} and no {other}, as {config.text('dataset')} is measured")


def title_of_training(config: Config, what: str) -> str:
    return f"{what} on {config.text('dataset')}"


def title_of_metric(config: Config) -> str:
    least, most = config["at_least"], config["at_most"]
    bound = f"at least {least:g}" if isinstance(least, float) else f"at most {most:g}"
    return f"{metric_name(config)} {bound} on {config.text('dataset')}"


def title_of_goal(config: Config) -> str:
    goal = config["at_least"]
    told = percent(goal) if isinstance(goal, float) else f"an error of {config.real('at_most'):g}"
    return f"Reaches {told} on {config.text('dataset')} within {counted(config.whole('within'), 'epoch')}"


_LEAST: Final = Argument("at_least", Real(none=True), None, "The smallest value allowed.")
_MOST: Final = Argument("at_most", Real(none=True), None, "The largest value allowed.")

TRAINING_KINDS: Final = (
    Kind(
        "accuracy",
        "The share of samples whose class the network gets right after training.",
        (*TRAINING, SPLIT, SHARE_AT_LEAST, SEEDS),
        lambda config: title_of_training(config, f"At least {percent(config.real('at_least'))} right"),
        judge_accuracy,
        needs_classes,
        is_static=False,
    ),
    Kind(
        "loss",
        "The network's own loss after training.",
        (*TRAINING, SPLIT, Argument("at_most", Real(), doc="The largest loss allowed."), SEEDS),
        lambda config: title_of_training(config, f"A loss of at most {config.real('at_most'):g}"),
        judge_loss,
        is_static=False,
    ),
    Kind(
        "metric",
        "Any metric of Keras after training.",
        (*TRAINING, SPLIT, Argument("name", METRIC, doc="The metric."), _LEAST, _MOST, SEEDS),
        title_of_metric,
        judge_metric,
        needs_a_bound,
        is_static=False,
    ),
    Kind(
        "converges",
        "How soon the network reaches an accuracy (for numbers: a mean absolute error) in validation.",
        (
            *TRAINING,
            Argument("within", Whole(1, MOST_EPOCHS), doc="The last epoch that will do."),
            _LEAST,
            _MOST,
        ),
        title_of_goal,
        judge_converges,
        check_goal,
        is_static=False,
    ),
)
