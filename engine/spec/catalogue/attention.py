"""Attention: every query takes a weighted mean of values, weighted by how well their keys match it."""

from __future__ import annotations

from typing import Final

from engine.spec.arguments import Argument, Choice, Flag, Only, Real, Sizes, Text, Whole
from engine.spec.catalogue.core import (
    ACTIVITY_REGULARIZER,
    GLOROT,
    USE_BIAS,
    ZEROS,
    constraint_arguments,
    known_last,
    weight,
    weight_arguments,
)
from engine.spec.catalogue.kinds import NUMBER, Arity, LayerKind, Misfit, Weight, Work, held, volume
from engine.spec.catalogue.noise import SEED
from engine.spec.catalogue.normalization import ONES
from engine.spec.composites import Either, Many
from engine.spec.structure import Config, Layer, Shape, Shapes

DROPOUT: Final = Argument("dropout", Real(least=0.0, most=1.0), 0.0, "The part of the weights to drop.")
SEQUENCES: Final = "query, value and perhaps key, each (batch, steps, features)"


def sequences(inputs: Shapes, alike: bool) -> tuple[Shape, Shape, Shape]:
    """Query, value and key (which is the value unless given); raises Misfit."""
    if len(inputs) not in (2, 3):
        raise Misfit("two or three inputs: query, value and perhaps key", "Call it on query and value.")
    query, value = inputs[:2]
    key = inputs[2] if len(inputs) == 3 else value
    if alike and query[-1] != key[-1]:
        raise Misfit("queries and keys with the same number of features", "Bring them to one size by Dense.")
    if value[1] is not None and key[1] is not None and value[1] != key[1]:
        raise Misfit("as many values as keys", "Give one value for each key.")
    return query, value, key


def attended(layer: Layer, inputs: Shapes) -> Shapes:
    query, value, _ = sequences(inputs, alike=True)
    return ((*query[:-1], value[-1]),)


def scores(query: Shape, key: Shape) -> int:
    """How many pairs of query and key there are."""
    return (query[0] or 1) * (query[1] or 1) * (key[1] or 1)


def attention_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """A score for each pair, a softmax, a weighted mean."""
    query, value, key = sequences(inputs, alike=True)
    pairs = scores(query, key)
    summed = layer.kind == "AdditiveAttention" or layer.config["score_mode"] == "concat"
    wide = pairs * (query[-1] or 1) if summed else 0
    flops = pairs * (2 * (query[-1] or 1) + 2 * (value[-1] or 1) + 5) + 12 * wide
    known, inner = NUMBER * pairs, NUMBER * wide
    dropped = known * (layer.config.real("dropout") > 0)
    scaled = inner if layer.kind != "AdditiveAttention" else 0
    return Work(
        flops,
        max(4 * known, 2 * inner + scaled + known),
        kept=2 * known + inner + scaled + 2 * dropped,
        back=max(
            3 * known + 3 * inner + held(value),
            known + held(*inputs) + (2 * held(value) if len(inputs) == 2 else 0),
        ),
    )


def attention_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    found = [Weight("scale", (), ONES)] if layer.config.flag("use_scale") else []
    if layer.config["score_mode"] == "concat":
        found.append(Weight("concat_score_weight", (), ONES))
    return tuple(found)


def additive_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    return (Weight("scale", (known_last(inputs[0]),), GLOROT),) if layer.config.flag("use_scale") else ()


def heads_settle(config: Config) -> Config:
    """One form for what Keras writes in several: the output's size as a number, the usual axis as None."""
    size = config["output_shape"]
    return config.replace(
        attention_axes=None, output_shape=size[0] if isinstance(size, tuple) and size else size
    )


def value_dim(layer: Layer) -> int:
    """The size of each head's values; the key's unless given."""
    given = layer.config["value_dim"]
    return given if isinstance(given, int) else layer.config.whole("key_dim")


def heads_shape(layer: Layer, inputs: Shapes) -> Shapes:
    query, value, key = sequences(inputs, alike=False)
    for shape in (query, value, key):
        known_last(shape)
    size = layer.config["output_shape"]
    return ((*query[:-1], size if isinstance(size, int) else query[-1]),)


def heads_weights(layer: Layer, inputs: Shapes) -> tuple[Weight, ...]:
    """A kernel (features, heads, size) and a bias for query, key and value, and for the output."""
    config = layer.config
    query, value, key = sequences(inputs, alike=False)
    heads, key_dim, wide = config.whole("num_heads"), config.whole("key_dim"), value_dim(layer)
    output = config["output_shape"]
    found: list[Weight] = []
    for name, size, shape in (("query", key_dim, query), ("key", key_dim, key), ("value", wide, value)):
        found.append(_named(weight(config, "kernel", (known_last(shape), heads, size)), name, "kernel"))
        if config.flag("use_bias"):
            found.append(_named(weight(config, "bias", (heads, size)), name, "bias"))
    out = output if isinstance(output, int) else known_last(query)
    found.append(_named(weight(config, "kernel", (heads, wide, out)), "output", "kernel"))
    if config.flag("use_bias"):
        found.append(_named(weight(config, "bias", (out,)), "output", "bias"))
    return tuple(found)


def _named(found: Weight, part: str, what: str) -> Weight:
    return Weight(f"{part}_{what}", found.shape, found.initializer, found.regularizer, found.constraint)


def heads_cost(layer: Layer, inputs: Shapes, outputs: Shapes) -> Work:
    """Four projections, and for each head a score for each pair, a softmax and a weighted mean."""
    query, value, key = sequences(inputs, alike=False)
    heads, size, wide = layer.config.whole("num_heads"), layer.config.whole("key_dim"), value_dim(layer)
    pairs = heads * scores(query, key)
    projected = heads * (
        volume(query) * size + volume(key) * size + volume(value) * wide + volume(outputs[0]) * wide
    )
    queries, keys, values = (
        NUMBER * heads * wide_of * volume(shape[:-1])
        for wide_of, shape in ((size, query), (size, key), (wide, value))
    )
    known, joined = NUMBER * pairs, NUMBER * heads * wide * volume(query[:-1])
    dropped = known * (layer.config.real("dropout") > 0)
    shared = held(value) if len(inputs) == 2 else 0
    return Work(
        2 * projected + pairs * (2 * size + 2 * wide + 5),
        queries + keys + values + max(queries + known, 3 * known, 2 * known + 2 * joined),
        kept=queries + keys + values + known + joined + 2 * dropped,
        back=joined + known + max(known, held(*inputs) + shared + max(2 * values, shared)),
    )


_DRAWN: Final = weight_arguments(("kernel", GLOROT), ("bias", ZEROS))

ATTENTION: Final = (
    LayerKind(
        "Attention",
        "attention",
        "Scores each key by its product with the query, and returns the mean of the values so weighted.",
        (
            Argument("use_scale", Flag(), False, "Whether a learned factor scales the scores."),
            Argument("score_mode", Choice(("dot", "concat")), "dot", "How query and key are compared."),
            DROPOUT,
            SEED,
        ),
        shape=attended,
        weights=attention_weights,
        cost=attention_cost,
        ranks=(3, 3),
        expects=SEQUENCES,
        arity=Arity.MANY,
    ),
    LayerKind(
        "AdditiveAttention",
        "attention",
        "Scores each key by sum(scale * tanh(query + key)), and returns the mean of the values so weighted.",
        (
            Argument("use_scale", Flag(), True, "Whether the sum has learned factors."),
            DROPOUT,
            Argument(SEED.name, SEED.type, None, SEED.doc, keyword_only=True),
        ),
        shape=attended,
        weights=additive_weights,
        cost=attention_cost,
        ranks=(3, 3),
        expects=SEQUENCES,
        arity=Arity.MANY,
    ),
    LayerKind(
        "MultiHeadAttention",
        "attention",
        "Several attentions side by side, each on projections of its own, joined by one more.",
        (
            Argument("num_heads", Whole(1), doc="How many attentions."),
            Argument("key_dim", Whole(1), doc="The size of each head's queries and keys."),
            Argument("value_dim", Whole(1, none=True), None, "The size of its values; None is key_dim."),
            DROPOUT,
            USE_BIAS,
            Argument(
                "output_shape",
                Either((Whole(1, none=True), Sizes(1))),
                None,
                "The output's size; None is the query's.",
            ),
            Argument(
                "attention_axes",
                Either((Whole(1, 1, none=True), Many(Whole(1, 1)))),
                None,
                "The axis of the steps: 1, which None means too.",
            ),
            Argument("sliding_window", Only(None), None, "The engine attends to all steps."),
            Argument("flash_attention", Text(none=True), None, "How Keras computes it."),
            *_DRAWN,
            ACTIVITY_REGULARIZER,
            *constraint_arguments("kernel", "bias"),
            Argument("use_gate", Only(False), False, "The engine does without a gate."),
            SEED,
        ),
        shape=heads_shape,
        weights=heads_weights,
        cost=heads_cost,
        ranks=(3, 3),
        expects=SEQUENCES,
        arity=Arity.EACH,
        settle=heads_settle,
    ),
)
