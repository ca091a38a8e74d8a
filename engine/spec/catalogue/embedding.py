"""Embedding and Masking: numbers for words, and marks on the steps that are only padding."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Flag, Real, Whole
from engine.spec.catalogue.core import ACTIVITY_REGULARIZER, constraint_arguments, weight, weight_arguments
from engine.spec.catalogue.initializers import INITIALIZERS
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.kinds import NUMBER, LayerKind, Weight, Work, held, volume
from engine.spec.structure import Layer, Shapes

UNIFORM: Final = default_item(INITIALIZERS["RandomUniform"])


def embedding_shape(layer: Layer, inputs: Shapes) -> Shapes:
    return ((*inputs[0], layer.config.whole("output_dim")),)


def embedding_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    shape = (layer.config.whole("input_dim"), layer.config.whole("output_dim"))
    return (weight(layer.config, "embeddings", shape),)


def embedding_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Rows are looked up, nothing is computed; the numbers of the rows take their space."""
    table = NUMBER * layer.config.whole("input_dim") * layer.config.whole("output_dim")
    rows = 2 * held(inputs[0])
    return Work(volume(outputs[0]), rows, kept=rows, back=table + held(inputs[0]))


def masking_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A comparison and a product for each number."""
    return Work(2 * volume(inputs[0]), held(inputs[0]) // 4, back=held(inputs[0]))


_EMBEDDINGS: Final = weight_arguments(("embeddings", UNIFORM))

EMBEDDING: Final = (
    LayerKind(
        "Embedding",
        "core",
        "Looks up a row of numbers for each word number.",
        (
            Argument("input_dim", Whole(1), doc="How many words there are; they are numbered from 0."),
            Argument("output_dim", Whole(1), doc="How many numbers stand for one word."),
            *_EMBEDDINGS,
            *constraint_arguments("embeddings"),
            Argument("mask_zero", Flag(), False, "Whether 0 is padding, to be passed over later."),
            Argument(
                ACTIVITY_REGULARIZER.name,
                ACTIVITY_REGULARIZER.type,
                None,
                ACTIVITY_REGULARIZER.doc,
                keyword_only=True,
            ),
        ),
        shape=embedding_shape,
        weights=embedding_weights,
        cost=embedding_cost,
        ranks=(1, 7),
        expects="word numbers, such as (batch, steps)",
    ),
    LayerKind(
        "Masking",
        "core",
        "Marks the steps whose every number is the mask value, so that later layers pass them over.",
        (Argument("mask_value", Real(), 0.0, "The value that marks padding."),),
        cost=masking_cost,
        ranks=(2, 8),
        expects="an input of rank 2 or more (batch, steps, features)",
    ),
)
