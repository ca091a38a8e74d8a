"""The original's points, first weights and losses, as another language computes them with seedrandom itself:
tests/goldens/playground.mjs says how they were made.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.playground import Settings, start

CASES = json.loads((Path(__file__).parents[2] / "goldens/data/playground.json").read_text())["cases"]


def settings_of(setup: dict[str, Any]) -> Settings:
    return Settings(
        dataset=setup["dataset"],
        seed=setup["seed"],
        noise=setup["noise"],
        share=setup["share"],
        features=tuple(setup["inputs"]),
        hidden=tuple(setup["hidden"]),
        activation=setup["activation"],
        learning_rate=setup["rate"],
        batch_size=setup["batch"],
        regularization=setup["penalty"],
        regularization_rate=setup["strength"],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["setup"]["dataset"])
def test_points_first_weights_and_losses_are_the_originals(case: dict[str, Any]) -> None:
    run = start(settings_of(case["setup"]))
    points = np.column_stack([run.points.at, run.points.labels])
    np.testing.assert_allclose(points[::97], case["points"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(points.mean(0), case["mean"], rtol=1e-9, atol=1e-12)
    assert [kernel.T.tolist() for kernel in run.kernels] == case["weights"]
    assert all((bias == 0.1).all() for bias in run.biases)
    for epoch, losses in case["losses"].items():
        run.train(run.steps_until(int(epoch)))
        found = run.measure()
        assert (found.train, found.test) == pytest.approx(losses, rel=1e-9)
