"""TimeDistributed: any layer at every step of a sequence.

It asks the catalogue about the layer inside it, so it is made last, from all the others.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec.arguments import Argument
from engine.spec.catalogue.kinds import Arity, LayerKind, Misfit, Weight, Work
from engine.spec.catalogue.recurrent import WrappedLayer
from engine.spec.structure import Layer, Shapes


def time_distributed(known: Mapping[str, LayerKind]) -> LayerKind:
    """The entry for TimeDistributed over the layers of a catalogue."""

    def inner(layer: Layer, inputs: Shapes) -> tuple[Layer, LayerKind, Shapes]:
        wrapped = layer.config.layer("layer")
        kind = known[wrapped.kind]
        batch, steps, *rest = inputs[0]
        rows = None if batch is None or steps is None else batch * steps
        shape = (rows, *rest)
        if kind.arity is not Arity.ONE or kind.outputs(wrapped) != 1:
            raise Misfit("a layer with one input and one output inside it", "Wrap Dense or Conv2D.")
        if not kind.ranks[0] <= len(shape) <= kind.ranks[1]:
            raise Misfit(f"steps that are {kind.expects}", kind.remedy)
        return wrapped, kind, (shape,)

    def shape(layer: Layer, inputs: Shapes) -> Shapes:
        wrapped, kind, given = inner(layer, inputs)
        (output,) = kind.shape(wrapped, given)
        return ((*inputs[0][:2], *output[1:]),)

    def weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
        wrapped, kind, given = inner(layer, inputs)
        return kind.weights(wrapped, given)

    def cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
        wrapped, kind, given = inner(layer, inputs)
        return kind.cost(wrapped, given, kind.shape(wrapped, given))

    return LayerKind(
        "TimeDistributed",
        "recurrent",
        "Applies one layer to every step of a sequence.",
        (
            Argument(
                "layer",
                WrappedLayer(),
                doc="The layer to apply; for a whole model, wrap its layers one by one.",
            ),
        ),
        shape=shape,
        weights=weights,
        cost=cost,
        ranks=(3, 8),
        expects="an input of rank 3 or more (batch, steps, ...)",
        remedy="A recurrent layer before it needs return_sequences=True.",
    )
