"""Random specs over the whole catalogue, for properties that must hold for every network."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hypothesis import strategies as st

from engine.spec import Compile, Fit, Item, Layer, Spec, chain, kind_of
from engine.spec.arguments import (
    Argument,
    ArgumentType,
    Choice,
    Dimensions,
    Flag,
    Only,
    Real,
    Sizes,
    Text,
    Unfit,
    Whole,
)
from engine.spec.catalogue import LAYERS, METRICS, OPTIMIZERS
from engine.spec.catalogue.activations import ACTIVATIONS, ActivationType
from engine.spec.catalogue.items import ItemKind, Named, snake_case
from engine.spec.catalogue.kinds import Arity, Misfit
from engine.spec.catalogue.losses import LOSS
from engine.spec.catalogue.metrics import METRIC
from engine.spec.completion import complete
from engine.spec.composites import Either, Many
from engine.spec.demands import unmet_demands
from engine.spec.inference import layer_weights, output_shapes

NAMES = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="/"), min_size=1, max_size=8)


def values(wanted: ArgumentType) -> st.SearchStrategy[object]:
    """Values that an argument may take."""
    match wanted:
        case Only():
            return st.just(wanted.value)
        case ActivationType():
            return st.sampled_from(sorted(ACTIVATIONS))
        case Named():
            made = st.sampled_from(sorted(wanted.kinds)).flatmap(lambda name: items(wanted.kinds[name]))
            return st.none() | made if wanted.none else made
        case Whole():
            return st.integers(max(wanted.least, -3), min(wanted.most, max(wanted.least, 1) + 5))
        case Real():
            return st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, -1.0, 1e-7]).filter(
                lambda value: fits(wanted, value)
            )
        case Flag():
            return st.booleans()
        case Choice():
            return st.sampled_from(wanted.choices)
        case Sizes():
            return st.integers(max(wanted.least, 1), 3)
        case Dimensions():
            return (
                st.none() if wanted.none else st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
            )
        case Text():
            return NAMES
        case Many():
            return st.lists(values(wanted.each), min_size=1, max_size=3).map(tuple)
        case Either():
            return st.one_of(*map(values, wanted.options))
        case _:
            return st.nothing()


def fits(wanted: ArgumentType, value: object) -> bool:
    try:
        wanted.read(value)  # type: ignore[arg-type]
    except Unfit:
        return False
    return True


@st.composite
def configs(draw, arguments: Sequence[Argument], settle=None):
    """A complete config in which some arguments differ from their defaults."""
    given = {}
    for argument in arguments:
        if argument.is_required or draw(st.integers(0, 3)) == 0:
            choice = values(argument.type)
            if not choice.is_empty:
                given[argument.name] = draw(choice)
    config, _ = complete("it", arguments, given, settle)
    return config


@st.composite
def items(draw, kind: ItemKind):
    config = draw(configs(kind.arguments).filter(lambda made: made is not None))
    return Item(kind.name, config)


CHAINABLE = sorted(
    name
    for name, kind in LAYERS.items()
    if kind.arity is Arity.ONE and name not in ("Bidirectional", "TimeDistributed")
)


@st.composite
def specs(draw):
    """A Sequential spec of layers that fit each other, with settings."""
    shape = (None, *draw(st.lists(st.integers(1, 6), min_size=1, max_size=4)))
    start, _ = complete(
        "it", kind_of("InputLayer").every_argument(), {"batch_shape": shape}, kind_of("InputLayer").settle
    )
    layers = [Layer("InputLayer", draw(names("InputLayer", 0)), start)]
    for index in range(draw(st.integers(1, 4))):
        kind = LAYERS[draw(st.sampled_from(CHAINABLE))]
        config = draw(configs(kind.every_argument(), kind.settle))
        if config is None:
            continue
        layer = Layer(kind.name, draw(names(kind.name, index)), config)
        if layer.name in {other.name for other in layers}:
            continue
        try:
            returned = output_shapes(layer, (shape,))
        except Misfit:
            continue
        made = returned[0]
        if unmet_demands(layer, layer_weights(layer, (shape,)), returned):
            continue
        if math.prod(size or 1 for size in made) > 10_000:
            continue
        shape = made
        layers.append(layer)
    graph = chain(draw(st.sampled_from(["sequential", "net", "sequential_1"])), layers)
    return Spec.of(graph, draw(st.none() | compiles()), draw(st.none() | fits_settings()))


def names(kind: str, index: int) -> st.SearchStrategy[str]:
    return st.sampled_from([snake_case(kind), f"{snake_case(kind)}_{index}"]) | NAMES


@st.composite
def compiles(draw):
    metric = st.sampled_from(["accuracy", "mae", "AUC"]).map(METRIC.read) | st.sampled_from(
        sorted(METRICS)
    ).flatmap(lambda name: items(METRICS[name]))
    return Compile(
        optimizer=draw(st.sampled_from(sorted(OPTIMIZERS)).flatmap(lambda name: items(OPTIMIZERS[name]))),
        loss=draw(values(LOSS)),
        metrics=tuple(draw(st.lists(metric, max_size=2))),
    )


def fits_settings() -> st.SearchStrategy[Fit]:
    return st.builds(
        Fit,
        epochs=st.integers(1, 50),
        batch_size=st.none() | st.integers(1, 64),
        shuffle=st.booleans(),
        validation_split=st.sampled_from([0.0, 0.1, 0.25]),
    )
