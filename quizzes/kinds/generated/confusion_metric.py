"""Accuracy, precision or recall, read from a confusion matrix."""

from quizzes.kinds.contract import Known, RejectedError, Step, Variant
from quizzes.kinds.drawing import made, slip
from quizzes.kinds.forms import NumberForm
from quizzes.kinds.generated.drawn import Drawn
from quizzes.kinds.given import table
from quizzes.kinds.numbers import shown
from quizzes.kinds.random import Pcg32

CLASSES = ("cat", "dog", "llama")
METRICS = {
    "accuracy": "the share of all animals that are classified right",
    "recall": "of all animals that are a {c}, the share that is called a {c}",
    "precision": "of all animals that are called a {c}, the share that is one",
}


class ConfusionMetric(Drawn, NumberForm):
    name = "confusion_metric"
    label = "A metric from a confusion matrix (new numbers each time)"
    generic = (
        "Count above the line and below it apart: which animals does the metric look at, and which are right?"
    )
    codes = ("X1", "XA", "XC", "XO")

    def draw(self, rng: Pcg32) -> Variant:
        counts = [[rng.between(2, 6) if a == b else rng.below(4) for b in range(3)] for a in range(3)]
        total, right = sum(map(sum, counts)), sum(counts[n][n] for n in range(3))
        if not 12 <= total <= 20:
            raise RejectedError
        metric, place = rng.choice(tuple(METRICS)), rng.below(3)
        name, hit = CLASSES[place], counts[place][place]
        row, column = sum(counts[place]), sum(line[place] for line in counts)
        above, below = {"accuracy": (right, total), "recall": (hit, row), "precision": (hit, column)}[metric]
        told = METRICS[metric].format(c=name)
        ask = f"What is the {metric}" + ("" if metric == "accuracy" else f" of {name}")
        rows = [[one, *map(str, line)] for one, line in zip(CLASSES, counts, strict=True)]
        return made(
            {
                "given": [table("Rows: what they are; columns: what the network says", ("true", *(
                    f"called {one}" for one in CLASSES)), rows)],
                "ask": f"{total} animals went through a network. Rows say what they are, columns what the "
                       "network "
                f"calls them. {ask}?",
            },
            above / below,
            _slips(metric, hit, right, row, column, total, name),
            tolerance=0.01,
            hints=(
                "Every metric here is a share: some of the animals that it looks at are right.",
                f"The {metric}: {told}. There are {total} animals, and {right} stand on the diagonal.",
                f"Below the line stand {below} animals. How many of them are right?",
            ),
            steps=[
                Step(f"The {metric}: {told}.", ("X1", "XA")),
                Step(f"It looks at {below} animals.", ("XO", "XC")),
                Step(f"{above} of them are right: {above} / {below} = {shown(above / below)}."),
            ],
        )  # fmt: skip


def _slips(metric: str, hit: int, right: int, row: int, column: int, total: int, name: str) -> list[Known]:
    above = right if metric == "accuracy" else hit
    swapped = {"accuracy": (total - right) / total, "recall": hit / column, "precision": hit / row}[metric]
    axis = "column" if metric == "recall" else "row"
    said = (
        f"{shown(swapped)} divides by the {axis} of {name}.",
        "Recall looks along the row of what they are, precision down the column of what they are called.",
    )
    if metric == "accuracy":
        said = ("These are the wrong ones.", "Accuracy counts what stands on the diagonal.")
    return [
        slip(swapped, "X1", "Errors for hits" if metric == "accuracy" else "Row and column mixed up", *said),
        slip(right / total, "XA", "Accuracy instead", f"{shown(right / total)} is the accuracy.",
             f"The question asks about {name} alone."),
        slip(float(above), "XC", "A count for a share", f"{above} is how many are right.",
             "Divide it by how many the metric looks at."),
        slip(hit / total, "XO", "Share of all animals",
             f"{shown(hit / total)} divides by all {total} "
             "animals.",
             "Only one row or one column counts." if metric != "accuracy" else "All of the diagonal counts."),
    ]  # fmt: skip
