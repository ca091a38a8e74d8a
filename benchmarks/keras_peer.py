"""The workloads in Keras on TensorFlow, read from the engine's own JSON, with the engine's weights."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

import engine

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)


def network(model: engine.Model) -> Any:
    """The same network; compiled when the engine's is."""
    made = keras.models.model_from_json(model.spec.to_json())
    made.set_weights(model.get_weights())
    if model.compiled is not None:
        optimizer = model.compiled.optimizer
        rate = optimizer.config.real("learning_rate")
        assert model.compiled.loss is not None
        loss = keras.losses.deserialize({"class_name": model.compiled.loss.kind, "config": {}})
        made.compile(getattr(keras.optimizers, optimizer.kind)(learning_rate=rate), loss)
    return made


def predictors(model: engine.Model, x: np.ndarray) -> dict[str, Any]:
    """Calls that answer x: the model called directly, and `predict`."""
    made = network(model)
    return {
        "keras call": lambda: np.asarray(made(x, training=False)),
        "keras": lambda: made.predict(x, batch_size=len(x), verbose=0),
    }
