"""A model as Keras 3's own config, both ways.

The form is what `model.to_json()` writes: `{"module", "class_name", "config", "registered_name"}` for
every model, layer and configured object, one inside the other.
"""

from __future__ import annotations

import json
from typing import Final

from engine.errors import SpecError
from engine.spec.demands import unmet_demands
from engine.spec.inference import call_count, graph_weights, infer
from engine.spec.keras_reading import compile_from_plain, mapping, model_from_plain
from engine.spec.keras_writing import compile_to_plain, model_to_plain
from engine.spec.settings import Compile
from engine.spec.strict_json import loads
from engine.spec.structure import Graph

MOST_CALLS: Final = 2_048


def dump(graph: Graph, compiled: Compile | None = None) -> str:
    """JSON text of a model."""
    plain = model_to_plain(graph)
    if compiled is not None:
        plain["compile_config"] = compile_to_plain(compiled)
    return json.dumps(plain, allow_nan=False)


def load(text: str) -> tuple[Graph, Compile | None]:
    """The model in a JSON text, every layer checked and every shape inferred.

    Raises SpecError or ShapeError, for any text whatever.
    """
    plain = mapping(loads(text), "the model")
    graph = model_from_plain(plain)
    if call_count(graph) > MOST_CALLS:
        raise SpecError(f"The model calls more than {MOST_CALLS:,} layers.", code="too-large")
    _check_demands(graph)
    return graph, compile_from_plain(plain.get("compile_config"))


def _check_demands(graph: Graph) -> None:
    """Raises ShapeError for calls that do not fit, SpecError for what a layer asks of its weights in vain."""
    shapes = infer(graph)
    returned = {call.layer: shapes[number] for number, call in enumerate(graph.calls)}
    for layer, weights in graph_weights(graph):
        if layer.model is not None:
            _check_demands(layer.model)
            continue
        for problem in unmet_demands(layer, weights, returned[layer.name]):
            raise problem.error()
