"""Functional models put together: from the tensors a text names back to the layers and calls they came
from.
"""

from __future__ import annotations

from engine.language.machine import Machine
from engine.language.nesting import layer_data, told_demands
from engine.language.rows import Assembly, row_of
from engine.language.values import Model, Node, TensorObject
from engine.spec.inference import layer_weights
from engine.spec.ordering import arrange
from engine.spec.structure import Call, Graph, Layer, Tensor
from engine.spec.wording import show


def assemble_functional(machine: Machine, model: Model) -> Assembly:
    """The graph of a functional model, with every problem met on the way."""
    made = Assembly(problems=list(model.problems))
    nodes = nodes_of(machine, model)
    layers: dict[str, Layer] = {}
    known: dict[int, Layer | None] = {}
    for node in nodes:
        made.problems += node.problems
        if id(node.layer) not in known:
            known[id(node.layer)] = _layer(machine, node, layers, made)
    if made.problems or not model.outputs:
        return made
    made.graph = _graph(machine, model, nodes, layers, made)
    return made


def _layer(machine: Machine, node: Node, layers: dict[str, Layer], made: Assembly) -> Layer | None:
    received = node.inputs[0].shape if node.inputs else None
    layer = layer_data(machine, node.layer, received, made)
    shapes = tuple(tensor.shape for tensor in node.inputs)
    weights = None
    if layer is not None and node.shapes[0] is not None:
        own = layer_weights(layer, tuple(shape for shape in shapes if shape is not None))
        weights = sum(weight.size for weight in own)
        returned = tuple(shape for shape in node.shapes if shape is not None)
        told_demands(machine, node.layer, layer, own, returned, made)
    made.rows.append(row_of(node.layer, layer, received, node.shapes[0], weights))
    if layer is None:
        return None
    if layer.name in layers:
        made.problems.append(
            machine.diagnostic(
                "duplicate-name",
                f"Two layers of this model are named {show(layer.name)}.",
                "Give each its own name.",
                node.layer.callee,
            )
        )
    layers[layer.name] = layer
    return layer


def nodes_of(machine: Machine, model: Model) -> list[Node]:
    """Every call that the model's outputs need, and its inputs, each after those it reads."""
    stops = {(id(tensor.node), tensor.index) for tensor in model.inputs}
    order: dict[int, Node] = {}
    for end in (*model.inputs, *model.outputs):
        waiting: list[tuple[TensorObject, bool]] = [(end, False)]
        while waiting:
            tensor, leaving = waiting.pop()
            node = tensor.node
            if id(node) in order:
                continue
            if leaving:
                order[id(node)] = node
                continue
            machine.step()
            waiting.append((tensor, True))
            if (id(node), tensor.index) not in stops:
                waiting.extend((before, False) for before in reversed(sources(node)))
    return list(order.values())


def sources(node: Node) -> list[TensorObject]:
    """Every tensor that a call reads."""
    return [*node.inputs, *(tensor for _, given in node.keywords for tensor in given)]


def _graph(
    machine: Machine, model: Model, nodes: list[Node], layers: dict[str, Layer], made: Assembly
) -> Graph | None:
    index = {id(node): number for number, node in enumerate(nodes)}

    def tensor(value: TensorObject) -> Tensor:
        return Tensor(index[id(value.node)], value.index)

    stray = [node for node in nodes if not node.inputs and not _is_input(model, node)]
    if stray:
        made.problems.append(
            machine.diagnostic(
                "missing-input",
                f'The outputs depend on "{stray[0].layer.name}", which is not among the model\'s inputs.',
                f"Add it: Model(inputs=[..., {stray[0].layer.name}], outputs=...).",
                model.place,
            )
        )
        return None
    calls = [
        Call(
            node.layer.name,
            tuple(tensor(value) for value in node.inputs),
            tuple((name, tuple(tensor(value) for value in given)) for name, given in node.keywords),
            node.options,
        )
        for node in nodes
    ]
    inputs = [tensor(value) for value in model.inputs]
    return arrange(model.name, layers, calls, inputs, [tensor(value) for value in model.outputs])


def _is_input(model: Model, node: Node) -> bool:
    return any(tensor.node is node for tensor in model.inputs)
