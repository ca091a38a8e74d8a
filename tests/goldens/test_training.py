"""Two epochs of training end where Keras ends, under every optimizer, loss and metric."""

from typing import Any

import numpy as np
import pytest

from engine.nn import Model, build
from engine.nn.losses import LOSSES
from engine.nn.metrics import METRICS
from engine.nn.optimizers import OPTIMIZERS
from engine.nn.penalties import CONSTRAINTS, REGULARIZERS
from engine.nn.schedules import SCHEDULES
from engine.spec import Item, Spec, catalogue
from engine.spec.completion import complete
from tests.goldens.files import Golden, read

GOLDENS = read("training")
KINDS = {
    **catalogue.OPTIMIZERS,
    **catalogue.SCHEDULES,
    **catalogue.REGULARIZERS,
    **catalogue.CONSTRAINTS,
}


def item(pair: tuple[str, dict[str, Any]], kinds: dict[str, Any]) -> Item:
    kind, given = pair
    kind = kind.rpartition(".")[2]
    settled = {key: _settled(value) for key, value in given.items()}
    config, problems = complete(kind, kinds[kind].arguments, settled)
    assert config is not None, problems
    return Item(kind, config)


def _settled(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
        return item((value[0], value[1]), KINDS)
    return tuple(value) if isinstance(value, list) else value


def compiled(golden: Golden) -> Model:
    plan = golden.facts["plan"]
    model = build(Spec.from_json(golden.facts["json"]))
    metrics = [each if isinstance(each, str) else item(each, catalogue.METRICS) for each in plan["metrics"]]
    model.compile(item(plan["optimizer"], KINDS), item(plan["loss"], catalogue.LOSSES), tuple(metrics))
    model.set_weights(golden.arrays["w0"])
    return model


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_trains_as_keras_trains(golden: Golden) -> None:
    model = compiled(golden)
    (x,), (y,) = golden.arrays["x"], golden.arrays["y"]
    for epoch, wanted in enumerate(golden.facts["history"], start=1):
        history = model.fit(x, y, epochs=1, batch_size=8, shuffle=False).history
        assert list(history) == list(wanted)
        for key, value in wanted.items():
            assert history[key][0] == pytest.approx(value, rel=2e-3, abs=1e-5), key
        for got, expected in zip(model.get_weights(), golden.arrays[f"w{epoch}"], strict=True):
            assert np.allclose(got, expected, rtol=5e-3, atol=1e-5)
    told = model.evaluate(x, y, batch_size=8)
    for key, value in golden.facts["evaluate"].items():
        assert told[key] == pytest.approx(value, rel=2e-3, abs=1e-5), key


def named(what: str) -> set[str]:
    """Every kind that the goldens use somewhere in that part of their plans."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, list) and value and isinstance(value[0], str):
            found.add(value[0].rpartition(".")[2])
        if isinstance(value, list | tuple):
            for part in value:
                walk(part)
        if isinstance(value, dict):
            for part in value.values():
                walk(part)

    for golden in GOLDENS:
        walk(golden.facts["plan"][what])
    return found


def test_nothing_is_without_a_golden() -> None:
    assert set(OPTIMIZERS) | set(SCHEDULES) <= named("optimizer")
    assert set(LOSSES) <= named("loss")
    assert set(REGULARIZERS) | set(CONSTRAINTS) <= named("dense")
    automatic = {"CategoricalAccuracy", "SparseCategoricalAccuracy", "MeanSquaredError", "MeanAbsoluteError"}
    assert set(METRICS) - automatic - {"Accuracy"} <= named("metrics")
