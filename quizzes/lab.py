"""The variant lab: what seeds make of a question, side by side, and what an author should look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from quizzes.kinds import Variant, View
from quizzes.kinds.ladder import is_number
from quizzes.kinds.numbers import exact, shown
from quizzes.models import Question
from quizzes.preview import LAST_SEED, recognized
from quizzes.services.variants import author_seed
from quizzes.vetting import Vetted, Vetting, vet

SIDE_BY_SIDE = 12
VETTED_SEEDS = 200
BUDGET = 20.0  # seconds that a page may take, well below any server's patience


@dataclass(frozen=True)
class Specimen:
    """One seed on the page."""

    vetted: Vetted
    view: View | None
    answers: tuple[dict[str, Any], ...]
    band: str
    is_approved: bool


def first_seed(text: str) -> int:
    """Where the page begins; 1 for anything that is not a seed."""
    seed = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(seed, LAST_SEED - SIDE_BY_SIDE + 1))


def specimens(question: Question, first: int) -> list[Specimen]:
    """Twelve seeds from `first` on."""
    vetting = vet_seeds(question, range(first, first + SIDE_BY_SIDE))
    return [_specimen(question, one) for one in vetting.seeds]


def vet_seeds(question: Question, seeds: Iterable[int] = range(1, VETTED_SEEDS + 1)) -> Vetting:
    return vet(
        question.rules,
        question.data,
        seeds,
        lambda seed: author_seed(question, seed),
        perf_counter,
        BUDGET,
    )


def _specimen(question: Question, vetted: Vetted) -> Specimen:
    variant = vetted.variant
    is_approved = vetted.seed in question.approved_seeds
    if variant is None:
        return Specimen(vetted, None, (), "", is_approved)
    view = question.rules.view(variant, {}, None, False)
    answers = tuple(recognized(question.rules, variant))
    return Specimen(vetted, view, answers, _band(variant), is_approved)


def _band(variant: Variant) -> str:
    """The tolerance, and for one number the values from which to which it counts as the key."""
    if not variant.answers or not variant.tolerance:
        return "exact"
    told = f"±{shown(variant.tolerance)}"
    if not is_number(variant.key):
        return told
    key, tolerance = exact(variant.key), exact(variant.tolerance)
    return f"{told}: {shown(key - tolerance)} to {shown(key + tolerance)}"
