"""TensorFlow Playground's network as plain loops over nodes and links, with nothing of the engine's."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from engine.playground.randomness import SeededRandom

Slope = Callable[[float, float], float]

FUNCTIONS: dict[str, tuple[Callable[[float], float], Slope]] = {
    "tanh": (math.tanh, lambda z, a: 1 - a * a),
    "relu": (lambda z: max(0.0, z), lambda z, a: 0.0 if z <= 0 else 1.0),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda z, a: a * (1 - a)),
    "linear": (lambda z: z, lambda z, a: 1.0),
}


@dataclass
class Link:
    weight: float
    summed: float = 0.0
    count: int = 0
    is_dead: bool = False


@dataclass
class Node:
    links: list[Link]
    bias: float = 0.1
    summed: float = 0.0
    count: int = 0
    total: float = 0.0
    output: float = 0.0
    slope: float = 0.0


@dataclass
class Net:
    activation: str
    last: str
    layers: list[list[Node]] = field(default_factory=list)

    def answer(self, inputs: Sequence[float]) -> float:
        values = list(inputs)
        for place, layer in enumerate(self.layers):
            function = FUNCTIONS[self.last if place == len(self.layers) - 1 else self.activation][0]
            for node in layer:
                node.total = node.bias + sum(
                    link.weight * value for link, value in zip(node.links, values, strict=True)
                )
                node.output = function(node.total)
            values = [node.output for node in layer]
        return values[0]

    def learn(self, inputs: Sequence[float], label: float) -> None:
        error = self.answer(inputs) - label
        for place in reversed(range(len(self.layers))):
            layer = self.layers[place]
            slope = FUNCTIONS[self.last if place == len(self.layers) - 1 else self.activation][1]
            before = [node.output for node in self.layers[place - 1]] if place else list(inputs)
            for at, node in enumerate(layer):
                outer = (
                    error
                    if place == len(self.layers) - 1
                    else sum(after.links[at].weight * after.slope for after in self.layers[place + 1])
                )
                node.slope = outer * slope(node.total, node.output)
                node.summed += node.slope
                node.count += 1
                for link, value in zip(node.links, before, strict=True):
                    if not link.is_dead:
                        link.summed += node.slope * value
                        link.count += 1

    def update(self, rate: float, regularization: str, penalty: float) -> None:
        for node in (node for layer in self.layers for node in layer):
            if node.count:
                node.bias -= rate * node.summed / node.count
                node.summed, node.count = 0.0, 0
            for link in node.links:
                if link.is_dead or not link.count:
                    continue
                sign = (link.weight > 0) - (link.weight < 0)
                price = {"none": 0.0, "L1": float(sign), "L2": link.weight}[regularization]
                link.weight -= rate / link.count * link.summed
                after = link.weight - rate * penalty * price
                if regularization == "L1" and link.weight * after < 0:
                    link.weight, link.is_dead = 0.0, True
                else:
                    link.weight = after
                link.summed, link.count = 0.0, 0


def network(random: SeededRandom, shape: Sequence[int], activation: str, last: str) -> Net:
    net = Net(activation, last)
    for given, units in pairwise(shape):
        net.layers.append([Node([Link(random.random() - 0.5) for _ in range(given)]) for _ in range(units)])
    return net
