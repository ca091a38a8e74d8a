"""Every workload's contestants, held to equal answers before they are timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import engine
from benchmarks import keras_peer, onnx_peer, torch_peer
from benchmarks.timing import ENGINE, Contestants
from benchmarks.workloads import CALL, KERAS, ORT, TORCH, Prediction, Training

PRODUCT = "1024-cube product"
FEW_STEPS = 4


def predictions(workload: Prediction) -> Contestants:
    """The engine and its peers, each as a call that answers the same batch. Raises AssertionError where
    their answers differ.
    """
    model = engine.build(engine.parse(workload.text), seed=1)
    random = np.random.default_rng(0)
    size = (workload.batch, *workload.shape)
    if workload.whole_numbers:
        x = random.integers(0, workload.whole_numbers, size)
    else:
        x = random.normal(size=size).astype(np.float32)
    calls: dict[str, Callable[[], Any]] = {
        ENGINE: lambda: model.predict(x),
        ORT: onnx_peer.predictor(model, x),
        **torch_peer.predictors(model, x),
    }
    if CALL in workload.wanted or KERAS in workload.wanted:
        calls |= keras_peer.predictors(model, x)
    wanted = model.predict(x)
    for name, call in calls.items():
        np.testing.assert_allclose(np.asarray(call()), wanted, rtol=1e-3, atol=1e-5, err_msg=name)
    return calls


def product() -> Callable[[], Any]:
    """A product of two matrices of 1024 x 1024, which no network can outrun."""
    left, right = np.random.default_rng(0).normal(size=(2, 1024, 1024)).astype(np.float32)
    result = np.empty_like(left)
    return lambda: np.dot(left, right, out=result)


def flops(workload: Prediction) -> int:
    """Operations of one call."""
    return engine.estimate(engine.parse(workload.text), workload.batch).flops


def data(workload: Training) -> tuple[np.ndarray, np.ndarray]:
    """Samples and class numbers: what they mean does not change how long they take."""
    random = np.random.default_rng(0)
    x = random.normal(size=(workload.samples, *workload.shape)).astype(np.float32)
    return x, random.integers(0, workload.classes, workload.samples)


def trainings(workload: Training) -> Contestants:
    """The engine and its peers, each as a call that trains. Raises AssertionError where the same few steps
    from the same weights end in different answers: few, because rounding grows in every step.
    """
    x, y = data(workload)
    model = engine.build(engine.parse(workload.text), seed=1)
    few = slice(0, FEW_STEPS * workload.batch)
    trial = torch_peer.Trainer(model, x[few], y[few], workload.batch)
    pytorch = torch_peer.Trainer(model, x, y, workload.batch)
    theirs = keras_peer.network(model)
    model.fit(x[few], y[few], epochs=1, batch_size=workload.batch, shuffle=False)
    trial.run(1, shuffle=False)
    theirs.fit(x[few], y[few], epochs=1, batch_size=workload.batch, shuffle=False, verbose=0)
    wanted = model.predict(x)
    np.testing.assert_allclose(theirs.predict(x, verbose=0), wanted, rtol=1e-3, atol=1e-4, err_msg=KERAS)
    # PyTorch's Adam adds its epsilon after the correction of the means; Keras's, and so the engine's, before.
    np.testing.assert_allclose(trial.outputs(x), wanted, rtol=0, atol=2e-3, err_msg=TORCH)
    times = {"epochs": workload.epochs, "batch_size": workload.batch}
    return {
        ENGINE: lambda: model.fit(x, y, **times),
        TORCH: lambda: pytorch.run(workload.epochs),
        KERAS: lambda: theirs.fit(x, y, **times, verbose=0),
    }
