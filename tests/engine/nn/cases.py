"""At least one network for every kind of layer: what the gradient tests iterate."""

from dataclasses import dataclass, field
from typing import Any

from engine.spec import Layer, Spec
from tests.engine.networks import layer, sequential


@dataclass(frozen=True)
class Case:
    """A layer on inputs of one shape (no batch axis)."""

    kind: str
    shape: tuple[int, ...]
    config: dict[str, Any] = field(default_factory=dict)
    tokens: int = 0
    """More than 0: inputs are whole numbers below it."""

    def layer(self) -> Layer:
        return layer(self.kind, **self.config)

    def spec(self) -> Spec:
        return sequential(self.shape, self.layer(), dtype="int32" if self.tokens else "float32")

    def __str__(self) -> str:
        told = ",".join(
            f"{key}={value}" for key, value in self.config.items() if not isinstance(value, Layer)
        )
        return f"{self.kind}({told})"


CASES = [
    Case("InputLayer", (3,), {"shape": (3,)}),
    Case("Dense", (5,), {"units": 3}),
    Case("Dense", (5,), {"units": 3, "activation": "tanh", "use_bias": False}),
    Case("Dense", (2, 5), {"units": 3, "activation": "softmax"}),
    Case("Dense", (5,), {"units": 4, "activation": "glu"}),
    Case("Activation", (6,), {"activation": "tanh"}),
    Case("Flatten", (2, 3)),
    Case("Dropout", (4,), {"rate": 0.5}),
    Case("Dropout", (3, 4), {"rate": 0.25, "noise_shape": (None, 1, None)}),
]
