"""Which activation has these values?"""

from engine.explain.dense import activate
from quizzes.kinds.contract import RejectedError, Step, Variant
from quizzes.kinds.drawing import slip
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import table
from quizzes.kinds.networks import plain, vector
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

NAMES = ("relu", "leaky_relu", "elu", "sigmoid", "tanh", "softplus", "linear", "hard_sigmoid")
TWINS = {"relu": ("leaky_relu", "IL"), "leaky_relu": ("relu", "IL"), "sigmoid": ("tanh", "IS"),
         "tanh": ("sigmoid", "IS"), "softplus": ("relu", "IP"), "elu": ("leaky_relu", "IL"),
         "hard_sigmoid": ("sigmoid", "IS"), "linear": ("leaky_relu", "IL")}  # fmt: skip
APART = 0.15


class IdentifyActivation(Drawn, OneForm):
    name = "identify_activation"
    label = "Which activation is it (new numbers each time)"
    codes = ("IL", "IS", "IP")

    def draw(self, rng: Pcg32) -> Variant:
        name = rng.choice(NAMES)
        twin, code = TWINS[name]
        others = [twin, *rng.shuffled([one for one in NAMES if one not in (name, twin)])[:2]]
        probes = sorted(
            [
                -rng.between(3, 8) / 2,
                -rng.between(1, 2) / 2,
                0.0,
                rng.between(1, 3) / 2,
                rng.between(5, 8) / 2,
            ]
        )
        values = {one: plain(activate(one, vector(probes))) for one in (name, *others)}
        slips = []
        for other in others:
            gaps = [abs(a - b) for a, b in zip(values[name], values[other], strict=True)]
            place = gaps.index(max(gaps))
            if gaps[place] < APART:
                raise RejectedError
            z, would, says = (
                shown(probes[place]),
                shown(values[other][place], 2),
                shown(values[name][place], 2),
            )
            slips.append(
                slip(other, code if other == twin else "IO",
                     "A close relative" if other == twin else "Another activation",
                     f"At z = {z} {other} gives {would}; the table says {says}.",
                     "Look at the ends and at 0: that is where activations part.")
            )  # fmt: skip
        written = [shown(value, 2) for value in values[name]]
        low, middle, high = written[0], written[2], written[-1]
        rows = [[shown(z), value] for z, value in zip(probes, written, strict=True)]
        return one_of(
            rng,
            {
                "given": [table("Values of the activation", ("z", "output"), rows)],
                "ask": "Which activation is it?",
            },
            (
                name,
                f"{name} gives {low} at {shown(probes[0])}, {middle} at 0 and {high} at {shown(probes[-1])}.",
            ),
            slips,
            hints=(
                "Three places tell most: far below 0, at 0, and far above.",
                f"Far below, at {shown(probes[0])}, the output is {low}; at 0 it is {middle}; at "
                f"{shown(probes[-1])} it "
                f"is {high}.",
                f"At 0 the output is {middle}. Which of the four give that?",
            ),
            steps=[
                Step(f"At 0 it gives {middle}.", ("IS",)),
                Step(f"Far below 0 it gives {low}, far above {high}.", ("IL", "IP", "IO")),
                Step(f"That is {name}."),
            ],
        )
