"""Every drawn kind, its variants for many seeds, and responses as a learner types them."""

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from quizzes.kinds import KINDS, Fields, Grade, Json, Kind, Variant, make_variant
from quizzes.kinds.forms import CellsForm, ManyForm, NetworkForm, OneForm
from quizzes.kinds.numbers import shown_shape

SEEDS = range(int(os.environ.get("VARIANT_SEEDS", "50")))
ANIMAL_KERNEL = [
    [0.5, 0, -0.5, -1.5, 0, 0.5], [0, 0.5, 0.5, -0.5, 1, -0.5], [0.5, 1.5, 0, 0, -0.5, 0],
    [-0.5, -0.5, 1, 0, 0, 0], [-0.5, 0, 0.5, -1, 0.5, 0], [0.5, -0.5, -0.5, 0, -0.5, 1],
    [-0.5, 1, -0.5, 1, 0.5, 0.5], [0, -0.5, 0.5, -0.5, 0, 0],
]  # fmt: skip
ANIMALS = ["legs", "fur", "whiskers", "neck", "size", "scales", "barks", "hooves"]
OWN_DATA: dict[str, tuple[str, dict[str, Any]]] = {
    "count": ("parameter_count", {"layers": [2, 4], "units": [2, 9], "bias": "some"}),
    "count-lesson": ("parameter_count", {"sizes": [8, 6, 6, 4]}),
    "sum-small": ("weighted_sum", {"features": ["legs", "fur", "neck", "size"], "units": 3}),
    "sum-signed": ("weighted_sum", {"features": ["a", "b", "c"], "units": 2, "inputs": [-3, 3]}),
    "sum-tanh": ("weighted_sum", {"features": ["a", "b", "c"], "units": 2, "activation": "tanh"}),
    "sum-lesson": (
        "weighted_sum",
        {
            "features": ANIMALS, "units": 6, "kernel": ANIMAL_KERNEL, "bias": [0.5, 0, 0, 0, 0, 0],
            "is_of_lesson": True,
        },
    ),
    "shape-rows": ("weight_shape", {"convention": "rows", "layers": [4, 4]}),
    "layer-open": ("layer_vector", {"features": ["a", "b", "c", "d"], "units": 4, "filled": 0}),
    "softmax-four": ("softmax", {"classes": ["cat", "dog", "llama", "lizard"]}),
    "pass-logits": ("forward_pass", {"open": 2}),
    "pass-last": ("forward_pass", {"open": 1}),
    "pass-outputs": ("forward_pass", {"open": 3}),
    "off-signed": ("dead_units", {"units": 6, "inputs": [-2, 2]}),
}  # fmt: skip
NEEDS_DATA = {"weighted_sum"}
CASES = OWN_DATA | {
    name: (name, {}) for name, kind in KINDS.items() if kind.is_generated and name not in NEEDS_DATA
}


def seed(number: int) -> Callable[[int], bytes]:
    return lambda k: number.to_bytes(8, "big") + k.to_bytes(8, "big")


@cache
def drawn(case: str) -> tuple[Kind, list[Variant]]:
    name, data = CASES[case]
    kind = KINDS[name]
    assert kind.validate(data) == []
    return kind, [make_variant(kind, data, seed(number)) for number in SEEDS]


def typed(kind: Kind, value: Json) -> Fields:
    """A response that gives this value, as a form sends it."""
    if isinstance(kind, CellsForm):
        return {"answer": [shown_shape(one) if isinstance(one, list) else str(one) for one in value]}
    if isinstance(kind, NetworkForm):
        return {"answer": [value if isinstance(value, str) else value["example"]]}
    if isinstance(kind, ManyForm):
        return {"answer": value.split()}
    return {"answer": [value] if isinstance(kind, OneForm) else [str(value)]}


def grade(kind: Kind, variant: Variant, value: Json) -> Grade:
    return kind.grade(variant, kind.parse(variant, typed(kind, value)))
