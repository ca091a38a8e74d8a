"""The steps of a forward pass in their order, without those that belong to training."""

from quizzes.kinds.contract import RejectedError, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import OrderForm, order_cells, places_of
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.random import Pcg32

INTRUDERS = (
    "Update the weights",
    "Compare with the label",
    "Compute the gradients",
    "Shuffle the samples",
    "Divide by the learning rate",
)


class OrderSteps(Drawn, OrderForm):
    name = "order_steps"
    label = "Steps of a forward pass in order (new numbers each time)"
    codes = ("B+", "OS", "OT")

    def draw(self, rng: Pcg32) -> Variant:
        inputs, hidden, classes = rng.shuffled(range(2, 10))[:3]
        activation = rng.choice(("relu", "tanh", "sigmoid"))
        steps = [
            f"Multiply x by W1 ({inputs} × {hidden})",
            f"Add the {hidden} biases b1",
            f"Apply {activation}",
            f"Multiply by W2 ({hidden} × {classes})",
            f"Add the {classes} biases b2",
            "Apply softmax",
            "Choose the largest",
        ]
        intruders = rng.shuffled(INTRUDERS)[:2]
        things = rng.shuffled([*steps, *intruders])
        if places_of(steps, things)[0] == "1":
            raise RejectedError
        a, b, c, d, e, f, g = steps
        orders = {
            "B+": [a, c, b, d, e, f, g],
            "OS": [a, b, c, f, d, e, g],
            "OT": [a, b, c, d, e, f, g, intruders[0]],
        }
        told = {
            "B+": (
                "Bias after the activation",
                f"{activation} comes after the bias: it works on the whole sum.",
            ),
            "OS": ("softmax too early", "softmax turns logits into shares: both layers come before it."),
            "OT": ("A step of training", f"“{intruders[0]}” is no part of a forward pass."),
        }
        slips = [
            slip(places_of(order, things), code, told[code][0], told[code][1],
                 "A pass takes x to the outputs and changes nothing in the network.")
            for code, order in orders.items()
        ]  # fmt: skip
        return made(
            {
                "ask": f"A network with {inputs} inputs, {hidden} hidden neurons and {classes} classes "
                       "classifies one "
                "sample. Give each step its place. Two steps are no part of it.",
                "cells": order_cells(things, has_unused=True),
            },
            places_of(steps, things),
            slips,
            # The largest logit is the largest share: choosing before softmax gives the same class.
            also=[places_of([a, b, c, d, e, g, f], things)],
            hints=(
                "Nothing is learned in a forward pass: two of the steps change or judge the network.",
                f"A layer is three steps: multiply, add its biases, activate. {inputs} values meet W1 first.",
                f"The first two are “{a}” and “{b}”. What is done to each sum then?",
            ),
            steps=[*(Step(f"{step}.", _codes(n)) for n, step in enumerate(steps, start=1)),
                   Step(f"No part of it: {' and '.join(f'“{one}”' for one in intruders)}.", ("OT",))],
        )  # fmt: skip


def _codes(place: int) -> tuple[str, ...]:
    return {3: ("B+",), 6: ("OS",)}.get(place, ())
