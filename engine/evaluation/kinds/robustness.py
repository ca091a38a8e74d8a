"""Criteria on whether a network's success lasts: other starting weights, inputs that are a little off, units
that all take part.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.datasets import Samples
from engine.evaluation.evidence import evidence_of
from engine.evaluation.kinds.architecture import words
from engine.evaluation.kinds.base import Kind
from engine.evaluation.kinds.settings import (
    MOST_SEEDS,
    SHARE_AT_LEAST,
    SPLIT,
    TRAINING,
    needs_classes,
    run_of,
    split_of,
)
from engine.evaluation.kinds.training import cause
from engine.evaluation.report import Finding
from engine.evaluation.runs import Run
from engine.evaluation.subject import Subject
from engine.evaluation.wording import counted, percent, sequence
from engine.explain import diagnose
from engine.explain.checks import CHECKS
from engine.spec import Config
from engine.spec.arguments import Argument, Choice, Real, Whole
from engine.spec.composites import Many
from engine.spec.strict_json import Plain

HEALTHY: Final = ("not-finite", "exploding-values", "vanishing-values", "dead-units", "saturated-units")
"""What a trained network is looked over for unless an author says otherwise."""


def jittered(config: Config, run: Run, seed: int) -> Samples:
    """The samples asked about, every input moved by a normal amount."""
    samples = run.samples(split_of(config))
    noise = np.random.default_rng([seed, 1]).normal(0, config.real("jitter"), samples.x.shape)
    return Samples((samples.x + noise).astype(np.float32), samples.y)


def judge_robustness(config: Config, subject: Subject) -> Finding:
    least, seeds = config.real("at_least"), config.whole("seeds")
    runs = [run_of(config, subject, index) for index in range(seeds)]
    asked = [jittered(config, run, subject.seed + index) for index, run in enumerate(runs)]
    shares = [run.score(samples) for run, samples in zip(runs, asked, strict=True)]
    met = [share >= least for share in shares]
    worst = int(np.argmin(shares))
    told = sequence([percent(share) for share in shares])
    moved = f"with inputs moved by {config.real('jitter'):g}"
    reason = f"{sum(met)} of {counted(seeds, 'training')} reach it, {moved}: {told}."
    advice = "" if all(met) else cause(runs[worst], least)
    evidence = evidence_of(runs[worst], asked[worst], shares)
    return Finding(
        sum(met) / seeds, reason, advice, percent(shares[worst]), f"needed {percent(least)}", evidence
    )


def judge_healthy(config: Config, subject: Subject) -> Finding:
    run = run_of(config, subject)
    unwanted = words(config, "without")
    found = [
        symptom
        for symptom in diagnose(run.model, run.samples("validation").x, subject.budget)
        if symptom.code in unwanted
    ]
    listed: list[Plain] = [symptom.to_dict() for symptom in found]
    evidence: dict[str, Plain] = {"symptoms": listed, "curves": run.curves()}
    if not found:
        reason = f"After {counted(run.epochs, 'epoch')} on {run.dataset.name} no such trouble is found."
        return Finding(1.0, reason, evidence=evidence)
    bad = {symptom.code for symptom in found}
    share = 1 - len(bad) / len(set(unwanted))
    return Finding(
        share, " ".join(symptom.message for symptom in found[:3]), found[0].advice, evidence=evidence
    )


ROBUSTNESS: Final = (
    Kind(
        "robustness",
        "The accuracy of several trainings, on inputs that are a little off; each training counts.",
        (
            *TRAINING,
            SPLIT,
            SHARE_AT_LEAST,
            Argument(
                "jitter", Real(least=0.0, most=10.0), 0.05, "How far inputs are moved: a standard deviation."
            ),
            Argument("seeds", Whole(1, MOST_SEEDS), 3, "How many trainings, each from other weights."),
        ),
        lambda config: (
            f"At least {percent(config.real('at_least'))} right on {config.text('dataset')} again and again"
        ),
        judge_robustness,
        needs_classes,
        is_static=False,
    ),
    Kind(
        "healthy",
        "After training the network shows none of these symptoms, on validation samples.",
        (*TRAINING, Argument("without", Many(Choice(tuple(CHECKS))), HEALTHY, "The symptoms.")),
        lambda config: f"Is sound after training on {config.text('dataset')}",
        judge_healthy,
        is_static=False,
    ),
)
