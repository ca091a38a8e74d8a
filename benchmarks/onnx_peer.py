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

    def look_up(self, table: np.ndarray) -> None:
        """Adds rows of a table by number."""
        name = f"rows{len(self.nodes)}"
        self.nodes.append(helper.make_node("Gather", [self.weight(table), self.at], [name]))
        self.at = name

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
            case "Activation":
                made.add(NODES[layer.config.text("activation")])
            case "GlobalAveragePooling2D":
                made.add("ReduceMean", axes=[2, 3], keepdims=0)
            case "GlobalAveragePooling1D":
                made.add("ReduceMean", axes=[1], keepdims=0)
            case "GlobalMaxPooling1D":
                made.add("ReduceMax", axes=[2], keepdims=0)
            case "Conv1D":
                made.add("Transpose", perm=[0, 2, 1])
                made.add("Conv", made.weight(weights[0].transpose(2, 1, 0)), made.weight(weights[1]))
            case "DepthwiseConv2D":
                kernel = made.weight(weights[0].transpose(2, 3, 0, 1))
                made.add("Conv", kernel, made.weight(weights[1]), group=weights[0].shape[2])
            case "BatchNormalization":
                epsilon = layer.config.real("epsilon")
                made.add("BatchNormalization", *map(made.weight, weights), epsilon=epsilon)
            case "LayerNormalization":
                epsilon = layer.config.real("epsilon")
                made.add("LayerNormalization", *map(made.weight, weights), axis=-1, epsilon=epsilon)
            case "Embedding":
                made.look_up(weights[0])
            case "MultiHeadAttention":
                attention(made, weights)
            case _:
                raise NotImplementedError(layer.kind)
        name = layer.config.get("activation")
        if layer.kind in ("Dense", "Conv1D", "Conv2D", "DepthwiseConv2D") and name != "linear":
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


def attention(made: Graph, weights: list[np.ndarray]) -> None:
    """Self-attention, by ONNX Runtime's own fused node."""
    query, query_bias, key, key_bias, value, value_bias, out, out_bias = weights
    width, heads, _ = query.shape
    kernel = np.concatenate([part.reshape(width, width) for part in (query, key, value)], axis=1)
    bias = np.concatenate([part.ravel() for part in (query_bias, key_bias, value_bias)])
    made.add("Attention", made.weight(kernel), made.weight(bias), num_heads=heads, domain="com.microsoft")
    made.add("MatMul", made.weight(out.reshape(width, width)))
    made.add("Add", made.weight(out_bias))


def predictor(model: engine.Model, x: np.ndarray) -> Callable[[], Any]:
    """A call that answers x."""
    made = graph(model)
    described = helper.make_graph(
        made.nodes,
        "workload",
        [
            helper.make_tensor_value_info(
                "x", helper.np_dtype_to_tensor_dtype(x.dtype), ["batch", *x.shape[1:]]
            )
        ],
        [helper.make_tensor_value_info(made.at, TensorProto.FLOAT, ["batch", *model.output_shape[1:]])],
        made.weights,
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        helper.make_model(
            described,
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
            ir_version=9,
        ).SerializeToString(),
        options,
        providers=["CPUExecutionProvider"],
    )
    given = {"x": x}
    return lambda: session.run(None, given)[0]
