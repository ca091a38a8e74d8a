"""Where an answer went another way, for the figure of a lesson: a layer with the learner's numbers.

A view that may show its key gives it as `figure_layer`: {"features", "x", "kernel", "bias", "unit", "step"},
`unit` by the figure's name (h1.3), `step` by its address: 2 for the first sums, 3 for what is put out. A
function or a softmax alone is for a figure in the text: `figure_placed` gives its {"kind", "fields"}, and how
many "classes".
"""

from quizzes.kinds.contract import Grade, JsonObject, Variant

SUMS, OUTPUTS = 2, 3
AFTER_SUM = ("R0", "RZ")
"""Slips of what is made of a sum that is right."""


def layer_at(variant: Variant, unit: str, step: int) -> JsonObject:
    """The layer that a variant gives first, as `quizzes.kinds.given.kernel_table` wrote it."""
    table = variant.shown["given"][0]
    *rows, bias = table["rows"]
    return {
        "features": [row[0] for row in rows],
        "x": [number_said(row[1]) for row in rows],
        "kernel": [[number_said(text) for text in row[2:]] for row in rows],
        "bias": [number_said(text) for text in bias[2:]],
        "unit": unit,
        "step": step,
    }


def step_of(grade: Grade | None, activation: str) -> int:
    """Where a figure stands for this grade: at the sums, or behind them where it has the same activation."""
    is_behind = grade is not None and grade.code in AFTER_SUM and activation == "relu"
    return OUTPUTS if is_behind else SUMS


def number_said(said: str) -> float:
    """A number as a page shows it."""
    return float(said.replace("\N{MINUS SIGN}", "-"))
