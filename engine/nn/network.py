"""A graph of layers that runs: forward call by call, backward in the opposite order.

A network is itself a layer, so that models nest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from engine.nn.arrays import Array, Arrays, BackwardMany
from engine.nn.layers import LAYERS, Context, Layer, Masks, Parameter, Visit
from engine.nn.penalties import price
from engine.spec import Call, Config, Graph, Item, Shapes, Tensor, infer, layer_weights
from engine.spec import Layer as LayerSpec
from engine.spec.catalogue import Weight

MakeParameters: TypeAlias = Callable[[LayerSpec, tuple[Weight, ...]], tuple[Parameter, ...]]
"""Draws the parameters of one layer."""


class Network(Layer):
    """The layers of a Graph, each once however often it is called, and the calls that join them."""

    def __init__(self, graph: Graph, make: MakeParameters) -> None:
        self.graph = graph
        self.shapes = infer(graph)
        self.last_read = last_reads(graph)
        self.layers = tuple(self._layer(layer, make) for layer in graph.layers)
        self.by_name = {layer.name: layer for layer in self.layers}
        spec = LayerSpec(graph.kind, graph.name, Config(), graph)
        parameters = tuple(parameter for layer in self.layers for parameter in layer.parameters)
        super().__init__(spec, (), parameters)

    def _layer(self, spec: LayerSpec, make: MakeParameters) -> Layer:
        if spec.model is not None:
            return Network(spec.model, make)
        inputs = self._input_shapes(spec.name)
        return LAYERS[spec.kind](spec, inputs, make(spec, layer_weights(spec, inputs)))

    def _input_shapes(self, name: str) -> Shapes:
        first = next(call for call in self.graph.calls if call.layer == name)
        return tuple(self.shapes[tensor.call][tensor.output] for tensor in first.inputs)

    def call(self, inputs: Arrays, context: Context) -> tuple[Arrays, BackwardMany]:
        graph = self.graph
        results: list[Arrays] = []
        masks: list[Masks] = []
        backwards: list[BackwardMany] = []
        entries = {tensor.call: index for index, tensor in enumerate(graph.inputs)}
        for number, call in enumerate(graph.calls):
            layer = self.by_name[call.layer]
            entry = entries.get(number)
            if entry is None:
                given = tuple(results[tensor.call][tensor.output] for tensor in call.inputs)
                given_masks = tuple(masks[tensor.call][tensor.output] for tensor in call.inputs)
            else:
                given = (inputs[entry],)
                given_masks = (context.masks[entry] if context.masks else None,)
            step = self._context(call, context, results, given_masks)
            visit = self._visit(layer, given, step)
            outputs, backward = layer.call(given, step)
            if layer.activity_regularizer is not None and step.penalties is not None:
                backward = _priced(layer.activity_regularizer, outputs, backward, step.penalties)
            if visit is not None:
                # A view is an object of its own, so that an onlooker can tell whose output an input is.
                outputs = visit.outputs = tuple(output.view() for output in outputs)
                backward = visit.watched(backward)
            results.append(outputs)
            masks.append(_one_each(layer.output_masks(given, step), outputs))
            if not context.one_way:
                backwards.append(backward)
                continue
            for spent in self.last_read.get(number, ()):
                results[spent] = ()
            # What these names still hold would stay until the next layer is done.
            del given, outputs, backward
        context.output_masks = tuple(masks[tensor.call][tensor.output] for tensor in graph.outputs)
        outputs = tuple(results[tensor.call][tensor.output] for tensor in graph.outputs)
        return outputs, lambda gradients: self._back(gradients, inputs, results, backwards)

    def output_masks(self, inputs: Arrays, context: Context) -> Masks:
        return context.output_masks

    def _context(self, call: Call, context: Context, results: list[Arrays], masks: Masks) -> Context:
        training = call.options.get("training", context.training)
        keywords = {
            name: tuple(results[tensor.call][tensor.output] for tensor in tensors)
            for name, tensors in call.keywords
        }
        return replace(
            context,
            training=training is True,
            masks=masks,
            keywords=keywords,
            options=call.options,
            output_masks=(),
        )

    def _visit(self, layer: Layer, inputs: Arrays, step: Context) -> Visit | None:
        if step.visits is None or isinstance(layer, Network):
            return None
        visit = Visit(layer, inputs)
        step.notes = visit.notes
        step.visits.append(visit)
        return visit

    def _back(
        self, gradients: Arrays, inputs: Arrays, results: list[Arrays], backwards: list[BackwardMany]
    ) -> Arrays:
        """Backpropagation: a tensor's gradient is the sum over all that read it."""
        graph = self.graph
        due: dict[Tensor, Array] = {}
        for tensor, gradient in zip(graph.outputs, gradients, strict=True):
            due[tensor] = due[tensor] + gradient if tensor in due else gradient
        entries = {tensor.call: index for index, tensor in enumerate(graph.inputs)}
        found = [np.zeros_like(x) for x in inputs]
        for number in range(len(graph.calls) - 1, -1, -1):
            outputs = results[number]
            wanted = [due.pop(Tensor(number, output), None) for output in range(len(outputs))]
            if all(gradient is None for gradient in wanted):
                continue
            complete = tuple(
                np.zeros_like(output) if gradient is None else gradient
                for gradient, output in zip(wanted, outputs, strict=True)
            )
            returned = backwards[number](complete)
            if number in entries:
                found[entries[number]] = returned[0]
                continue
            # A tensor past the last gradient, such as an attention mask, steers and is not learned from.
            for tensor, gradient in zip(graph.calls[number].tensors(), returned, strict=False):
                due[tensor] = due[tensor] + gradient if tensor in due else gradient
        return tuple(found)

    def leaves(self) -> Iterator[Layer]:
        """Every layer that is not a model, nested ones included."""
        for layer in self.layers:
            if isinstance(layer, Network):
                yield from layer.leaves()
            else:
                yield layer


def last_reads(graph: Graph) -> dict[int, list[int]]:
    """For each call, the earlier ones whose results nobody reads after it."""
    last: dict[int, int] = {}
    for number, call in enumerate(graph.calls):
        for tensor in call.tensors():
            last[tensor.call] = number
    kept = {tensor.call for tensor in graph.outputs}
    found: dict[int, list[int]] = {}
    for source, reader in last.items():
        if source not in kept:
            found.setdefault(reader, []).append(source)
    return found


def _priced(item: Item, outputs: Arrays, backward: BackwardMany, penalties: list[float]) -> BackwardMany:
    """Adds a price for large outputs, per sample, to `penalties`; and its gradient on the way back."""
    extra = []
    for output in outputs:
        cost, gradient = price(item, output)
        penalties.append(cost / len(output))
        extra.append(gradient / len(output))
    return lambda gradients: backward(tuple(g + e for g, e in zip(gradients, extra, strict=True)))


def _one_each(masks: Masks, outputs: Arrays) -> Masks:
    return masks if len(masks) == len(outputs) else masks[:1] * len(outputs)
