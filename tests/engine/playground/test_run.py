"""Runs: the original's losses, pieces that equal the whole, and how a run ends."""

import copy
from dataclasses import replace

import numpy as np
import pytest

from engine.playground import Run, Settings, resume, start
from engine.playground.points import drawn
from tests.engine.playground.reference import network

SMALL = Settings(hidden=(3, 2), share=10)


def trained(settings: Settings, epochs: int) -> Run:
    run = start(settings)
    run.train(run.steps_until(epochs))
    return run


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        replace(SMALL, dataset="xor", activation="relu", hidden=(4,), features=("x", "y", "xTimesY")),
        replace(SMALL, dataset="spiral", activation="sigmoid", batch_size=1, learning_rate=0.3, noise=20),
        replace(SMALL, dataset="gauss", batch_size=30, regularization="L2", regularization_rate=0.1),
        replace(SMALL, dataset="circle", regularization="L1", regularization_rate=0.3),
        replace(SMALL, dataset="reg-gauss", hidden=(), activation="linear"),
        replace(SMALL, dataset="reg-plane", hidden=(2,) * 6),
    ],
)
def test_it_starts_and_learns_as_the_original_does(settings: Settings) -> None:
    points, stream = drawn(settings.dataset, settings.seed, settings.noise, settings.share)
    last = "linear" if settings.is_regression else "tanh"
    net = network(copy.deepcopy(stream), settings.shape, settings.activation, last)
    run = start(settings)
    assert run.kernels[0].T.tolist() == [[link.weight for link in node.links] for node in net.layers[0]]

    inputs, labels = run.inputs.tolist(), points.labels.tolist()
    for epoch in range(1, 5):
        for place in range(points.train):
            net.learn(inputs[place], labels[place])
            if (place + 1) % settings.batch_size == 0:
                net.update(settings.learning_rate, settings.regularization, settings.regularization_rate)
        run.train(run.steps_until(epoch))
        costs = [0.5 * (net.answer(x) - label) ** 2 for x, label in zip(inputs, labels, strict=True)]
        moment = run.moments[-1]
        assert moment.epoch == epoch
        assert moment.train == pytest.approx(np.mean(costs[: points.train]), rel=1e-9)
        assert moment.test == pytest.approx(np.mean(costs[points.train :]), rel=1e-9)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_pieces_equal_the_whole_bit_for_bit(optimizer: str, loss: str) -> None:
    settings = replace(
        SMALL, optimizer=optimizer, loss=loss, batch_size=7, regularization="L1", regularization_rate=0.05
    )
    whole = start(settings)
    whole.train(2000)

    pieces = start(settings)
    for steps in [1, 3, 250, 6] + [290] * 6:
        pieces.train(steps)
        pieces = resume(settings, pieces.to_bytes())

    assert pieces.epoch == whole.epoch == 250
    assert pieces.to_bytes() == whole.to_bytes()


def test_a_long_run_keeps_few_moments() -> None:
    run = trained(replace(SMALL, hidden=()), 1001)

    epochs = [moment.epoch for moment in run.moments]
    assert len(epochs) <= 121
    assert epochs[0] == 0
    assert epochs[-1] == 1001
    assert set(np.diff(epochs[:-1])) == {float(run.stride)}


@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_it_learns(loss: str) -> None:
    run = trained(Settings(hidden=(6,), optimizer="adam", learning_rate=0.01, loss=loss), 60)

    assert run.moments[-1].right > 0.95
    assert run.moments[-1].test < run.moments[0].test / 5


def test_the_logistic_gradient_is_the_slope_of_the_logistic_loss() -> None:
    settings = replace(SMALL, loss="logistic", batch_size=50)
    run = start(settings)
    run._gather(slice(0, 49))
    slopes = run.gradients / 49
    numbers = []
    for place in range(len(run.weights)):
        costs = []
        for shift in (1e-5, -1e-5):
            other = start(settings)
            other.weights[place] += shift
            answers = other.outputs(other.inputs[:49])[-1][:, 0]
            costs.append(np.mean(np.logaddexp(0, -2 * other.points.labels[:49] * np.arctanh(answers))))
        numbers.append((costs[0] - costs[1]) / 2e-5)

    np.testing.assert_allclose(slopes, numbers, atol=1e-7)


def test_a_run_ends_when_a_weight_is_beyond_all_bounds() -> None:
    run = trained(replace(SMALL, dataset="reg-plane", activation="relu", learning_rate=10.0), 50)

    assert run.is_over == "diverged"
    assert run.epoch < 50


def test_a_run_ends_where_it_was_told_to() -> None:
    by_epoch = trained(replace(SMALL, stop_epoch=3), 50)
    assert (by_epoch.epoch, by_epoch.is_over) == (3, "epoch")

    by_loss = trained(Settings(optimizer="adam", stop_loss=0.2), 200)
    assert by_loss.is_over == "loss"
    assert by_loss.moments[-1].test < 0.2 <= by_loss.moments[-2].test


def test_a_run_ends_when_enough_is_right() -> None:
    run = trained(Settings(dataset="gauss", stop_right=95), 200)

    assert run.is_over == "right"
    assert run.moments[-1].right >= 0.95 > run.moments[-2].right
    assert trained(replace(SMALL, dataset="reg-plane", stop_right=1), 3).is_over == ""


def test_slopes_are_those_of_one_batch_of_everything() -> None:
    run = start(replace(SMALL, batch_size=50))
    kernels, biases = run.slopes()
    before = run.weights.copy()
    run.train(1)

    gone = np.concatenate([part.ravel() for pair in zip(kernels, biases, strict=True) for part in pair])
    np.testing.assert_allclose(before - 0.03 * gone, run.weights, rtol=1e-12)


def test_all_weights_at_zero_stay_alike() -> None:
    run = trained(replace(SMALL, starts_at_zero=True), 5)

    assert not run.kernels[0].any()


@pytest.mark.parametrize("kept", [b"", b"x", b"x" * 10_000])
def test_bytes_that_do_not_fit_are_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"^the bytes do not fit the settings$"):
        resume(SMALL, kept)
