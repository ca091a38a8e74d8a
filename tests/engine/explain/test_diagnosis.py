"""Every symptom is found where it is, and nowhere else."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.budget import Budget
from engine.datasets import DATASETS
from engine.errors import BudgetExceeded, ShapeError
from engine.explain import Symptom, diagnose
from engine.explain.checks import CHECKS
from engine.nn import Model, build
from tests.engine.networks import animals_model, dense, layer, sequential

SEED = 3  # its fresh network has no dead unit
SAMPLES = np.random.default_rng(0).normal(size=(40, 3))


def with_weights(change: Callable[[list[np.ndarray]], None], activation: str = "relu") -> Model:
    """A 3-4-4-2 network whose weights are changed."""
    model = build(sequential((3,), *dense(4, 4, 2, activation=activation)), seed=SEED)
    weights = model.get_weights()
    change(weights)
    model.set_weights(weights)
    return model


def not_finite() -> Model:
    model = build(sequential((3,), layer("Dense", units=4, activation="exponential"), *dense(2)))
    model.set_weights([w * 1000 for w in model.get_weights()])
    return model


def exploding(weights: list[np.ndarray]) -> None:
    weights[0] *= 1e3
    weights[2] *= 1e3


def vanishing(weights: list[np.ndarray]) -> None:
    weights[0] *= 1e-3
    weights[2] *= 1e-3


def dead(weights: list[np.ndarray]) -> None:
    weights[1][[0, 2]] = -100


def saturated(weights: list[np.ndarray]) -> None:
    weights[1][1] = 50


def symmetric(weights: list[np.ndarray]) -> None:
    weights[0][:, 3] = weights[0][:, 1]


def unread(weights: list[np.ndarray]) -> None:
    weights[2][2] = 0


def silent(weights: list[np.ndarray]) -> None:
    weights[1][:] = -100


def biased(weights: list[np.ndarray]) -> None:
    weights[5][:] = [90, -90]


def compiled(last: str, units: int, loss: str) -> Model:
    model = build(sequential((3,), *dense(4, units, last=last)))
    model.compile(loss=loss)
    return model


CASES = {
    "not-finite": not_finite,
    "exploding-values": lambda: with_weights(exploding),
    "vanishing-values": lambda: with_weights(vanishing),
    "dead-units": lambda: with_weights(dead),
    "saturated-units": lambda: with_weights(saturated, "tanh"),
    "symmetric-units": lambda: with_weights(symmetric),
    "unread-units": lambda: with_weights(unread),
    "softmax-hidden": lambda: build(sequential((3,), *dense(4, 2, activation="softmax"))),
    "softmax-alone": lambda: build(sequential((3,), *dense(4, 1))),
    "no-nonlinearity": lambda: build(sequential((3,), *dense(4, 2, activation="linear"))),
    "constant-output": lambda: with_weights(silent),
    "one-class": lambda: with_weights(biased),
    "uneven-inputs": lambda: build(sequential((3,), *dense(4, 2))),
    "unfit-loss": lambda: compiled("sigmoid", 2, "categorical_crossentropy"),
}
UNEVEN = SAMPLES * np.array([1, 1000, 1])


def found(code: str) -> list[Symptom]:
    x = UNEVEN if code == "uneven-inputs" else SAMPLES
    return [symptom for symptom in diagnose(CASES[code](), x) if symptom.code == code]


def test_every_check_has_a_case() -> None:
    assert CASES.keys() == CHECKS.keys()


@pytest.mark.parametrize("code", CHECKS)
def test_finds_it(code: str) -> None:
    (symptom,) = found(code)
    assert symptom.message.endswith(".")
    assert symptom.advice.endswith(".")
    assert symptom.to_dict()["units"] == list(symptom.units)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("dead-units", '2 of 4 units of Dense "dense_0" are 0 for all 40 samples: units 1 and 3.'),
        ("saturated-units", '1 of 4 units of Dense "dense_0" sits where tanh is flat for 100% of the samples '
                            "or more: unit 2."),
        ("symmetric-units", '2 of 4 units of Dense "dense_0" have the same weights: units 2 and 4.'),
        ("unread-units", 'Nothing depends on unit 3 of Dense "dense_0": every weight that leads on is 0.'),
        ("softmax-hidden", 'Dense "dense_0" applies softmax, and other layers follow.'),
        ("softmax-alone", 'Dense "dense_1" applies softmax to 1 unit, which always gives 1.'),
        ("no-nonlinearity", 'Dense "dense_0" has no activation, so that it and Dense "dense_1" are no more '
                            "than one Dense layer."),
        ("constant-output", "The network gives the same output for all 40 samples."),
        ("one-class", "The network chooses class 0 for all 40 samples."),
        ("unfit-loss", 'CategoricalCrossentropy expects a softmax output; Dense "dense_1" has sigmoid.'),
        ("not-finite", 'The outputs of Dense "dense_0" are no longer finite numbers.'),
    ],
)  # fmt: skip
def test_says_it_with_its_numbers(code: str, message: str) -> None:
    assert found(code)[0].message == message


@pytest.mark.parametrize(
    ("code", "units"), [("dead-units", (0, 2)), ("saturated-units", (1,)), ("unread-units", (2,))]
)
def test_names_the_units(code: str, units: tuple[int, ...]) -> None:
    (symptom,) = found(code)
    assert (symptom.layer, symptom.units) == ("dense_0", units)


def test_a_dead_layer_stops_the_gradient() -> None:
    symptom = diagnose(with_weights(silent), SAMPLES)[0]
    assert symptom.message == (
        'All 4 units of Dense "dense_0" are 0 for all 40 samples: no gradient passes this layer.'
    )


def test_the_lesson_has_a_unit_that_never_is_on_and_one_that_nobody_reads() -> None:
    found = diagnose(animals_model(), DATASETS["animals"].split("train").x)
    assert [(symptom.code, symptom.layer, symptom.units) for symptom in found] == [
        ("dead-units", "dense_0", (3,)),
        ("unread-units", "dense_1", (4,)),
    ]


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_finds_nothing_in_a_fresh_network(activation: str) -> None:
    for seed in range(5):
        model = build(sequential((3,), *dense(8, 8, 3, activation=activation)), seed)
        model.compile(loss="categorical_crossentropy")
        assert {symptom.code for symptom in diagnose(model, SAMPLES)} <= {"dead-units", "one-class"}


@pytest.mark.parametrize(
    ("last", "units", "loss", "message"),
    [
        ("softmax", 1, "categorical_crossentropy",
         "CategoricalCrossentropy compares classes; the network has 1 output."),
        ("linear", 1, "binary_crossentropy",
         'BinaryCrossentropy expects a sigmoid output; Dense "dense_1" has no activation.'),
        ("sigmoid", 1, "binary_crossentropy", ""),
        ("softmax", 3, "sparse_categorical_crossentropy", ""),
        ("linear", 1, "mse", ""),
    ],
)  # fmt: skip
def test_losses_that_suit_and_that_do_not(last: str, units: int, loss: str, message: str) -> None:
    told = [s.message for s in diagnose(compiled(last, units, loss), SAMPLES) if s.code == "unfit-loss"]
    assert told == ([message] if message else [])


def test_one_sample_says_nothing_about_units() -> None:
    assert diagnose(with_weights(dead), SAMPLES[:1]) == ()


def test_looks_through_layers_that_only_hand_on() -> None:
    spec = sequential(
        (3,),
        layer("Dense", units=4, activation="softmax"),
        layer("Dropout", rate=0.5),
        layer("Dense", units=2, activation="softmax"),
    )
    assert [symptom.code for symptom in diagnose(build(spec), SAMPLES)] == ["softmax-hidden"]


def test_changes_nothing() -> None:
    model = with_weights(dead)
    before = model.get_weights()
    diagnose(model, SAMPLES)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_refuses_what_does_not_fit() -> None:
    with pytest.raises(ShapeError):
        diagnose(animals_model(), SAMPLES)
    with pytest.raises(BudgetExceeded):
        diagnose(with_weights(dead), SAMPLES, budget=Budget("tiny", 3, 10**6, 10**6))
