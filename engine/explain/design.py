"""Checks on how a network is made up: activations where they do not belong, a loss that does not suit the
output.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.explain.symptoms import Examined, Symptom, activation_of, called
from engine.spec import Item
from engine.spec.wording import article

SUITED: Final = {"Categorical": "softmax", "SparseCategorical": "softmax", "Binary": "sigmoid"}
"""The output that each family of crossentropies expects."""


def softmax_hidden(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.hidden():
        is_plain = visit.layer.kind in ("Dense", "Activation", "Softmax")
        if (
            is_plain
            and activation_of(visit) == "softmax"
            and any("kernel" in r.layer for r in seen.readers(visit))
        ):
            yield Symptom(
                "softmax-hidden",
                f"{called(visit.layer)} applies softmax, and other layers follow.",
                "Shares that sum to 1 leave the next layer little to tell apart. Keep softmax for the last "
                "layer and use relu here.",
                visit.layer.name,
            )


def softmax_alone(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.visits:
        if activation_of(visit) == "softmax" and visit.outputs[0].shape[-1] == 1:
            yield Symptom(
                "softmax-alone",
                f"{called(visit.layer)} applies softmax to 1 unit, which always gives 1.",
                "Use sigmoid for one unit, or one unit for each class.",
                visit.layer.name,
            )


def no_nonlinearity(seen: Examined) -> Iterator[Symptom]:
    for visit in seen.hidden():
        readers = seen.readers(visit)
        if visit.layer.kind == "Dense" and activation_of(visit) == "linear" and readers:
            after = readers[0]
            if all(reader.layer.kind == "Dense" for reader in readers):
                yield Symptom(
                    "no-nonlinearity",
                    f"{called(visit.layer)} has no activation, so that it and {called(after.layer)} are no "
                    "more than one Dense layer.",
                    "Write activation='relu' in it.",
                    visit.layer.name,
                )


def unfit_loss(seen: Examined) -> Iterator[Symptom]:
    loss = seen.model.compiled.loss if seen.model.compiled is not None else None
    ends = [visit for visit in seen.visits if seen.is_output(visit)]
    if not isinstance(loss, Item) or len(ends) != 1:
        return
    kind, logits = loss.kind, loss.config.get("from_logits") is True
    last, units, layer = activation_of(ends[0]), ends[0].outputs[0].shape[-1], ends[0].layer
    family = kind.removesuffix("Crossentropy").removesuffix("Focal")
    wanted = SUITED.get(family)
    if not kind.endswith("Crossentropy") or wanted is None:
        return
    if family != "Binary" and units == 1:
        told = f"{kind} compares classes; the network has 1 output."
        yield Symptom("unfit-loss", told, "Use BinaryCrossentropy, or one output for each class.", layer.name)
    elif logits and last in ("softmax", "sigmoid"):
        told = f"{kind} with from_logits=True applies {wanted} itself; {called(layer)} has {last} already."
        yield Symptom("unfit-loss", told, "Leave one of them out.", layer.name)
    elif not logits and last != wanted:
        has = "no activation" if last == "linear" else last
        told = f"{kind} expects {article(wanted)} output; {called(layer)} has {has}."
        yield Symptom("unfit-loss", told, f"Write activation='{wanted}' in the last layer.", layer.name)
