from typing import Any

import numpy as np
import pytest

from engine.nn import build
from engine.nn.layers import LAYERS, Context
from engine.spec import Spec, catalogue, chain
from tests.engine.networks import layer, sequential
from tests.engine.nn.cases import CASES, Case
from tests.engine.nn.gradients import assert_close, numeric


def test_every_layer_of_the_catalogue_has_arithmetic() -> None:
    assert set(LAYERS) == set(catalogue.LAYERS)


def test_every_layer_has_a_case() -> None:
    assert {case.kind for case in CASES} == set(LAYERS)


def inputs_of(case: Case, random: np.random.Generator) -> list[Any]:
    if case.tokens:
        return [random.integers(1, case.tokens, (2, *case.shape)).astype(np.float64)]
    # Away from 0, where rectifiers have their kink.
    drawn = [random.uniform(0.1, 1.5, (2, *shape)) for shape in (case.shape, *case.others)]
    return [x * random.choice([-1.0, 1.0], x.shape) for x in drawn]


def spec_of(case: Case) -> Spec:
    if case.kind == "InputLayer":
        return Spec.of(chain("sequential", [case.layer(), layer("Activation", activation="linear")]))
    return case.spec()


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_way_back_agrees_with_central_differences(case: Case, training: bool) -> None:
    random = np.random.default_rng(7)
    model = build(spec_of(case), seed=3, dtype="float64")
    for parameter in model.network.parameters:
        parameter.value += random.normal(0, 0.3, parameter.value.shape)
        if not parameter.trainable:
            parameter.value[...] = np.abs(parameter.value) + 0.5
    x = inputs_of(case, random)
    start = model.get_weights()

    def run() -> Any:
        for parameter, value in zip(model.network.parameters, start_values, strict=True):
            if not parameter.trainable:
                parameter.value[...] = value
        return model.run(tuple(x), Context(training=training, random=np.random.default_rng(5)))

    start_values = [value.copy() for value in start]
    outputs, backward = run()
    weights = [random.normal(size=output.shape) for output in outputs]
    gradients = backward(tuple(weights))
    learned = [parameter.gradient.copy() for parameter in model.network.parameters]

    def loss() -> float:
        return float(sum((w * y).sum() for w, y in zip(weights, run()[0], strict=True)))

    for number, (got, array) in enumerate(zip(gradients, x, strict=True)):
        if not case.tokens:
            assert_close(got, numeric(loss, array), f"input {number}")
    for parameter, got in zip(model.network.parameters, learned, strict=True):
        if parameter.trainable:
            assert_close(got, numeric(loss, parameter.value), parameter.name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_output_has_the_shape_that_the_catalogue_says(case: Case) -> None:
    model = build(spec_of(case), seed=1)
    x = inputs_of(case, np.random.default_rng(1))
    y = model.predict(x if len(x) > 1 else x[0])
    assert y.dtype == np.float32
    assert y.ndim == len(model.output_shapes[0])
    assert all(wanted in (None, size) for size, wanted in zip(y.shape, model.output_shapes[0], strict=True))


def test_dropout_silences_a_part_and_scales_the_rest() -> None:
    model = build(sequential((1000,), layer("Dropout", rate=0.25)))
    x = np.ones((1, 1000), np.float32)
    (y,), _ = model.run((x,), Context(training=True, random=np.random.default_rng(0)))
    assert set(np.unique(y)) == {np.float32(0), np.float32(4 / 3)}
    assert 0.2 < (y == 0).mean() < 0.3


def test_dropout_of_everything_leaves_nothing() -> None:
    model = build(sequential((3,), layer("Dropout", rate=1.0)))
    (y,), _ = model.run((np.ones((1, 3)),), Context(training=True, random=np.random.default_rng(0)))
    assert not y.any()


def test_dropout_does_nothing_at_inference() -> None:
    model = build(sequential((3,), layer("Dropout", rate=0.9)))
    assert model.predict([[1, 2, 3]]).tolist() == [[1, 2, 3]]
