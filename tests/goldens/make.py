"""Makes the goldens, by real Keras. Run it from the project's root, in an environment that has Keras:

    pip install keras torch==2.13.0
    KERAS_BACKEND=torch PYTHONPATH=. python tests/goldens/make.py [family ...]

For every layer it also writes the engine's own spec as JSON, has Keras build a model from that, and compares.
"""

import sys
from typing import Any

import keras
import numpy as np

from engine.spec import Spec
from tests.goldens import training
from tests.goldens.cases import FAMILIES, Case
from tests.goldens.files import Golden, write
from tests.goldens.models import MODELS

ROWS = 2


def weights_for(model: Any, random: np.random.Generator) -> list[np.ndarray]:
    """Random weights; those that must be positive are."""
    made = []
    for variable in model.weights:
        value = random.normal(0, 0.5, variable.shape)
        if variable.name in ("moving_variance", "variance", "gamma", "scale"):
            value = np.abs(value) + 0.5
        made.append(value.astype(np.float32))
    return made


def inputs_for(model: Any, random: np.random.Generator) -> list[np.ndarray]:
    """Random inputs: whole numbers where the model asks for them; masked steps are zeros."""
    made = []
    for tensor in model.inputs:
        shape = (ROWS, *(5 if size is None else size for size in tensor.shape[1:]))
        if tensor.dtype == "int32":
            made.append(random.integers(0, 7, shape).astype(np.int32))
        else:
            x = random.normal(0, 1, shape).astype(np.float32)
            if any(layer.__class__.__name__ == "Masking" for layer in model.layers):
                x[0, -2:] = 0
            made.append(x)
    return made


def sequential(case: Case) -> Any:
    kind, shape, given = case
    tokens = kind == "Embedding"
    layer = getattr(keras.layers, kind)(**resolve(given))
    return keras.Sequential([keras.Input(shape, dtype="int32" if tokens else "float32"), layer])


def resolve(value: Any) -> Any:
    """Turns ('LSTM', {...}) into that layer, wherever it stands."""
    if isinstance(value, dict):
        return {key: resolve(part) for key, part in value.items()}
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], dict):
        return getattr(keras.layers, value[0])(**resolve(value[1]))
    return value


def golden(name: str, model: Any, random: np.random.Generator) -> Golden:
    model.set_weights(weights_for(model, random))
    x = inputs_for(model, random)
    y = model(x if len(x) > 1 else x[0], training=False)
    outputs = [keras.ops.convert_to_numpy(part) for part in (y if isinstance(y, list | tuple) else [y])]
    facts = {
        "json": model.to_json(),
        "parameters": model.count_params(),
        "output_shapes": [list(tensor.shape) for tensor in model.outputs],
    }
    check_way_back(name, model, x, outputs)
    return Golden(name, facts, {"x": x, "w": model.get_weights(), "y": outputs})


def check_way_back(name: str, model: Any, x: list[np.ndarray], outputs: list[np.ndarray]) -> None:
    """Keras must build the engine's own JSON, and compute the same with it."""
    twin = keras.models.model_from_json(Spec.from_json(model.to_json()).to_json())
    twin.set_weights(model.get_weights())
    y = twin(x if len(x) > 1 else x[0], training=False)
    for got, wanted in zip(y if isinstance(y, list | tuple) else [y], outputs, strict=True):
        same = np.array_equal(keras.ops.convert_to_numpy(got), wanted)
        assert same, f"{name}: Keras computes something else from our JSON"


def make(family: str) -> int:
    """Writes a family; returns how many of its cases failed."""
    random = np.random.default_rng(len(family))
    goldens = []
    models = [(describe(case), sequential, case) for case in FAMILIES.get(family, [])]
    models += [(name, lambda build: build(keras), build) for name, build in MODELS.get(family, {}).items()]
    for name, build, case in models:
        keras.utils.clear_session()
        try:
            goldens.append(golden(name, build(case), random))
        except Exception as error:
            print(f"{family}: {name}: {type(error).__name__}: {error}", file=sys.stderr)
    path = write(family, goldens)
    print(f"{family}: {len(goldens)} cases, {path.stat().st_size:,} bytes")
    return len(models) - len(goldens)


def describe(case: Case) -> str:
    kind, shape, given = case
    return f"{kind}{shape} " + " ".join(f"{key}={value}" for key, value in given.items())


if __name__ == "__main__":
    failed = 0
    for chosen in sys.argv[1:] or [*sorted(FAMILIES.keys() | MODELS.keys()), "training"]:
        if chosen == "training":
            training.make(keras)
        else:
            failed += make(chosen)
    sys.exit(min(failed, 1))
