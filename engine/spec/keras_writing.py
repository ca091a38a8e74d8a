"""A model as Keras 3's own config: graphs, layers and objects as the plain values of JSON."""

from __future__ import annotations

from engine.spec.catalogue.activations import ACTIVATION_LAYERS
from engine.spec.catalogue.items import snake_case
from engine.spec.inference import infer
from engine.spec.keras_modules import ITEM_MODULES
from engine.spec.keras_nodes import (
    histories,
    node_to_plain,
)
from engine.spec.settings import Compile
from engine.spec.strict_json import Plain
from engine.spec.structure import Config, Graph, Item, Layer, Tensor, Value


def _object(
    module: str, kind: str, config: dict[str, Plain], registered: str | None = None
) -> dict[str, Plain]:
    return {"module": module, "class_name": kind, "config": config, "registered_name": registered}


def model_to_plain(graph: Graph) -> dict[str, Plain]:
    """Keras's object for a model."""
    if graph.kind == "Functional":
        return _functional_to_plain(graph)
    layers: list[Plain] = [layer_to_plain(layer) for layer in graph.layers]
    shape = value_to_plain(graph.layers[0].config["batch_shape"])
    config: dict[str, Plain] = {
        "name": graph.name,
        "trainable": True,
        "dtype": _dtype("float32"),
        "layers": layers,
        "build_input_shape": shape,
    }
    return _object("keras", "Sequential", config)


def _functional_to_plain(graph: Graph) -> dict[str, Plain]:
    shapes = infer(graph)
    places = histories(graph)
    layers: list[Plain] = []
    for layer in graph.layers:
        calls = [call for call in graph.calls if call.layer == layer.name and layer.kind != "InputLayer"]
        nodes: list[Plain] = [node_to_plain(graph, call, shapes) for call in calls]
        layers.append({**layer_to_plain(layer), "name": layer.name, "inbound_nodes": nodes})

    def ends(tensors: tuple[Tensor, ...]) -> Plain:
        found: list[Plain] = [[*places[tensor.call], tensor.output] for tensor in tensors]
        return found[0] if len(found) == 1 else found

    config: dict[str, Plain] = {
        "name": graph.name,
        "trainable": True,
        "layers": layers,
        "input_layers": ends(graph.inputs),
        "output_layers": ends(graph.outputs),
    }
    return _object("keras.src.models.functional", "Functional", config, "Functional")


def compile_to_plain(compiled: Compile) -> dict[str, Plain]:
    """Keras's compile_config."""
    return {
        "optimizer": value_to_plain(compiled.optimizer),
        "loss": value_to_plain_of(compiled.loss, "keras.losses"),
        "loss_weights": value_to_plain(compiled.loss_weights),
        "metrics": value_to_plain_of(compiled.metrics, "keras.metrics"),
        "weighted_metrics": value_to_plain_of(compiled.weighted_metrics, "keras.metrics"),
        "run_eagerly": False,
        "steps_per_execution": 1,
        "jit_compile": False,
    }


def layer_to_plain(layer: Layer) -> dict[str, Plain]:
    """Keras's object for a layer."""
    if layer.model is not None:
        return model_to_plain(layer.model)
    config: dict[str, Plain] = {"name": layer.name}
    for key, value in layer.config.items():
        if key == "trainable" and value is True:
            continue  # SpatialDropout takes no such argument; to all others it is the default.
        config[key] = (
            _dtype(str(value)) if key == "dtype" and layer.kind != "InputLayer" else value_to_plain(value)
        )
    return _object("keras.layers", layer.kind, config)


def _dtype(name: str) -> Plain:
    return _object("keras", "DTypePolicy", {"name": name})


def value_to_plain(value: Value) -> Plain:
    """JSON's form of an argument's value."""
    return value_to_plain_of(value, None)


def value_to_plain_of(value: Value, module: str | None) -> Plain:
    """The same for values whose objects come from one module: a loss and a metric may share their name."""
    match value:
        case tuple():
            return [value_to_plain_of(part, module) for part in value]
        case Config():
            return {key: value_to_plain_of(part, module) for key, part in value.items()}
        case Item():
            if module is None and value.kind in ACTIVATION_LAYERS:
                return layer_to_plain(Layer(value.kind, snake_case(value.kind), value.config))
            config = {key: value_to_plain(part) for key, part in value.config.items()}
            return _object(module or _module(value.kind), value.kind, config)
        case Layer():
            return layer_to_plain(value)
        case _:
            return value


def _module(kind: str) -> str:
    return next((module for module, kinds in ITEM_MODULES.items() if kind in kinds), "keras.layers")
