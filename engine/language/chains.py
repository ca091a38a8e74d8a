"""Sequential models put together: shapes inferred layer by layer, every problem kept at its place."""

from __future__ import annotations

from engine.errors import ShapeError
from engine.language.machine import Machine
from engine.language.nesting import MOST_DEEP, layer_data, told_demands
from engine.language.networks import input_layer
from engine.language.rows import Assembly, Row, row_of
from engine.language.values import Gap, LayerObject, Model
from engine.spec.catalogue.kinds import Misfit
from engine.spec.inference import layer_weights, misfit_message, output_shapes
from engine.spec.structure import Layer, Shape, chain
from engine.spec.wording import show


def assemble_sequential(machine: Machine, model: Model, given: Shape | None = None) -> Assembly:
    """A Sequential model; `given` is the shape it is called on, should it state none itself."""
    made = Assembly(problems=list(model.problems))
    entries = _with_input(machine, model, given, made)
    shape: Shape | None = None
    layers: list[Layer] = []
    origin = ""
    number = 0
    for entry in entries:
        if isinstance(entry, Gap):
            made.problems.append(entry.reason)
            made.rows.append(Row(entry.place, "?", "", entry.text, None, None, None, gap=True))
            shape = None
            continue
        number += entry.kind != "InputLayer"
        layer, received = layer_data(machine, entry, shape, made), shape
        shape = None
        weights: int | None = None
        if layer is not None:
            layers.append(layer)
            shape, weights = _applied(machine, entry, layer, received, number, origin, made)
        origin = entry.name
        made.rows.append(row_of(entry, layer, received, shape, weights))
    _check_names(machine, entries, made)
    if not made.problems:
        made.graph = chain(model.name, layers)
    return made


def _with_input(
    machine: Machine, model: Model, given: Shape | None, made: Assembly
) -> list[LayerObject | Gap]:
    entries = list(model.entries)
    first = entries[0] if entries else None
    if isinstance(first, Gap):
        return entries
    if first is None:
        made.problems.append(
            machine.diagnostic(
                "no-layers",
                "This model has no layers.",
                "Add one, such as Dense(6, input_shape=(8,)).",
                model.place,
            )
        )
        return entries
    if first.kind == "InputLayer":
        return entries
    shape = given or _own_input(first) or _named_input(machine)
    if shape is None and first.states_input:
        return entries
    if shape is None:
        made.problems.append(
            machine.diagnostic(
                "hole",
                "The network does not say what shape its input has.",
                "Give the first layer the shape of one sample, such as input_shape=(8,).",
                first.callee,
                name="input_shape",
            )
        )
        return entries
    return [input_layer(machine, shape, first.callee), *entries]


def _own_input(first: LayerObject) -> Shape | None:
    """The input shape of a nested model that stands first."""
    inner = first.model
    for _ in range(MOST_DEEP):
        if inner is None or inner.kind != "Sequential" or not inner.entries:
            break
        entry = inner.entries[0]
        if isinstance(entry, Gap):
            return None
        if entry.kind == "InputLayer":
            return entry.config.shape("batch_shape") if entry.config is not None else None
        inner = entry.model
    if first.kind == "Embedding":
        return (None, None)  # token ids, and Keras leaves the number of steps open
    return inner.inputs[0].shape if inner is not None and len(inner.inputs) == 1 else None


def _named_input(machine: Machine) -> Shape | None:
    value = machine.given.get("input_shape")
    if not isinstance(value, tuple):
        return None
    return (None, *(part if isinstance(part, int) else None for part in value))


def _applied(
    machine: Machine,
    entry: LayerObject,
    layer: Layer,
    received: Shape | None,
    number: int,
    origin: str,
    made: Assembly,
) -> tuple[Shape | None, int | None]:
    inputs = () if layer.kind == "InputLayer" else (received,)
    if any(shape is None for shape in inputs):
        return None, None
    known = tuple(shape for shape in inputs if shape is not None)
    try:
        shapes, weights = output_shapes(layer, known), layer_weights(layer, known)
        told_demands(machine, entry, layer, weights, shapes, made)
        return shapes[0], sum(weight.size for weight in weights)
    except ShapeError as error:  # inside a nested model, for these inputs
        made.problems.append(machine.diagnostic("shape", error.message, error.hint, entry.callee))
        return None, None
    except Misfit as misfit:
        message = misfit_message(misfit, layer, number, known, [origin])
        made.problems.append(machine.diagnostic("shape", message, misfit.remedy, entry.callee))
        return None, None


def _check_names(machine: Machine, entries: list[LayerObject | Gap], made: Assembly) -> None:
    seen: set[str] = set()
    for entry in entries:
        if isinstance(entry, Gap):
            continue
        if entry.name in seen:
            made.problems.append(
                machine.diagnostic(
                    "duplicate-name",
                    f"Two layers of this model are named {show(entry.name)}.",
                    "Give each its own name, and use each layer once.",
                    entry.callee,
                )
            )
        seen.add(entry.name)
