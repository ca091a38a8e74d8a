"""Keras 3's own config as a model: every layer checked, every name looked up. Raises SpecError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import SpecError
from engine.spec.arguments import ArgumentType, Real, Unfit
from engine.spec.catalogue.items import by_spelling
from engine.spec.catalogue.losses import LOSS
from engine.spec.catalogue.metrics import METRIC
from engine.spec.catalogue.optimizers import OPTIMIZER
from engine.spec.completion import complete
from engine.spec.composites import Several
from engine.spec.inference import kind_of, output_count
from engine.spec.keras_masks import without_masks
from engine.spec.keras_modules import ITEM_MODULES
from engine.spec.keras_nodes import (
    Node,
    calls_from_nodes,
    ends_from_plain,
    node_from_plain,
)
from engine.spec.ordering import arrange
from engine.spec.settings import Compile
from engine.spec.strict_json import Plain
from engine.spec.structure import Config, Graph, Item, Layer, Tensor, Value, chain
from engine.spec.wording import show

SPELLINGS: Final = {module: by_spelling(kinds) for module, kinds in ITEM_MODULES.items()}
COMPILE_MODULES: Final = {
    "optimizer": "keras.optimizers",
    "loss": "keras.losses",
    "metrics": "keras.metrics",
    "weighted_metrics": "keras.metrics",
}
MODELS: Final = ("Sequential", "Functional", "Model")
MOST_LAYERS: Final = 512


def compile_from_plain(plain: Plain) -> Compile | None:
    """The settings in a compile_config; None where there is none. Raises SpecError."""
    if not isinstance(plain, dict) or "optimizer" not in plain:
        return None

    def read(name: str, wanted: ArgumentType) -> Value:
        try:
            return wanted.read(_value(plain.get(name), COMPILE_MODULES.get(name)))
        except Unfit as unfit:
            raise SpecError(
                f"compile: {name} must be {unfit.wanted}.", code="bad-argument", argument=name
            ) from None

    optimizer = read("optimizer", OPTIMIZER)
    assert isinstance(optimizer, Item)
    return Compile(
        optimizer=optimizer,
        loss=read("loss", Several(LOSS)),
        metrics=read("metrics", Several(METRIC, always=True)) or (),
        loss_weights=read("loss_weights", Several(Real(none=True))),
        weighted_metrics=read("weighted_metrics", Several(METRIC, always=True)) or (),
    )


def mapping(value: Plain, what: str) -> dict[str, Plain]:
    """A value that must be a JSON object; raises SpecError."""
    if not isinstance(value, dict):
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a JSON object.", code="bad-json")
    return value


def _list(value: Plain, what: str) -> list[Plain]:
    if not isinstance(value, list):
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a JSON array.", code="bad-json")
    return value


def _name(value: Plain, what: str) -> str:
    if not isinstance(value, str) or not value or not value.isprintable() or len(value) > 200:
        raise SpecError(f"{what[:1].upper()}{what[1:]} must be a short JSON string.", code="bad-json")
    return value


def model_from_plain(plain: dict[str, Plain]) -> Graph:
    """The model in Keras's object for one."""
    kind = _name(plain.get("class_name"), "class_name")
    if kind not in MODELS:
        raise SpecError(
            f"The model is of class {show(kind)}; the engine reads Sequential and Functional.",
            code="unknown-model",
        )
    config = mapping(plain.get("config"), "the model's config")
    entries = [mapping(layer, "a layer") for layer in _list(config.get("layers"), "layers")]
    if len(entries) > MOST_LAYERS:
        raise SpecError(f"The model has more than {MOST_LAYERS} layers.", code="too-large")
    if kind != "Sequential":
        entries = without_masks(entries)
    layers = [layer_from_plain(layer) for layer in entries]
    _check_names(layers)
    name = _name(config.get("name", "model"), "the model's name")
    if kind != "Sequential":
        return _functional_from_plain(name, config, entries, layers)
    if not layers or layers[0].kind != "InputLayer":
        layers.insert(0, _input(config.get("build_input_shape")))
    return chain(name, layers)


def _check_names(layers: list[Layer]) -> None:
    seen: set[str] = set()
    for layer in layers:
        if layer.name in seen:
            raise SpecError(
                f"Two layers are named {show(layer.name)}.", "Give each its own name.", code="duplicate-name"
            )
        seen.add(layer.name)


def _functional_from_plain(
    name: str, config: dict[str, Plain], entries: list[dict[str, Plain]], layers: list[Layer]
) -> Graph:
    nodes: dict[str, list[Node]] = {}
    for entry, layer in zip(entries, layers, strict=True):
        plain = _list(entry.get("inbound_nodes", []), f"inbound_nodes of {layer.name}")
        read = [node_from_plain(layer.name, node) for node in plain]
        nodes[layer.name] = [Node(layer.name)] if layer.kind == "InputLayer" else read
    calls, placed = calls_from_nodes(nodes)
    returned = {layer.name: output_count(layer) for layer in layers}

    def tensors(key: str) -> list[Tensor]:
        found = ends_from_plain(config.get(key))
        if not found or any((end.layer, end.node) not in placed for end in found):
            raise SpecError(f"{key} names no tensor of the model.", code="bad-json")
        return [Tensor(placed[end.layer, end.node], end.output) for end in found]

    inputs, outputs = tensors("input_layers"), tensors("output_layers")
    sources = [tensor for call in calls for tensor in call.tensors()] + inputs + outputs
    if any(not 0 <= tensor.output < returned[calls[tensor.call].layer] for tensor in sources):
        raise SpecError("A call reads an output that its layer does not have.", code="bad-json")
    given = {calls[tensor.call].layer for tensor in inputs}
    if any(not call.inputs and call.layer not in given for call in calls):
        raise SpecError("A layer reads nothing and is no input of the model.", code="bad-json")
    return arrange(name, {layer.name: layer for layer in layers}, calls, inputs, outputs)


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
    config = dict(mapping(plain.get("config"), f"the config of {kind}"))
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
        policy = mapping(plain.get("config"), "the config of a dtype policy")
        return _value(policy.get("name"))
    return _value(plain)


def _value(plain: Plain, module: str | None = None) -> Value:
    match plain:
        case list():
            return tuple(_value(part, module) for part in plain)
        case dict() if "class_name" in plain:
            return _item(plain, module)
        case dict():
            return Config({key: _value(part, module) for key, part in plain.items()})
        case _:
            return plain


def _item(plain: dict[str, Plain], module: str | None) -> Value:
    name = _name(plain.get("class_name"), "class_name")
    config = mapping(plain.get("config"), f"the config of {name}")
    for table in [module] if module else SPELLINGS:
        kind = SPELLINGS[table].get(name)
        if kind is not None:
            known = {argument.name for argument in kind.arguments}
            given = {
                key: _value(part) for key, part in config.items() if key in known or part not in (None, False)
            }
            complete_config, problems = complete(kind.name, kind.arguments, given)
            if complete_config is None:
                raise problems[0].error()
            return Item(kind.name, complete_config)
    if module:
        raise SpecError(f"There is no {show(name)} in {module}.", code="unknown-value")
    return layer_from_plain(plain)
