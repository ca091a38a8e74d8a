"""The workloads as ONNX graphs, run by ONNX Runtime, with the engine's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import engine

NODES = {"relu": "Relu", "softmax": "Softmax", "tanh": "Tanh", "sigmoid": "Sigmoid"}


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.at = "x"

    def weight(self, array: np.ndarray) -> str:
        """Adds a constant; returns its name."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, *weights: str, outputs: int = 1, take: int = 0, **options: Any) -> None:
        """Adds a node behind the last one; the next reads its output number `take`."""
        names = [f"{kind}{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, [self.at, *weights], names, **options))
        self.at = names[take]


def graph(model: engine.Model) -> Graph:
    """The same network, images with their channels first."""
    made = Graph()
    flattened: tuple[int, ...] = ()
    if len(model.input_shapes[0]) == 4:
        # With one channel this moves no numbers.
        made.add("Transpose", perm=[0, 3, 1, 2])
    for number, layer in enumerate(model.layers):
        weights = [parameter.value for parameter in layer.parameters]
        match layer.kind:
            case "InputLayer":
                continue
            case "Dense":
                kernel = weights[0]
                if flattened:
                    kernel = np.moveaxis(kernel.reshape(*flattened, -1), -2, 0).reshape(kernel.shape)
                made.add("Gemm", made.weight(kernel), made.weight(weights[1]))
                flattened = ()
            case "Conv2D":
                made.add("Conv", made.weight(weights[0].transpose(3, 2, 0, 1)), made.weight(weights[1]))
            case "MaxPooling2D":
                made.add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
            case "Flatten":
                flattened = tuple(size or 1 for size in model.network.shapes[number - 1][0][1:])
                made.add("Flatten")
            case "LSTM" | "GRU" | "SimpleRNN":
                recurrent(made, layer.kind, weights)
            case _:
                raise NotImplementedError(layer.kind)
        name = layer.config.get("activation")
        if layer.kind in ("Dense", "Conv2D") and name != "linear":
            made.add(NODES[str(name)])
    return made


def recurrent(made: Graph, kind: str, weights: list[np.ndarray]) -> None:
    """A recurrent node; ONNX lists an LSTM's gates in another order and keeps two biases."""
    kernel, inner, bias = weights
    units = len(inner)
    both = [bias, np.zeros_like(bias)] if kind != "GRU" else list(bias)
    if kind == "LSTM":
        i, f, g, o = (np.arange(part * units, (part + 1) * units) for part in range(4))
        order = np.concatenate([i, o, f, g])
        kernel, inner, both = kernel[:, order], inner[:, order], [each[order] for each in both]
    options: dict[str, Any] = {"linear_before_reset": 1} if kind == "GRU" else {}
    made.add("Transpose", perm=[1, 0, 2])
    made.add(
        "RNN" if kind == "SimpleRNN" else kind,
        made.weight(kernel.T[None]),
        made.weight(inner.T[None]),
        made.weight(np.concatenate(both)[None]),
        outputs=2,
        take=1,
        hidden_size=units,
        **options,
    )
    made.add("Squeeze", made.weight(np.array([0])))


def predictor(model: engine.Model, x: np.ndarray) -> Callable[[], Any]:
    """A call that answers x."""
    made = graph(model)
    described = helper.make_graph(
        made.nodes,
        "workload",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", *x.shape[1:]])],
        [helper.make_tensor_value_info(made.at, TensorProto.FLOAT, ["batch", *model.output_shape[1:]])],
        made.weights,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        helper.make_model(
            described, opset_imports=[helper.make_opsetid("", 17)], ir_version=9
        ).SerializeToString(),
        options,
        providers=["CPUExecutionProvider"],
    )
    given = {"x": x}
    return lambda: session.run(None, given)[0]
