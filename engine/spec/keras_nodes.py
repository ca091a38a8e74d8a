"""Calls as Keras keeps them: per layer a list of inbound nodes, whose tensors name (layer, node, output)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.errors import SpecError
from engine.records import record
from engine.spec.catalogue.kinds import Arity
from engine.spec.inference import kind_of
from engine.spec.strict_json import Plain
from engine.spec.structure import Call, Config, Graph, Layer, Shape, Shapes, Tensor, Value

TENSOR: Final = "__keras_tensor__"


@record
class History:
    """A tensor by Keras's names for it: the output of one of a layer's nodes."""

    layer: str
    node: int
    output: int


@dataclass(slots=True)
class Node:
    """One inbound node, read but not yet placed in a graph."""

    layer: str
    inputs: list[History] = field(default_factory=list)
    keywords: dict[str, list[History]] = field(default_factory=dict)
    options: dict[str, Value] = field(default_factory=dict)

    def sources(self) -> list[History]:
        """Every tensor it reads."""
        return [*self.inputs, *(tensor for given in self.keywords.values() for tensor in given)]


def histories(graph: Graph) -> list[tuple[str, int]]:
    """Layer and node number of each call of a graph."""
    counts: dict[str, int] = {}
    made: list[tuple[str, int]] = []
    for call in graph.calls:
        made.append((call.layer, counts.get(call.layer, 0)))
        counts[call.layer] = made[-1][1] + 1
    return made


def node_to_plain(graph: Graph, call: Call, shapes: Sequence[Shapes]) -> Plain:
    """Keras's inbound node for a call of a graph whose calls have these output shapes."""
    places = histories(graph)

    def tensor(source: Tensor) -> Plain:
        layer, node = places[source.call]
        shape: Shape = shapes[source.call][source.output]
        config: dict[str, Plain] = {
            "shape": list(shape),
            "dtype": "float32",
            "keras_history": [layer, node, source.output],
        }
        return {"class_name": TENSOR, "config": config}

    given = [tensor(source) for source in call.inputs]
    keywords: dict[str, Plain] = {
        name: [tensor(source) for source in sources] if len(sources) > 1 else tensor(sources[0])
        for name, sources in call.keywords
    }
    options: dict[str, Plain] = {name: _plain_option(value) for name, value in call.options.items()}
    each = takes_each(graph.layer(call.layer))
    args: list[Plain] = given if each or len(given) == 1 else [given]
    return {"args": args, "kwargs": {**keywords, **options}}


def takes_each(layer: Layer) -> bool:
    """Whether a layer takes its several inputs one by one, not in a list."""
    return layer.model is None and kind_of(layer.kind).arity is Arity.EACH


def _plain_option(value: Value) -> Plain:
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    raise SpecError("A setting of a call cannot be written as JSON.", code="bad-config")


def node_from_plain(layer: str, plain: Plain) -> Node:
    """The node in Keras's form; raises SpecError."""
    node = Node(layer)
    if not isinstance(plain, dict):
        raise _refusal(layer)
    args, kwargs = plain.get("args", []), plain.get("kwargs", {})
    if not isinstance(args, list) or not isinstance(kwargs, dict):
        raise _refusal(layer)
    for part in args:
        found = _tensors(layer, part)
        if found is None and part is not None:
            raise _refusal(layer)
        node.inputs += found or []
    for name, part in kwargs.items():
        found = _tensors(layer, part)
        if found:
            node.keywords[name] = found
        elif isinstance(part, bool | int | float) and not (name == "training" and part is False):
            node.options[name] = part
    return node


def _tensors(layer: str, plain: Plain) -> list[History] | None:
    if isinstance(plain, dict) and plain.get("class_name") == TENSOR:
        config = plain.get("config")
        return [history(layer, config.get("keras_history") if isinstance(config, dict) else None)]
    if isinstance(plain, list):
        found: list[History] = []
        for part in plain:
            inner = _tensors(layer, part)
            if inner is None:
                return None
            found += inner
        return found
    return None


def history(layer: str, plain: Plain) -> History:
    """`[layer, node, output]`; raises SpecError."""
    match plain:
        case [str() as name, int() as node, int() as output, *_]:
            return History(name, node, output)
        case _:
            raise _refusal(layer)


def ends_from_plain(plain: Plain) -> list[History]:
    """A model's input_layers or output_layers: one tensor, or a list or dict of them."""
    match plain:
        case [str(), int(), int()]:
            return [history("the model", plain)]
        case list():
            return [found for part in plain for found in ends_from_plain(part)]
        case dict():
            return [found for part in plain.values() for found in ends_from_plain(part)]
        case _:
            raise _refusal("the model")


def _refusal(layer: str) -> SpecError:
    return SpecError(f"The calls of {layer} are not in Keras's form.", code="bad-json")


def calls_from_nodes(nodes: Mapping[str, Sequence[Node]]) -> tuple[list[Call], dict[tuple[str, int], int]]:
    """Nodes by layer as calls, each after those it reads, and where each (layer, node) then stands."""
    waiting = [(layer, number, node) for layer, found in nodes.items() for number, node in enumerate(found)]
    placed: dict[tuple[str, int], int] = {}
    calls: list[Call] = []
    while waiting:
        later: list[tuple[str, int, Node]] = []
        for layer, number, node in waiting:
            if all((source.layer, source.node) in placed for source in node.sources()):
                placed[layer, number] = len(calls)
                calls.append(_call(node, placed))
            else:
                later.append((layer, number, node))
        if len(later) == len(waiting):
            raise SpecError(f"The calls of {later[0][0]} read tensors that nothing returns.", code="bad-json")
        waiting = later
    return calls, placed


def _call(node: Node, placed: Mapping[tuple[str, int], int]) -> Call:
    def tensors(sources: Sequence[History]) -> tuple[Tensor, ...]:
        return tuple(Tensor(placed[source.layer, source.node], source.output) for source in sources)

    keywords = tuple((name, tensors(given)) for name, given in node.keywords.items())
    return Call(node.layer, tensors(node.inputs), keywords, Config(node.options))
