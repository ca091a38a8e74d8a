"""Shapes through a graph: what each call receives and returns, or a ShapeError that says where it does not
fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import ShapeError, SpecError
from engine.spec.catalogue import LAYER_SPELLINGS, LAYERS
from engine.spec.catalogue.kinds import Arity, LayerKind, Misfit, Weight
from engine.spec.catalogue.recurrent import check_initial
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
    if layer.model is not None:
        return _model_outputs(layer.model, inputs)
    kind = kind_of(layer.kind)
    if kind.arity is Arity.ONE and len(inputs) != 1:
        raise Misfit("one input, not a list of them", "Call it on one tensor.")
    if kind.arity is Arity.MANY and len(inputs) < 2:
        raise Misfit("a list of at least two inputs", f"Write {kind.name}()([a, b]).")
    least, most = kind.ranks
    if any(not least <= len(shape) <= most for shape in inputs):
        raise Misfit(kind.expects, kind.remedy)
    return kind.shape(layer, inputs)


def check_states(layer: Layer, states: Shapes) -> None:
    """Raises Misfit unless the layer can start from states of these shapes; no states fit every layer."""
    if states:
        check_initial(layer, states)


def _model_outputs(model: Graph, inputs: Shapes) -> Shapes:
    """What a nested model returns for inputs of these shapes, which must be those it was built for."""
    wanted = tuple(
        model.layer(model.calls[tensor.call].layer).config.shape("batch_shape") for tensor in model.inputs
    )
    if len(wanted) != len(inputs) or not all(map(_fits, wanted, inputs)):
        phrase = "inputs of the shapes" if len(wanted) > 1 else "an input of the shape"
        raise Misfit(f"{phrase} {' and '.join(map(show_shape, wanted))}", "Call it on what it was built for.")
    shapes = infer(model, inputs)
    return tuple(shapes[tensor.call][tensor.output] for tensor in model.outputs)


def _fits(wanted: Shape, given: Shape) -> bool:
    return len(wanted) == len(given) and all(
        one is None or other is None or one == other for one, other in zip(wanted, given, strict=True)
    )


def output_count(layer: Layer) -> int:
    """How many tensors a call of the layer returns."""
    return len(layer.model.outputs) if layer.model is not None else kind_of(layer.kind).outputs(layer)


def layer_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """A layer's weights, in Keras's order, for inputs of these shapes (which must fit)."""
    if layer.model is not None:
        return tuple(weight for _, weights in graph_weights(layer.model) for weight in weights)
    return kind_of(layer.kind).weights(layer, inputs)


def infer(graph: Graph, inputs: Shapes | None = None) -> tuple[Shapes, ...]:
    """The output shapes of every call of a graph, in the order of `graph.calls`; raises ShapeError.

    `inputs` are the shapes it is given, in the order of `graph.inputs`; without them it takes what it states.
    """
    layers = {layer.name: layer for layer in graph.layers}
    given = {tensor.call: shape for tensor, shape in zip(graph.inputs, inputs or (), strict=False)}
    known: list[Shapes] = []
    for index, call in enumerate(graph.calls):
        if index in given:
            known.append((given[index],))
            continue
        received = tuple(known[tensor.call][tensor.output] for tensor in call.inputs)
        try:
            known.append(output_shapes(layers[call.layer], received))
        except Misfit as misfit:
            raise misfit_error(misfit, graph, call.layer, call.inputs, received) from None
        states = dict(call.keywords).get("initial_state", ())
        starts = tuple(known[tensor.call][tensor.output] for tensor in states)
        try:
            check_states(layers[call.layer], starts)
        except Misfit as misfit:
            raise misfit_error(misfit, graph, call.layer, states, starts) from None
    return tuple(known)


def call_count(graph: Graph) -> int:
    """How many layers one run of a model calls, those inside nested models included."""
    inner = {layer.name: _inner_count(layer) for layer in graph.layers}
    return sum(inner[call.layer] for call in graph.calls)


def _inner_count(layer: Layer) -> int:
    if layer.model is not None:
        return call_count(layer.model)
    return 1 + sum(_inner_count(value) for value in layer.config.values() if isinstance(value, Layer))


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
