"""From the objects of a text to a graph: shapes inferred layer by layer, every problem kept at its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import Diagnostic
from engine.language.machine import Machine
from engine.language.networks import input_layer
from engine.language.source import Place
from engine.language.values import Gap, LayerObject, Model
from engine.spec.catalogue.kinds import Misfit
from engine.spec.inference import layer_weights, misfit_message, output_shapes
from engine.spec.structure import Config, Graph, Layer, Shape, Value, chain
from engine.spec.wording import show


@dataclass(frozen=True, slots=True)
class Row:
    """One layer as far as it could be read; None is what is not known. A gap is no layer we can read."""

    place: Place
    kind: str
    name: str
    summary: str
    output_shape: Shape | None
    parameters: int | None
    gap: bool


@dataclass(slots=True)
class Assembly:
    """A model put together: its graph, unless something is wrong, and what could be read all the same."""

    graph: Graph | None = None
    rows: list[Row] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


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
            made.rows.append(Row(entry.place, "?", "", entry.text, None, None, gap=True))
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
        made.rows.append(_row(entry, layer, shape, weights))
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
    while inner is not None and inner.kind == "Sequential" and inner.entries:
        entry = inner.entries[0]
        if isinstance(entry, Gap):
            return None
        if entry.kind == "InputLayer":
            return entry.config.shape("batch_shape") if entry.config is not None else None
        inner = entry.model
    if inner is not None and len(inner.inputs) == 1:
        return inner.inputs[0].shape
    return None


def _named_input(machine: Machine) -> Shape | None:
    value = machine.given.get("input_shape")
    if isinstance(value, tuple) and all(part is None or isinstance(part, int) for part in value):
        return (None, *Config(shape=value).shape("shape"))  # type: ignore[arg-type]
    return None


def layer_data(machine: Machine, entry: LayerObject, shape: Shape | None, made: Assembly) -> Layer | None:
    """The plain data of a layer, a nested model included; None when it could not be read."""
    made.problems += entry.problems
    if entry.config is None:
        return None
    if entry.model is None:
        return Layer(entry.kind, entry.name, entry.config)
    inner = assemble(machine, entry.model, shape)
    made.problems += inner.problems
    if inner.graph is None:
        return None
    return Layer(entry.kind, entry.name, Config(), inner.graph)


def assemble(machine: Machine, model: Model, given: Shape | None = None) -> Assembly:
    """Any model put together."""
    return assemble_sequential(machine, model, given)


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
        shape = output_shapes(layer, known)[0]
        return shape, sum(weight.size for weight in layer_weights(layer, known))
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


def _row(entry: LayerObject, layer: Layer | None, shape: Shape | None, parameters: int | None) -> Row:
    return Row(
        entry.place, entry.kind, entry.name, summary(entry.config), shape, parameters, gap=layer is None
    )


def summary(config: Config | None) -> str:
    """The settings of a layer that tell it from others of its kind: `6 units, relu`."""
    if config is None:
        return ""
    told: list[str] = []
    for name, value in config.items():
        if name in ("units", "filters", "kernel_size", "pool_size", "rate", "output_dim", "target_shape"):
            told.append(_phrase(name, value))
        elif name == "activation" and value != "linear":
            told.append(str(value) if isinstance(value, str) else show(value))
    return ", ".join(told)


def _phrase(name: str, value: Value) -> str:
    return f"{show(value)} {name}" if name in ("units", "filters") else f"{name} {show(value)}"
