"""One weight grows: does a class's probability rise, fall or stay? Decided by two runs of the engine."""

from dataclasses import replace

from engine.explain.dense import Step as DenseStep
from quizzes.kinds.contract import JsonObject, Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import halves, showing, slip, wholes
from quizzes.kinds.forms import OneForm
from quizzes.kinds.generated.drawn import Drawn, one_of
from quizzes.kinds.given import facts, kernel_table, weight_table
from quizzes.kinds.networks import dense, forward
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

FEATURES, CLASSES, SIZE = ("legs", "fur", "neck"), ("cat", "dog", "llama"), 3
RISES, FALLS, STAYS = "It rises.", "It falls.", "It stays the same."
GROWTH, STILL, CLEAR = 0.5, 1e-12, 0.005


class EdgeEffect(Drawn, OneForm):
    name = "edge_effect"
    label = "What one weight changes (new numbers each time)"

    def generate(self, data: JsonObject, rng: Pcg32) -> Variant:
        wanted = rng.choice((RISES, FALLS, STAYS))  # each outcome as often as the others
        return showing(rng, ("",), lambda rng: _variant(rng, wanted))


def _variant(rng: Pcg32, wanted: str) -> Variant:
    x = wholes(rng, SIZE, 0, 2)
    one = dense([halves(rng, SIZE) for _ in range(SIZE)], halves(rng, SIZE), "relu")
    two = dense([halves(rng, SIZE) for _ in range(SIZE)], halves(rng, SIZE), "softmax")
    source, unit, label = rng.below(SIZE), rng.below(SIZE), rng.below(SIZE)
    row = [float(w) for w in two.kernel[unit]]
    is_clear = row.count(row[label]) == 1 and row[label] in (min(row), max(row))
    if not is_clear or not any(x) or (x[source] == 0 and wanted != STAYS):
        raise RejectedError
    grown = _grown(one, source, unit)
    before, after = forward([one, two], x), forward([grown, two], x)
    change = float(after[1][1][label] - before[1][1][label])
    outcome = STAYS if abs(change) < STILL else RISES if change > 0 else FALLS
    if outcome != wanted or 0 < abs(change) < CLEAR:
        raise RejectedError
    names = [f"h1.{n + 1}" for n in range(SIZE)]
    z, z_after = float(before[0][0][unit]), float(after[0][0][unit])
    who = _Story(FEATURES[source], names[unit], CLASSES[label], x[source], z, z_after, row[label], outcome)
    return one_of(
        rng,
        {
            "given": [
                kernel_table(FEATURES, x, one.kernel.tolist(), one.bias.tolist(), names),
                weight_table("Weights from the hidden neurons to the "
                             "classes", names, two.kernel.tolist(), CLASSES),
                facts(("Biases of the classes", ", ".join(shown(b) for b in two.bias))),
            ],
            "ask": f"The hidden layer has relu, the output softmax. The weight from {who.feature} to "
                   f"{who.unit} grows "
            f"by {shown(GROWTH)}. What happens to the probability of {who.label}?",
        },
        (outcome, who.reason),
        who.others(),
        hints=(
            "A change must get through three doors: the input, the activation, and the way out.",
            f"{who.feature} is {shown(x[source])}; {who.unit} has z = {shown(z)} before the change.",
            f"With the new weight z of {who.unit} is {shown(z_after)}. Does relu let that through, and to "
            "whom?",
        ),
        steps=[
            Step(f"The input: {who.feature} is {shown(x[source])}, so z of {who.unit} goes from {shown(z)} "
                 "to "
                 f"{shown(z_after)}.", ("D1",)),
            Step(f"relu: the output of {who.unit} goes from {shown(max(0.0, z))} to "
                 f"{shown(max(0.0, z_after))}.", ("G0",)),
            Step(f"The way out: of all classes {who.label} has the "
                 f"{'largest' if row[label] == max(row) else 'smallest'} "
                 f"weight from {who.unit}, {shown(row[label])}. {outcome}", ("DS",)),
        ],
        is_shuffled=False,
    )  # fmt: skip


def _grown(layer: DenseStep, source: int, unit: int) -> DenseStep:
    kernel = layer.kernel.copy()
    kernel[source, unit] += GROWTH
    return replace(layer, kernel=kernel)


class _Story:
    """What happens on the way of one change, in words."""

    def __init__(
        self,
        feature: str,
        unit: str,
        label: str,
        x: float,
        z: float,
        z_after: float,
        weight: float,
        outcome: str,
    ) -> None:
        self.feature, self.unit, self.label, self.outcome = feature, unit, label, outcome
        if outcome == STAYS and x == 0:
            self.reason = f"{feature} is 0: its weight multiplies nothing."
        elif outcome == STAYS:
            self.reason = (
                f"{unit} is off before ({shown(z)}) and after ({shown(z_after)}): relu lets nothing through."
            )
        else:
            side = "more" if outcome == RISES else "less"
            self.reason = (
                f"{unit} puts out more, and among the classes {label} gains {side} by it than the others: "
                f"its weight is {shown(weight)}."
            )

    def others(self) -> list[Known]:
        if self.outcome == STAYS:
            title = "Every weight matters"
            return [
                slip(text, "D1", title, "Nothing of the change arrives.", self.reason)
                for text in (RISES, FALLS)
            ]
        turned = FALLS if self.outcome == RISES else RISES
        return [
            slip(
                turned, "DS", "Sign of the way out", "The change arrives, with the other sign.", self.reason
            ),
            slip(STAYS, "G0", "Taken for off", f"{self.unit} lets the change through.", self.reason),
        ]
