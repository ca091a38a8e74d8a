"""Specs are values: equal when everything is, hashable, unchangeable."""

from dataclasses import FrozenInstanceError

import pytest

import engine
from engine.spec import Config, Item, infer, kind_of
from engine.spec.catalogue import LAYERS, LOSSES, METRICS, OPTIMIZERS
from engine.spec.catalogue.items import snake_case
from engine.spec.catalogue.kinds import BASE

TEXT = "model = Sequential([Dense(6, input_shape=(8,)), Dense(4)])"


def test_equality_is_by_value():
    one, other = engine.parse(TEXT), engine.parse(TEXT + "  # the same")
    assert one == other
    assert hash(one) == hash(other)
    assert one != engine.parse(TEXT.replace("4", "5"))
    assert one != engine.parse(TEXT.replace("Dense(4)", "Dense(4, name='last')"))
    assert one != engine.parse(TEXT + "\nmodel.compile('adam', 'mse')")


def test_a_spec_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        engine.parse(TEXT).name = "other"  # type: ignore[misc]


def test_configs_compare_whatever_their_order():
    assert Config(a=1, b=2) == Config(b=2, a=1)
    assert hash(Config(a=1, b=2)) == hash(Config(b=2, a=1))
    assert Config(a=1) != {"a": 1}
    assert Config(a=1).replace(a=2, b=3).without("b") == Config(a=2)


def test_layers_by_name():
    spec = engine.parse(TEXT)
    assert spec.layer("dense_1").config["units"] == 4
    with pytest.raises(KeyError):
        spec.layer("dense_9")


def test_shapes_through_a_graph():
    assert infer(engine.parse(TEXT)) == (((None, 8),), ((None, 6),), ((None, 4),))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Dense", "dense"),
        ("InputLayer", "input_layer"),
        ("Conv2D", "conv2d"),
        ("MaxPooling2D", "max_pooling2d"),
        ("LSTM", "lstm"),
        ("LeakyReLU", "leaky_re_lu"),
        ("Conv2DTranspose", "conv2d_transpose"),
        ("BatchNormalization", "batch_normalization"),
        ("GlobalAveragePooling1D", "global_average_pooling1d"),
    ],
)
def test_automatic_names_are_kerass(kind, name):
    assert snake_case(kind) == name


def test_every_layer_is_documented_and_its_defaults_are_values_it_takes():
    for kind in LAYERS.values():
        assert kind.doc.endswith(".")
        for argument in kind.every_argument():
            assert argument.doc.endswith("."), (kind.name, argument.name)
            if not argument.is_required:
                assert argument.type.read(argument.default) == argument.default, (kind.name, argument.name)


def test_every_setting_of_training_is_documented():
    for table in (LOSSES, METRICS, OPTIMIZERS):
        for kind in table.values():
            assert kind.doc.endswith(".")
            for argument in kind.arguments:
                assert argument.doc.endswith("."), (kind.name, argument.name)


def test_every_layer_has_the_arguments_of_all():
    for kind in LAYERS.values():
        assert {argument.name for argument in BASE} <= {argument.name for argument in kind.every_argument()}
    with pytest.raises(engine.SpecError, match="There is no layer named 'Dence'; did you mean 'Dense'"):
        kind_of("Dence")


def test_items_compare_by_kind_and_config():
    assert Item("L2", Config(l2=0.1)) == Item("L2", Config(l2=0.1)) != Item("L1", Config(l2=0.1))
