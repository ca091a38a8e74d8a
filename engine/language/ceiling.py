"""The reading ceiling: sizes beyond which no text is a network for people, whatever the budget of a run."""

from __future__ import annotations

from typing import Final

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.rows import Row
from engine.language.source import Place
from engine.language.values import Model
from engine.spec.estimate import Tally, tally
from engine.spec.structure import Graph

MOST_LAYERS: Final = 512
MOST_RANK: Final = 8
MOST_PARAMETERS: Final = 500_000_000
MOST_BYTES: Final = 1_000_000_000
MOST_FLOPS: Final = 1_000_000_000_000
MOST_STEPS: Final = 100_000


def too_large(machine: Machine, graph: Graph, rows: list[Row], model: Model) -> Diagnostic | None:
    """The first bound that a network exceeds, told at the layer that takes most, or None."""
    layers = count(graph)
    if layers > MOST_LAYERS:
        return _refusal(
            machine, model.place, f"{layers:,} layers", f"{MOST_LAYERS} layers", "Build a smaller network."
        )
    cost = tally(graph)
    activations = sum(row.bytes for row in cost.layers)
    for needed, limit, unit, key in (
        (cost.parameters, MOST_PARAMETERS, "parameters", "parameters"),
        (activations, MOST_BYTES, "bytes of activations for one sample", "bytes"),
        (cost.flops, MOST_FLOPS, "operations for one sample", "flops"),
        (cost.steps, MOST_STEPS, "recurrent steps", "flops"),
    ):
        if needed > limit:
            place = _heaviest(cost, rows, key) or model.place
            return _refusal(
                machine, place, f"{needed:,} {unit}", f"{limit:,}", "Use smaller layers or smaller inputs."
            )
    return None


def count(graph: Graph) -> int:
    """How many layers a model has, those of nested models included."""
    return sum(1 if layer.model is None else count(layer.model) for layer in graph.layers)


def _heaviest(cost: Tally, rows: list[Row], key: str) -> Place | None:
    heaviest = max(cost.layers, key=lambda row: int(getattr(row, key)))
    return next((row.place for row in rows if row.name == heaviest.name), None)


def _refusal(machine: Machine, place: Place, needed: str, limit: str, remedy: str) -> Diagnostic:
    return machine.diagnostic(
        "too-large", f"The network needs {needed}; no more than {limit} are read.", remedy, place
    )
