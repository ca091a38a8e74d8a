"""What can be the matter with a network: one check per symptom, one entry each in `CHECKS`.

A check looks at a network with the values of a batch, and returns what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import numpy as np

from engine.explain.design import no_nonlinearity, softmax_alone, softmax_hidden, unfit_loss
from engine.explain.symptoms import (
    Examined,
    Symptom,
    activation_of,
    called,
    numbered,
    of_units,
    rows,
)
from engine.nn.arrays import Array

Check: TypeAlias = Callable[[Examined], Iterator[Symptom]]

RECTIFIERS: Final = frozenset({"relu", "relu6"})
BENDS: Final = {"sigmoid": (0.01, 0.99), "tanh": (-0.98, 0.98), "hard_sigmoid": (0.0, 1.0)}
"""Activations that level off, and between which values they still bend."""

ALWAYS: Final = 0.95
"""The share of samples that counts as (almost) always."""

HUGE: Final = 1e4
FADED: Final = 1e-4
UNEVEN: Final = 100.0
ENOUGH: Final = 2
"""Fewer samples than this say nothing about a unit in general."""


def not_finite(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.visits:
        if not all(np.isfinite(output).all() for output in visit.outputs):
            yield Symptom(
                "not-finite",
                f"The outputs of {called(visit.layer)} are no longer finite numbers.",
                "Look at its weights: some are far too large. Start from fresh weights and a smaller "
                "learning rate.",
                visit.layer.name,
            )
            return


def exploding_values(seen: Examined) -> Iterator[Symptom]:
    start = max(1.0, *(float(np.abs(x).max(initial=0)) for x in seen.x))
    for visit in seen.hidden():
        largest = max(float(np.abs(output).max(initial=0)) for output in visit.outputs)
        if np.isfinite(largest) and largest > HUGE * start:
            yield Symptom(
                "exploding-values",
                f"The outputs of {called(visit.layer)} reach {largest:,.0f}; the largest input is {start:g}.",
                "Use a smaller learning rate, the default initializers, or scale the inputs.",
                visit.layer.name,
            )
            return


def vanishing_values(seen: Examined) -> Iterator[Symptom]:
    start = spread(seen.x[0])
    if seen.samples < ENOUGH or start == 0:
        return
    for visit in seen.hidden():
        now = spread(visit.outputs[0])
        if 0 < now < FADED * start:
            yield Symptom(
                "vanishing-values",
                f"After {called(visit.layer)} the samples hardly differ: by {now:.2g}, where the inputs "
                f"differ by {start:.2g}.",
                "Use the default initializers and fewer layers of sigmoid or tanh; relu keeps values alive.",
                visit.layer.name,
            )
            return


def spread(values: Array) -> float:
    """How much samples differ: the mean over all numbers of their standard deviation across samples."""
    return float(values.reshape(len(values), -1).std(axis=0).mean()) if np.isfinite(values).all() else 0.0


def dead_units(seen: Examined) -> Iterator[Symptom]:
    if seen.samples < ENOUGH:
        return
    for visit in seen.visits:
        if activation_of(visit) not in RECTIFIERS:
            continue
        values = rows(visit.outputs[0])
        dead = [int(unit) for unit in np.flatnonzero((values <= 0).all(axis=0))]
        if dead:
            whole = len(dead) == values.shape[1]
            yield Symptom(
                "dead-units",
                f"{of_units(len(dead), values.shape[1]).capitalize()} of {called(visit.layer)} "
                f"{'is' if len(dead) == 1 else 'are'} 0 for all {seen.samples:,} samples"
                + (": no gradient passes this layer." if whole else f": {numbered(dead)}."),
                "A unit that is never on learns nothing. Use a smaller learning rate, the default "
                "initializers, or leaky_relu.",
                visit.layer.name,
                tuple(dead),
            )


def saturated_units(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.hidden():
        name = activation_of(visit)
        if name not in BENDS or visit.layer.kind not in ("Dense", "Activation") or seen.samples < ENOUGH:
            continue
        low, high = BENDS[name]
        values = rows(visit.outputs[0])
        flat = ((values <= low) | (values >= high)).mean(axis=0)
        stuck = [int(unit) for unit in np.flatnonzero(flat >= ALWAYS)]
        if stuck:
            yield Symptom(
                "saturated-units",
                f"{of_units(len(stuck), values.shape[1]).capitalize()} of {called(visit.layer)} "
                f"{'sits' if len(stuck) == 1 else 'sit'} where {name} is flat for "
                f"{100 * flat[stuck].min():.0f}% of the samples or more: {numbered(stuck)}.",
                "There the gradient is almost 0. Scale the inputs, use smaller weights, or use relu.",
                visit.layer.name,
                tuple(stuck),
            )


def symmetric_units(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.hidden():
        layer = visit.layer
        if "kernel" not in layer or layer.kind not in ("Dense", "Conv1D", "Conv2D", "Conv3D"):
            continue
        columns = rows(layer["kernel"])
        if "bias" in layer:
            columns = np.vstack([columns, layer["bias"]])
        groups: dict[bytes, list[int]] = {}
        for unit in range(columns.shape[1]):
            groups.setdefault((columns[:, unit] + 0.0).tobytes(), []).append(unit)
        for twins in groups.values():
            if len(twins) > 1:
                yield Symptom(
                    "symmetric-units",
                    f"{of_units(len(twins), columns.shape[1]).capitalize()} of {called(layer)} have the same "
                    f"weights: {numbered(twins)}.",
                    "Units that start equal stay equal. Start from random weights, such as glorot_uniform.",
                    layer.name,
                    tuple(twins),
                )


def unread_units(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.hidden():
        readers = seen.readers(visit)
        if visit.layer.kind != "Dense" or not readers or any(r.layer.kind != "Dense" for r in readers):
            continue
        kernels = [reader.layer["kernel"] for reader in readers]
        units = visit.outputs[0].shape[-1]
        if any(len(kernel) != units for kernel in kernels):
            continue
        unread = np.logical_and.reduce([(kernel == 0).all(axis=1) for kernel in kernels])
        idle = [int(unit) for unit in np.flatnonzero(unread)]
        if idle:
            yield Symptom(
                "unread-units",
                f"Nothing depends on {numbered(idle)} of {called(visit.layer)}: every weight that leads on "
                "is 0.",
                "Take such units out, or let them learn.",
                visit.layer.name,
                tuple(idle),
            )


def constant_output(seen: Examined) -> Iterator[Symptom]:
    if seen.samples < ENOUGH or spread(seen.x[0]) == 0:
        return
    for name, output in zip(seen.model.output_names, seen.outputs, strict=True):
        if np.isfinite(output).all() and np.ptp(output, axis=0).max() <= 1e-9:
            yield Symptom(
                "constant-output",
                f"The network gives the same output for all {seen.samples:,} samples.",
                "Something on the way is always 0 or always the same; the other findings say where.",
                name,
            )


def one_class(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.visits:
        if not seen.is_output(visit) or activation_of(visit) != "softmax" or visit.outputs[0].ndim != 2:
            continue
        chosen = visit.outputs[0].argmax(axis=1)
        if seen.samples >= 10 and visit.outputs[0].shape[1] > 1 and (chosen == chosen[0]).all():
            yield Symptom(
                "one-class",
                f"The network chooses class {chosen[0]} for all {seen.samples:,} samples.",
                "Train longer, or look whether the targets have the order of the outputs.",
                visit.layer.name,
            )


def uneven_inputs(seen: Examined) -> Iterator[Symptom]:
    for name, x in zip(seen.model.input_names, seen.x, strict=True):
        if x.ndim != 2 or seen.samples < 10 or not np.isfinite(x).all():
            continue
        if any(visit.layer.kind in ("Embedding", "Normalization") for visit in seen.visits):
            continue
        reach = np.abs(x).max(axis=0)
        if reach.min() > 0 and reach.max() > UNEVEN * reach.min():
            large, small = int(reach.argmax()), int(reach.argmin())
            yield Symptom(
                "uneven-inputs",
                f"Feature {large + 1} reaches {reach[large]:,.4g}, feature {small + 1} only "
                f"{reach[small]:,.4g}.",
                "Scale the features to about the same size, or begin with a Normalization layer.",
                name,
            )


CHECKS: Final[dict[str, Check]] = {
    "not-finite": not_finite,
    "exploding-values": exploding_values,
    "vanishing-values": vanishing_values,
    "dead-units": dead_units,
    "saturated-units": saturated_units,
    "symmetric-units": symmetric_units,
    "unread-units": unread_units,
    "softmax-hidden": softmax_hidden,
    "softmax-alone": softmax_alone,
    "no-nonlinearity": no_nonlinearity,
    "constant-output": constant_output,
    "one-class": one_class,
    "uneven-inputs": uneven_inputs,
    "unfit-loss": unfit_loss,
}
"""Every symptom by its code."""
