"""Shapes through a graph: what each call receives and returns, or a ShapeError that says where it does not
fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import ShapeError, SpecError
from engine.spec.catalogue import LAYER_SPELLINGS, LAYERS
from engine.spec.catalogue.kinds import Arity, LayerKind, Misfit, Weight, Work
from engine.spec.structure import Graph, Layer, Shape, Shapes, Tensor
from engine.spec.wording import closest, show, show_shape


def kind_of(name: str) -> LayerKind:
    """The catalogue's entry for a class name; raises SpecError for an unknown one."""
    if name in LAYERS:
        return LAYERS[name]
    near = closest(name, LAYER_SPELLINGS)
    suggestion = f"; did you mean {show(near)}?" if near else "."
    raise SpecError(f"There is no layer named {show(name)}{suggestion}", code="unknown-layer", fix=near)


def output_shapes(layer: Layer, inputs: Shapes) -> Shapes:
    """The shapes of a layer's outputs for inputs of these shapes; raises Misfit when they do not fit."""
    kind = kind_of(layer.kind)
    if kind.arity is Arity.ONE and len(inputs) != 1:
        raise Misfit("one input, not a list of them", "Call it on one tensor.")
    if kind.arity is Arity.MANY and len(inputs) < 2:
        raise Misfit("a list of at least two inputs", f"Write {kind.name}()([a, b]).")
    least, most = kind.ranks
    if any(not least <= len(shape) <= most for shape in inputs):
        raise Misfit(kind.expects, kind.remedy)
    return kind.shape(layer, inputs)


def output_count(layer: Layer) -> int:
    """How many tensors a call of the layer returns."""
    return kind_of(layer.kind).outputs(layer)


def layer_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """A layer's weights, in Keras's order, for inputs of these shapes (which must fit)."""
    return kind_of(layer.kind).weights(layer, inputs)


def layer_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """What one call costs, for shapes that fit."""
    return kind_of(layer.kind).cost(layer, inputs, outputs)


def infer(graph: Graph) -> tuple[Shapes, ...]:
    """The output shapes of every call of a graph, in the order of `graph.calls`; raises ShapeError."""
    layers = {layer.name: layer for layer in graph.layers}
    known: list[Shapes] = []
    for call in graph.calls:
        inputs = tuple(known[tensor.call][tensor.output] for tensor in call.inputs)
        try:
            known.append(output_shapes(layers[call.layer], inputs))
        except Misfit as misfit:
            raise misfit_error(misfit, graph, call.layer, call.inputs, inputs) from None
    return tuple(known)


def misfit_error(
    misfit: Misfit, graph: Graph, name: str, sources: Sequence[Tensor], inputs: Shapes
) -> ShapeError:
    """The ShapeError for a layer of a graph that cannot take what it is given."""
    layer = graph.layer(name)
    counted = [other.name for other in graph.layers if other.kind != "InputLayer"]
    number = counted.index(name) + 1 if name in counted else 1
    origins = [graph.calls[tensor.call].layer for tensor in sources]
    return ShapeError(misfit_message(misfit, layer, number, inputs, origins), misfit.remedy)


def misfit_message(misfit: Misfit, layer: Layer, number: int, inputs: Shapes, origins: Sequence[str]) -> str:
    """`Conv2D "conv2d_1" (layer 3) needs ...; it receives (batch, 128) from "flatten".`"""
    received = " and ".join(
        f'{show_shape(shape)} from "{origin}"' for shape, origin in zip(inputs, origins, strict=True)
    )
    return f'{layer.kind} "{layer.name}" (layer {number}) needs {misfit.needs}; it receives {received}.'


def input_shapes(graph: Graph) -> Shapes:
    """The shapes of the arrays a model takes."""
    shapes = infer(graph)
    return tuple(shapes[tensor.call][tensor.output] for tensor in graph.inputs)


def model_output_shapes(graph: Graph) -> Shapes:
    """The shapes of the arrays a model returns."""
    shapes = infer(graph)
    return tuple(shapes[tensor.call][tensor.output] for tensor in graph.outputs)


def parameters(graph: Graph) -> int:
    """How many numbers the model's weights hold, each shared layer counted once."""
    return sum(weight.size for _, weights in graph_weights(graph) for weight in weights)


def graph_weights(graph: Graph) -> tuple[tuple[Layer, tuple[Weight, ...]], ...]:
    """Every layer of the graph with its weights, in the order of `graph.layers`, which is Keras's."""
    shapes = infer(graph)
    first_inputs: dict[str, Shapes] = {}
    for call in graph.calls:
        received: tuple[Shape, ...] = tuple(shapes[tensor.call][tensor.output] for tensor in call.inputs)
        first_inputs.setdefault(call.layer, received)
    return tuple((layer, layer_weights(layer, first_inputs[layer.name])) for layer in graph.layers)
