"""The workloads in PyTorch, written as its users write them, with the engine's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

import engine
from benchmarks.workloads import TORCH

torch.set_num_threads(1)

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softmax": lambda: nn.Softmax(-1)}


ACTIVATED = ("Dense", "Conv1D", "Conv2D", "DepthwiseConv2D")


class Last(nn.Module):
    """A recurrent module that returns its last step."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.inner(x)[0][:, -1]


class Attention(nn.Module):
    """Self-attention that returns its output only."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.inner(x, x, x, need_weights=False)[0]


class Turned(nn.Module):
    """Channels first, for sequences that have them last."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.transpose(1, 2)


class Over(nn.Module):
    """The mean or the maximum over steps or pixels."""

    def __init__(self, kind: str, axes: tuple[int, ...]) -> None:
        super().__init__()
        self.reduce, self.axes = (torch.mean if "Average" in kind else torch.amax), axes

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.reduce(x, self.axes)


def tensor(x: np.ndarray) -> torch.Tensor:
    """A batch as PyTorch's users have it: images with channels first (of one channel, so nothing moves)."""
    if x.ndim == 4:
        assert x.shape[-1] == 1
        x = x.reshape(len(x), 1, *x.shape[1:3])
    return torch.from_numpy(x)


def channels_last(x: np.ndarray) -> torch.Tensor:
    """The same in the memory format that PyTorch offers for speed."""
    return torch.from_numpy(x).permute(0, 3, 1, 2)


def module(model: engine.Model, logits: bool = False) -> nn.Sequential:
    """The same network; with `logits` the last activation is left to the loss, as PyTorch's users do."""
    parts: list[nn.Module] = []
    flattened: tuple[int, ...] = ()
    is_turned = False
    shapes = model.network.shapes
    for number, layer in enumerate(model.layers):
        weights = [parameter.value for parameter in layer.parameters]
        made: nn.Module
        match layer.kind:
            case "InputLayer":
                continue
            case "Dense":
                kernel = weights[0]
                if flattened:
                    kernel = np.moveaxis(kernel.reshape(*flattened, -1), -2, 0).reshape(kernel.shape)
                made = nn.Linear(*kernel.shape)
                fill(made, weight=kernel.T, bias=weights[1])
                flattened = ()
            case "Conv2D":
                kernel = weights[0]
                same = layer.config["padding"] == "same"
                made = nn.Conv2d(
                    kernel.shape[2], kernel.shape[3], kernel.shape[:2], padding="same" if same else 0
                )
                fill(made, weight=kernel.transpose(3, 2, 0, 1), bias=weights[1])
            case "MaxPooling2D":
                made = nn.MaxPool2d(2)
            case "Flatten":
                flattened = tuple(size or 1 for size in shapes[number - 1][0][1:])
                made = nn.Flatten()
            case "LSTM" | "GRU" | "SimpleRNN":
                made = recurrent(layer.kind, weights)
            case "Activation":
                made = ACTIVATIONS[layer.config.text("activation")]()
            case "GlobalAveragePooling2D":
                made = Over(layer.kind, (2, 3))
            case "GlobalAveragePooling1D" | "GlobalMaxPooling1D":
                made = Over(layer.kind, (2,) if is_turned else (1,))
            case "Conv1D":
                parts.append(Turned())
                is_turned = True
                size, channels, filters = weights[0].shape
                made = nn.Conv1d(channels, filters, size)
                fill(made, weight=weights[0].transpose(2, 1, 0), bias=weights[1])
            case "DepthwiseConv2D":
                height, width, channels, _ = weights[0].shape
                made = nn.Conv2d(channels, channels, (height, width), groups=channels)
                fill(made, weight=weights[0].transpose(2, 3, 0, 1), bias=weights[1])
            case "BatchNormalization":
                made = nn.BatchNorm2d(len(weights[0]), layer.config.real("epsilon"))
                names = ("weight", "bias", "running_mean", "running_var")
                fill(made, **dict(zip(names, weights, strict=True)))
            case "LayerNormalization":
                made = nn.LayerNorm(len(weights[0]), layer.config.real("epsilon"))
                fill(made, weight=weights[0], bias=weights[1])
            case "Embedding":
                made = nn.Embedding(*weights[0].shape)
                fill(made, weight=weights[0])
            case "MultiHeadAttention":
                made = attention(weights)
            case _:
                raise NotImplementedError(layer.kind)
        parts.append(made)
        name = layer.config.get("activation")
        is_last = number == len(model.layers) - 1
        if layer.kind in ACTIVATED and name != "linear" and not (is_last and logits):
            parts.append(ACTIVATIONS[str(name)]())
    return nn.Sequential(*parts)


def fill(made: nn.Module, **arrays: np.ndarray) -> None:
    """Sets parameters by name."""
    with torch.no_grad():
        for name, array in arrays.items():
            getattr(made, name).copy_(torch.from_numpy(np.ascontiguousarray(array)))


def recurrent(kind: str, weights: list[np.ndarray]) -> nn.Module:
    """A recurrent module; PyTorch lists a GRU's gates in another order."""
    kernel, inner, bias = weights
    units = len(inner)
    made = {"LSTM": nn.LSTM, "GRU": nn.GRU, "SimpleRNN": nn.RNN}[kind](len(kernel), units, batch_first=True)
    biases = [bias, np.zeros_like(bias)]
    if kind == "GRU":
        biases = list(bias)
        order = np.concatenate(
            [np.arange(units, 2 * units), np.arange(units), np.arange(2 * units, 3 * units)]
        )
        kernel, inner, biases = kernel[:, order], inner[:, order], [each[order] for each in biases]
    fill(made, weight_ih_l0=kernel.T, weight_hh_l0=inner.T, bias_ih_l0=biases[0], bias_hh_l0=biases[1])
    # Keras has one bias here; a second that learns would make Adam move their sum twice as far.
    made.bias_hh_l0.requires_grad_(kind == "GRU")
    return Last(made)


def attention(weights: list[np.ndarray]) -> nn.Module:
    """Self-attention whose heads together are as wide as its input."""
    query, query_bias, key, key_bias, value, value_bias, out, out_bias = weights
    width, heads, _ = query.shape
    made = nn.MultiheadAttention(width, heads, batch_first=True)
    projections = [part.reshape(width, width).T for part in (query, key, value)]
    fill(
        made,
        in_proj_weight=np.concatenate(projections),
        in_proj_bias=np.concatenate([part.ravel() for part in (query_bias, key_bias, value_bias)]),
    )
    fill(made.out_proj, weight=out.reshape(width, width).T, bias=out_bias)
    return Attention(made)


def predictors(model: engine.Model, x: np.ndarray) -> dict[str, Callable[[], Any]]:
    """Calls that take x as a NumPy array and answer with one, as all contestants do."""
    network = module(model).eval()

    def call() -> np.ndarray:
        with torch.inference_mode():
            return network(tensor(x)).numpy()

    def call_channels_last() -> np.ndarray:
        with torch.inference_mode():
            return fast(channels_last(x)).numpy()

    if x.ndim != 4:
        return {TORCH: call}
    fast = module(model).eval().to(memory_format=torch.channels_last)
    return {TORCH: call, f"{TORCH}, channels last": call_channels_last}


class Trainer:
    """The usual loop: shuffle, slice, forward, backward, step."""

    def __init__(self, model: engine.Model, x: np.ndarray, y: np.ndarray, batch: int) -> None:
        assert model.compiled is not None
        settings = model.compiled.optimizer.config
        self.network = module(model, logits=True)
        self.x, self.batch = tensor(x), batch
        optimizers = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}
        options: dict[str, Any] = {"lr": settings.real("learning_rate")}
        if model.compiled.optimizer.kind == "Adam":
            options["eps"] = settings.real("epsilon")
        self.optimizer = optimizers[model.compiled.optimizer.kind](self.network.parameters(), **options)
        is_binary = model.output_shape[-1] == 1
        self.loss = nn.BCEWithLogitsLoss() if is_binary else nn.CrossEntropyLoss()
        self.y = torch.from_numpy(y.astype(np.float32)[:, None] if is_binary else y.astype(np.int64))

    def run(self, epochs: int, shuffle: bool = True) -> None:
        """Trains for some epochs."""
        for _ in range(epochs):
            order = torch.randperm(len(self.x)) if shuffle else torch.arange(len(self.x))
            for start in range(0, len(order), self.batch):
                rows = order[start : start + self.batch]
                self.optimizer.zero_grad()
                self.loss(self.network(self.x[rows]), self.y[rows]).backward()
                self.optimizer.step()

    def outputs(self, x: np.ndarray) -> np.ndarray:
        """What the trained network answers, as probabilities."""
        with torch.inference_mode():
            logits = self.network(tensor(x))
            found = logits.sigmoid() if logits.shape[-1] == 1 else logits.softmax(-1)
        return found.numpy()
