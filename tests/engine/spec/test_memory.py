"""What the cost model says a run takes is what it takes: for every layer, activation, loss and optimizer by
itself, and for random networks of all of them. Measured by tracemalloc, which NumPy tells of every array.
"""

import random
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import engine
from engine.errors import BudgetExceeded, EngineError
from engine.nn import Model, activations, build, optimizers
from engine.nn.losses import Loss
from engine.spec import Item, Layer, Spec, estimate, infer
from engine.spec.catalogue import LOSSES, OPTIMIZERS, Arity, LayerKind
from engine.spec.catalogue.activations import ACTIVATIONS, space_of
from engine.spec.catalogue.items import default_item
from engine.spec.catalogue.kinds import held
from engine.spec.memory import predicting, training
from engine.spec.settings import Compile
from engine.spec.training_space import LOSSES as LOSS_ARRAYS
from engine.spec.training_space import optimizer_state
from tests.engine.networks import functional, sequential
from tests.engine.networks_sized import KINDS, random_layer, random_network
from tests.engine.weighing import (
    LEAST,
    MIB,
    Step,
    declared_calls,
    samples,
    weigh_calls,
    weigh_prediction,
    weigh_training,
)

SLACK = 96 * 1024
"""Bytes that Python itself and NumPy's own buffers may take."""

NUMBERS = 2**20
TEXTS = {
    "mlp": "Input((784,)), Dense(512, activation='relu'), Dense(256, activation='relu'), "
    "Dense(10, activation='softmax')",
    "wide": "Input((20,)), Dense(300, activation='tanh'), Dense(1, activation='sigmoid')",
    "lenet": "Input((28, 28, 1)), Conv2D(32, 3, activation='relu'), MaxPooling2D(), "
    "Conv2D(64, 3, activation='relu'), MaxPooling2D(), Flatten(), Dense(128, activation='relu'), "
    "Dense(10, activation='softmax')",
    "lstm": "Input((50, 16)), LSTM(64), Dense(1, activation='sigmoid')",
    "gru": "Input((50, 16)), GRU(64, return_sequences=True), GlobalAveragePooling1D(), Dense(3)",
    "norm": "Input((32, 32, 3)), Conv2D(8, 3), BatchNormalization(), Activation('relu'), Flatten(), Dense(2)",
}


@pytest.fixture(autouse=True)
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def taken(run: Callable[[], object]) -> tuple[int, int]:
    """Bytes at the fullest moment of a run, and those left while its result is held."""
    base = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    result = run()
    left, peak = tracemalloc.get_traced_memory()
    del result
    return peak - base, left - base


def spec(text: str) -> Spec:
    return engine.parse(f"model = Sequential([{text}])")


def model_and_samples(text: str, count: int) -> tuple[Model, Any]:
    model = build(spec(text))
    return model, samples(model, count)


@pytest.mark.parametrize("batch_size", [16, 1000])
@pytest.mark.parametrize("name", TEXTS)
def test_a_prediction_takes_what_is_predicted(name: str, batch_size: int) -> None:
    text = TEXTS[name]
    build(spec(text)).predict(samples(build(spec(text)), 2))
    base = tracemalloc.get_traced_memory()[0]
    model, x = model_and_samples(text, batch_size)
    tracemalloc.reset_peak()
    model.predict(x)
    measured = tracemalloc.get_traced_memory()[1] - base
    assert estimate(spec(text), batch_size).bytes == pytest.approx(measured, rel=0.25, abs=2 * SLACK)


@pytest.mark.parametrize("batch_size", [32, 150])
@pytest.mark.parametrize("name", TEXTS)
def test_training_takes_what_is_predicted(name: str, batch_size: int) -> None:
    text, count = TEXTS[name], 150
    compiled = Compile(default_item(OPTIMIZERS["Adam"]), default_item(LOSSES["MeanSquaredError"]))
    base = tracemalloc.get_traced_memory()[0]
    model, x = model_and_samples(text, count)
    y = np.zeros((count, *model.output_shapes[0][1:]), "float32")
    tracemalloc.reset_peak()
    model.compile(compiled.optimizer, compiled.loss)
    model.fit(x, y, batch_size=batch_size)
    measured = tracemalloc.get_traced_memory()[1] - base
    predicted = training(spec(text), compiled, count, batch_size)
    assert predicted == pytest.approx(measured, rel=0.4, abs=2 * SLACK)


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_random_networks_take_what_is_predicted(first: int) -> None:
    runs = []
    for seed in range(first, first + 20):
        draw = random.Random(seed)
        network, least = random_network(draw), int(draw.uniform(1, 2) * LEAST)
        if network is not None:
            runs += [weigh_prediction(network, least), weigh_training(network, least, draw)]
    ratios = sorted(run.ratio for run in runs if run is not None)
    assert len(ratios) > 20
    assert ratios[-2] < 1.5
    assert ratios[-1] < 2.5


def one_layer(kind: LayerKind, draw: random.Random) -> tuple[Spec, int] | None:
    """A network of one layer, and how many samples make it weigh a few MiB; None for settings that do not
    fit.
    """
    least, most = kind.ranks
    shape = tuple(
        draw.choice([4, 6, 8, 12, 16, 24]) for _ in range(draw.randint(max(least - 1, 1), min(most - 1, 4)))
    )
    made = random_layer(kind, draw)
    if made is None:
        return None
    try:
        drawn = Layer(made.kind, "drawn", made.config)
        network = functional(drawn, shape, shape) if kind.arity is not Arity.ONE else sequential(shape, drawn)
        each = held(*(shape for shapes in infer(network) for shape in shapes))
    except EngineError:
        return None
    return network, max(1, MIB // each)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_layer_declares_what_it_lays_aside_and_keeps(kind: LayerKind) -> None:
    draw, ran = random.Random(kind.name), 0
    for _ in range(40):
        found = one_layer(kind, draw)
        if found is None or ran == 2:
            continue
        network, count = found
        model = build(network)
        weigh_calls(model, 2)
        declared, measured = declared_calls(network, count), weigh_calls(model, count)
        for what in Step.__dataclass_fields__:
            told, real = getattr(declared, what) + SLACK, getattr(measured, what) + SLACK
            assert 1 / 1.5 < told / real < 1.5, (what, told, real, network.layers[-1].config)
        ran += 1
    assert ran


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_declares_what_it_takes(name: str) -> None:
    function, space = activations.ACTIVATIONS[name], space_of(name)
    z = np.linspace(-3, 3, NUMBERS, dtype="float32").reshape(-1, 256)
    function(z[:2])
    a, backward = function(z)
    gradient = np.ones_like(a)
    own = 0 if a is z else a.nbytes
    del a, backward
    peak, left = taken(lambda: function(z))
    _, backward = function(z)
    back, _ = taken(lambda: backward(gradient))
    assert (peak - own) / z.nbytes == pytest.approx(space.aside, abs=0.2)
    assert (left - own) / z.nbytes == pytest.approx(space.kept, abs=0.2)
    assert back / z.nbytes == pytest.approx(space.back + (name != "linear"), abs=0.3)


def test_every_loss_declares_what_it_takes() -> None:
    assert set(LOSS_ARRAYS) == set(LOSSES)
    p = np.random.default_rng(0).random((4096, 256), "float32")
    for name, kind in LOSSES.items():
        y = np.zeros(len(p), "float32") if name.startswith("Sparse") else np.ones_like(p)
        peak, _ = taken(lambda kind=kind, y=y: Loss(default_item(kind))(y, p))  # type: ignore[misc]
        assert peak / p.nbytes == pytest.approx(LOSS_ARRAYS[name], abs=0.3), name


@pytest.mark.parametrize("setting", ["", "momentum", "nesterov", "centered", "amsgrad"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_declares_what_it_takes(name: str, setting: str) -> None:
    plain = default_item(OPTIMIZERS[name])
    changes = {"momentum": 0.9} if setting in ("momentum", "nesterov") else {}
    item = Item(
        name,
        plain.config.replace(
            **changes | ({setting: 0.9 if setting == "momentum" else True} if setting else {})
        ),
    )
    if setting and setting not in plain.config:
        return
    w, g = np.ones(NUMBERS, "float32"), np.ones(NUMBERS, "float32")
    made = optimizers.OPTIMIZERS[name]
    state = optimizer_state(Compile(item, None))
    _, kept = taken(lambda: made(item, [slice(0, NUMBERS)], NUMBERS, np.dtype("float32")))
    optimizer = made(item, [slice(0, NUMBERS)], NUMBERS, np.dtype("float32"))
    aside, _ = taken(lambda: optimizer.step(w, g))
    assert round(kept / w.nbytes, 1) == state.kept
    assert round(aside / w.nbytes, 1) == state.aside


@pytest.mark.parametrize(
    "text",
    [
        "Input((100_000,)), Dense(100_000)",
        "Input((4096, 4096)), MultiHeadAttention(8, 64)",
        "Input((1000, 1000, 64)), Conv2D(512, 3)",
        "Input((100,)), RepeatVector(2_000_000_000)",
        "Input((8,)), Dense(2147483647), Dense(2147483647)",
    ],
)
def test_a_text_that_is_refused_allocates_next_to_nothing(text: str) -> None:
    engine.read("model = Sequential([Dense(1)])")
    peak, _ = taken(lambda: engine.read(f"model = Sequential([{text}])"))
    assert peak < MIB


def test_a_network_beyond_its_budget_allocates_next_to_nothing() -> None:
    network = spec("Input((256, 256, 3)), Conv2D(64, 3), Conv2D(64, 3), Flatten(), Dense(4)")

    def refused() -> None:
        with pytest.raises(BudgetExceeded):
            build(network, budget=engine.INTERACTIVE)

    peak, _ = taken(refused)
    assert peak < MIB
    assert predicting(network, 1) > 16 * MIB
