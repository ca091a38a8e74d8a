"""Which input moves the weighted sum most?"""

from quizzes.kinds.contract import Fields, Grade, RejectedError, Step, Variant, View
from quizzes.kinds.drawing import HALVES, slip, wholes
from quizzes.kinds.figure import SUMS, number_said
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import table
from quizzes.kinds.numbers import shown, signed
from quizzes.kinds.random import Pcg32

FEATURES = ("legs", "fur", "whiskers", "neck", "size")


class LargestContribution(Drawn, OneForm):
    name = "largest_contribution"
    label = "Largest contribution to z (new numbers each time)"
    codes = ("LW", "LX", "LP")

    def view(self, variant: Variant, fields: Fields, grade: Grade | None, is_revealed: bool) -> View:
        view = super().view(variant, fields, grade, is_revealed)
        if is_revealed:
            rows = variant.shown["given"][0]["rows"]
            view.context["figure_layer"] = {
                "features": [name for name, _, _ in rows],
                "x": [number_said(x) for _, x, _ in rows],
                "kernel": [[number_said(weight)] for _, _, weight in rows],
                "bias": [0.0],
                "unit": "h1.1",
                "step": SUMS,
            }
        return view

    def draw(self, rng: Pcg32) -> Variant:
        count = rng.between(4, 5)
        names = FEATURES[:count]
        x = wholes(rng, count, 0, 2)  # what the sliders of a lesson's figure reach
        weights = [rng.choice((*HALVES, -2.0, 2.0)) for _ in names]
        products = [value * weight for value, weight in zip(x, weights, strict=True)]
        sizes = [abs(product) for product in products]
        best = max(sizes)
        if sizes.count(best) > 1 or max(x) == 0:
            raise RejectedError
        key = names[sizes.index(best)]
        worked = [f"{n}: {shown(v)} × {shown(w)} = {shown(p)}" for n, v, w, p in zip(
            names, x, weights, products, strict=True)]  # fmt: skip
        slips = []
        for code, title, said, found in (
            ("LW", "Largest weight", "has the largest weight", _first([abs(w) for w in weights])),
            ("LX", "Largest input", "has the largest input", _first(x)),
            ("LP", "Largest positive only", "adds most upwards", _first(products)),
        ):
            if found is not None:
                slips.append(slip(names[found], code, title, f"{names[found]} {said}, but {worked[found]}.",
                                  "Compare the sizes of the products; a negative one moves z just as "
                                  "far."))  # fmt: skip
        slips += [
            slip(name, "LO", "A smaller product", f"{line}.")
            for name, line in zip(names, worked, strict=True)
        ]
        rows = [[n, shown(v), signed(w)] for n, v, w in zip(names, x, weights, strict=True)]
        return one_of(
            rng,
            {
                "given": [table("One neuron: its inputs and weights", ("Input", "x", "weight"), rows)],
                "ask": "Which input moves z most, up or down?",
            },
            (key, f"{worked[names.index(key)]}, the largest of all in size."),
            slips,
            hints=(
                "Neither the weight alone nor the input alone tells it.",
                f"Each input moves z by x times its weight; there are {count} products to compare.",
                f"{worked[0]}. Go on with {names[1]}, and compare sizes without their signs.",
            ),
            steps=[
                Step(f"Multiply: {'; '.join(worked)}.", ("LW", "LX")),
                Step(f"Compare the sizes: {shown(best)} is the largest, from {key}.", ("LP", "LO")),
            ],
        )


def _first(values: list[float] | tuple[float, ...]) -> int | None:
    """Where the largest value stands; None when several share it."""
    best = max(values)
    return values.index(best) if list(values).count(best) == 1 else None
