"""What the names of Keras mean: one table from dotted paths to layers, models, activations and configured
objects.

`keras.layers.Dense`, `tensorflow.keras.layers.Dense`, `tf.keras.layers.core.Dense` and a bare `Dense` all
end here. A path is only ever looked up, never imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from engine.language import old
from engine.records import record
from engine.spec.catalogue import (
    CONSTRAINTS,
    INITIALIZERS,
    LAYER_SPELLINGS,
    LOSSES,
    METRICS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
)
from engine.spec.catalogue.activations import SPELLINGS as ACTIVATION_SPELLINGS
from engine.spec.catalogue.items import ItemKind, by_spelling
from engine.spec.catalogue.kinds import DTYPES


@record
class LayerClass:
    """A class of layers; `spelling` is how the text names it."""

    kind: str
    spelling: str


@record
class ModelClass:
    """Sequential, or Model."""

    kind: str


@record
class InputFunction:
    """keras.Input."""


@record
class MergeFunction:
    """The lower-case form of a merging layer: `add([a, b])`."""

    kind: str


@record
class ItemClass:
    """A class of initializers, regularizers, optimizers ..."""

    kind: ItemKind


@record
class Activation:
    """An activation function."""

    name: str


@record
class DtypeName:
    """A type of numbers, such as tf.float32."""

    name: str


Meaning: TypeAlias = (
    LayerClass | ModelClass | InputFunction | MergeFunction | ItemClass | Activation | DtypeName
)

ROOTS: Final = frozenset({"keras", "tensorflow", "tf_keras"})

SECTIONS: Final[Mapping[str, tuple[Mapping[str, ItemKind], ...]]] = {
    "initializers": (INITIALIZERS,),
    "regularizers": (REGULARIZERS,),
    "constraints": (CONSTRAINTS,),
    "schedules": (SCHEDULES,),
    "optimizers": (OPTIMIZERS, SCHEDULES),
    "losses": (LOSSES,),
    "metrics": (METRICS,),
}

MERGES: Final = {
    name.lower(): name
    for name in ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot")
}

_MODELS: Final = {"Sequential": "Sequential", "Model": "Functional", "Functional": "Functional"}

_BY_SPELLING: Final = {
    section: {spelling: kind for kinds in tables for spelling, kind in by_spelling(kinds).items()}
    for section, tables in SECTIONS.items()
}

BARE: Final = (
    "keras",
    "tensorflow",
    "tf",
    "layers",
    "models",
    "activations",
    "initializers",
    "regularizers",
    "constraints",
    "optimizers",
    "losses",
    "metrics",
)
"""Modules that a text may use without importing them, as excerpts do."""

_BARE_PATHS: Final = {"keras": "keras", "tensorflow": "tensorflow", "tf": "tensorflow"}


def canonical(path: str) -> tuple[str, ...]:
    """The parts of a path below Keras or TensorFlow, whichever way the text reaches them; () for others."""
    parts = tuple(path.split("."))
    if parts[0] not in ROOTS:
        return ()
    rest = [
        part
        for part in parts[1:]
        if part
        not in ("keras", "python", "src", "api", "v1", "v2", "compat", "contrib", "legacy", "_tf_keras")
    ]
    return tuple(rest)


def meaning(path: str) -> Meaning | None:
    """What a library path stands for, if it is anything a network is made of."""
    parts = canonical(path)
    if not parts:
        return None
    *sections, last = parts
    if last in _MODELS and (not sections or sections[0] in ("models", "engine", "legacy")):
        return ModelClass(_MODELS[last])
    if last == "Input" and (not sections or sections[0] in ("layers", "engine", "models")):
        return InputFunction()
    for section in reversed(sections):
        if section in _BY_SPELLING:
            kind = _BY_SPELLING[section].get(old.ITEMS.get(last, last))
            return ItemClass(kind) if kind else None
    if not sections or sections[0] in ("layers", "engine"):
        spelled = old.LAYERS.get(last, last)
        if spelled in LAYER_SPELLINGS:
            return LayerClass(LAYER_SPELLINGS[spelled], last)
        if last in MERGES and sections:
            return MergeFunction(MERGES[last])
    if (
        not sections or sections[0] in ("activations", "nn", "backend", "math")
    ) and last in ACTIVATION_SPELLINGS:
        return Activation(ACTIVATION_SPELLINGS[last])
    if not sections and last in DTYPES:
        return DtypeName(last)
    return None


def bare(name: str) -> str | None:
    """The path that a name means in a text that imports it nowhere, as excerpts from a documentation do."""
    if name in BARE:
        return _BARE_PATHS.get(name, f"keras.{name}")
    if name in _MODELS or name == "Input":
        return f"keras.{name}"
    if old.LAYERS.get(name, name) in LAYER_SPELLINGS:
        return f"keras.layers.{name}"
    for section in ("optimizers", "initializers", "regularizers", "constraints", "schedules"):
        kind = _BY_SPELLING[section].get(name)
        if kind is not None and (name == kind.name or name in ("l1", "l2", "l1_l2")):
            return f"keras.{section}.{name}"
    return None


def starred(module: str, name: str) -> str | None:
    """The path of a name that `from module import *` brings, if it is known to."""
    path = f"{module}.{name}"
    if meaning(path) is not None:
        return path
    return path if canonical(path) == (name,) and name in BARE else None
