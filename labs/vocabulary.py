"""The words that a Keras text may use, with their documentation, as an editor's completion wants them.

All of it comes from the engine's catalogue, but for the two methods that train a model.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from engine.language.writer import value_text
from engine.spec.arguments import Argument, Required
from engine.spec.catalogue import LAYERS, LOSSES, METRICS, OPTIMIZERS
from engine.spec.catalogue.items import snake_case
from labs.fields import choices_of

METHODS = (
    (
        "compile",
        "How the model learns: its optimizer, its loss and what is measured on the way.",
        (
            ("optimizer", '"rmsprop"', "How weights change after each batch.", OPTIMIZERS),
            ("loss", "None", "What training makes small.", LOSSES),
            ("metrics", "None", "What is measured beside the loss, as a list.", METRICS),
        ),
    ),
    (
        "fit",
        "Trains the model on samples and their targets.",
        (
            ("epochs", "1", "How often all samples are seen.", ()),
            ("batch_size", "32", "Samples for each change of the weights.", ()),
            ("shuffle", "True", "Whether samples come in a new order in each epoch.", ()),
        ),
    ),
)


@cache
def vocabulary() -> list[dict[str, Any]]:
    """Everything that is called: layers, optimizers, `compile` and `fit`."""
    layers = [
        _word(name, kind.family, kind.doc, kind.arguments)
        for name, kind in LAYERS.items()
        if name != "InputLayer"
    ]
    optimizers = [_word(name, "optimizer", kind.doc, kind.arguments) for name, kind in OPTIMIZERS.items()]
    return [*layers, *optimizers, *map(_method, METHODS)]


def _word(name: str, family: str, doc: str, arguments: Iterable[Argument]) -> dict[str, Any]:
    told = [
        {
            "name": one.name,
            "default": "" if isinstance(one.default, Required) else value_text(one.default),
            "doc": one.doc,
            "values": list(choices_of(one)),
        }
        for one in arguments
    ]
    return {"name": name, "family": family, "doc": doc, "arguments": told}


def _method(method: tuple[str, str, tuple[tuple[str, str, str, Iterable[str]], ...]]) -> dict[str, Any]:
    name, doc, arguments = method
    told = [
        {"name": one, "default": default, "doc": about, "values": [snake_case(value) for value in values]}
        for one, default, about, values in arguments
    ]
    return {"name": name, "family": "model", "doc": doc, "arguments": told}
