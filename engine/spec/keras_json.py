"""A model as Keras 3's own config, both ways.

The form is what `model.to_json()` writes: `{"module", "class_name", "config", "registered_name"}` for
every model, layer and configured object, one inside the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import complete
from engine.spec.catalogue import CONSTRAINTS, INITIALIZERS, REGULARIZERS
from engine.spec.catalogue.items import ItemKind, by_spelling
from engine.spec.inference import infer, kind_of
from engine.spec.settings import Compile
from engine.spec.strict_json import Plain, loads
from engine.spec.structure import Config, Graph, Item, Layer, Value, chain
from engine.spec.wording import show

ITEM_MODULES: Final[dict[str, Mapping[str, ItemKind]]] = {
    "keras.initializers": INITIALIZERS,
    "keras.regularizers": REGULARIZERS,
    "keras.constraints": CONSTRAINTS,
}
MODELS: Final = ("Sequential", "Functional", "Model")


def dump(graph: Graph, compiled: Compile | None = None) -> str:
    """JSON text of a model."""
    return json.dumps(model_to_plain(graph), allow_nan=False)


def load(text: str) -> tuple[Graph, Compile | None]:
    """The model in a JSON text, every layer checked and every shape inferred; raises SpecError or
    ShapeError.
    """
    graph = model_from_plain(_dict(loads(text), "the model"))
    infer(graph)
    return graph, None


def _object(
    module: str, kind: str, config: dict[str, Plain], registered: str | None = None
) -> dict[str, Plain]:
    return {"module": module, "class_name": kind, "config": config, "registered_name": registered}


def model_to_plain(graph: Graph) -> dict[str, Plain]:
    """Keras's object for a model."""
    if graph.kind != "Sequential":
        raise SpecError("Functional models cannot be written as JSON yet.", code="not-yet")
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


def layer_to_plain(layer: Layer) -> dict[str, Plain]:
    """Keras's object for a layer."""
    if layer.model is not None:
        return model_to_plain(layer.model)
    config: dict[str, Plain] = {"name": layer.name}
    for key, value in layer.config.items():
        config[key] = (
            _dtype(str(value)) if key == "dtype" and layer.kind != "InputLayer" else value_to_plain(value)
        )
    return _object("keras.layers", layer.kind, config)


def _dtype(name: str) -> Plain:
    return _object("keras", "DTypePolicy", {"name": name})


def value_to_plain(value: Value) -> Plain:
    """JSON's form of an argument's value."""
    match value:
        case tuple():
            return [value_to_plain(part) for part in value]
        case Config():
            return {key: value_to_plain(part) for key, part in value.items()}
        case Item():
            config = {key: value_to_plain(part) for key, part in value.config.items()}
            return _object(_module(value.kind), value.kind, config)
        case Layer():
            return layer_to_plain(value)
        case _:
            return value


def _module(kind: str) -> str:
    return next((module for module, kinds in ITEM_MODULES.items() if kind in kinds), "keras.layers")


def _dict(value: Plain, what: str) -> dict[str, Plain]:
    if not isinstance(value, dict):
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a JSON object.", code="bad-json")
    return value


def _list(value: Plain, what: str) -> list[Plain]:
    if not isinstance(value, list):
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a JSON array.", code="bad-json")
    return value


def _name(value: Plain, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a JSON string.", code="bad-json")
    return value


def model_from_plain(plain: dict[str, Plain]) -> Graph:
    """The model in Keras's object for one."""
    kind = _name(plain.get("class_name"), "class_name")
    if kind != "Sequential":
        raise SpecError(
            f"The model is of class {show(kind)}; the engine reads Sequential.", code="unknown-model"
        )
    config = _dict(plain.get("config"), "the model's config")
    layers = [layer_from_plain(_dict(layer, "a layer")) for layer in _list(config.get("layers"), "layers")]
    if not layers or layers[0].kind != "InputLayer":
        layers.insert(0, _input(config.get("build_input_shape")))
    names = [layer.name for layer in layers]
    for name in names:
        if names.count(name) > 1:
            raise SpecError(
                f"Two layers are named {show(name)}.", "Give each its own name.", code="duplicate-name"
            )
    return chain(_name(config.get("name", "sequential"), "the model's name"), layers)


def _input(shape: Plain) -> Layer:
    if shape is None:
        raise SpecError(
            "The model says nowhere what shape its input has.",
            "Build it, or give its first layer an input shape, before you write it as JSON.",
            code="missing-input",
        )
    return Layer("InputLayer", "input_layer", _config("InputLayer", {"batch_shape": shape}))


def layer_from_plain(plain: dict[str, Plain]) -> Layer:
    """The layer in Keras's object for one."""
    kind = _name(plain.get("class_name"), "class_name")
    if kind in MODELS:
        model = model_from_plain(plain)
        return Layer(model.kind, model.name, Config(), model)
    config = dict(_dict(plain.get("config"), f"the config of {kind}"))
    name = _name(config.pop("name", None), f"the name of {kind}")
    return Layer(kind, name, _config(kind, config))


def _config(kind: str, plain: Mapping[str, Plain]) -> Config:
    entry = kind_of(kind)
    arguments = entry.every_argument()
    known = {argument.name for argument in arguments}
    # Keras writes settings of its own (quantization, unrolling) that change nothing while they are off.
    given = {
        key: _dtype_name(value) if key == "dtype" else _value(value)
        for key, value in plain.items()
        if key in known or value not in (None, False)
    }
    config, problems = complete(kind, arguments, given, entry.settle)
    if config is None:
        raise problems[0].error()
    return config


def _dtype_name(plain: Plain) -> Value:
    if isinstance(plain, dict):
        policy = _dict(plain.get("config"), "the config of a dtype policy")
        return _value(policy.get("name"))
    return _value(plain)


def _value(plain: Plain) -> Value:
    match plain:
        case list():
            return tuple(_value(part) for part in plain)
        case dict() if "class_name" in plain:
            return _item(plain)
        case dict():
            return Config({key: _value(part) for key, part in plain.items()})
        case _:
            return plain


def _item(plain: dict[str, Plain]) -> Value:
    name = _name(plain.get("class_name"), "class_name")
    config = _dict(plain.get("config"), f"the config of {name}")
    for kinds in ITEM_MODULES.values():
        kind = by_spelling(kinds).get(name)
        if kind is not None:
            known = {argument.name for argument in kind.arguments}
            given = {
                key: _value(part)
                for key, part in config.items()
                if key in known or part not in (None, False)
            }
            complete_config, problems = complete(kind.name, kind.arguments, given)
            if complete_config is None:
                raise problems[0].error()
            return Item(kind.name, complete_config)
    return layer_from_plain(plain)
