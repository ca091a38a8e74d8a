"""What a network is: frozen data (`Spec`), the catalogue of layers, and shapes through a graph.

Knows no arrays and no texts. `engine.language` makes specs, `engine.nn` runs them, JSON carries them.
"""

from __future__ import annotations

from engine.spec.estimate import Cost, LayerCost, estimate
from engine.spec.inference import (
    graph_weights,
    infer,
    input_shapes,
    kind_of,
    layer_weights,
    model_output_shapes,
    output_shapes,
    parameters,
)
from engine.spec.settings import Compile, Fit
from engine.spec.spec import Spec
from engine.spec.structure import Call, Config, Graph, Item, Layer, Shape, Shapes, Tensor, Value, chain

__all__ = [
    "Call",
    "Compile",
    "Config",
    "Cost",
    "Fit",
    "Graph",
    "Item",
    "Layer",
    "LayerCost",
    "Shape",
    "Shapes",
    "Spec",
    "Tensor",
    "Value",
    "chain",
    "estimate",
    "graph_weights",
    "infer",
    "input_shapes",
    "kind_of",
    "layer_weights",
    "model_output_shapes",
    "output_shapes",
    "parameters",
]
