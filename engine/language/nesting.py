"""Layers as plain data; a layer that is a model itself is put together first, within bounds on depth and
size.
"""

from __future__ import annotations

from typing import Final

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.rows import Assembly
from engine.language.values import LayerObject
from engine.spec.catalogue.kinds import Weight
from engine.spec.demands import unmet_demands
from engine.spec.structure import Config, Layer, Shape, Shapes

MOST_DEEP: Final = 8
MOST_CALLS: Final = 2_048


def layer_data(machine: Machine, entry: LayerObject, shape: Shape | None, made: Assembly) -> Layer | None:
    """The plain data of a layer that is called on `shape`; None, and a problem in `made`, when it has
    none.
    """
    machine.step()
    made.problems += entry.problems
    if entry.config is None:
        return None
    if entry.model is None:
        made.calls += 1
        return Layer(entry.kind, entry.name, entry.config)
    if machine.nesting >= MOST_DEEP:
        made.problems.append(_refusal(machine, entry, f"Models are nested more than {MOST_DEEP} deep."))
        return None
    machine.nesting += 1
    try:
        inner = machine.assemble(entry.model, shape)
    finally:
        machine.nesting -= 1
    made.problems += inner.problems
    made.calls += inner.calls
    if inner.graph is not None and made.calls > MOST_CALLS:
        made.problems.append(_refusal(machine, entry, f"The network calls more than {MOST_CALLS:,} layers."))
        return None
    return Layer(entry.kind, entry.name, Config(), inner.graph) if inner.graph is not None else None


def told_demands(
    machine: Machine,
    entry: LayerObject,
    layer: Layer,
    weights: tuple[Weight, ...],
    outputs: Shapes,
    made: Assembly,
) -> None:
    """Puts what the layer asks of its weights in vain among the problems, each at its argument's place."""
    if layer.model is not None:
        return
    for problem in unmet_demands(layer, weights, outputs):
        place = entry.places.get(problem.argument or "", entry.callee)
        made.problems.append(machine.diagnostic(problem.code, problem.message, problem.hint, place))


def _refusal(machine: Machine, entry: LayerObject, message: str) -> Diagnostic:
    return machine.diagnostic("too-large", message, "Build a smaller network.", entry.place)
