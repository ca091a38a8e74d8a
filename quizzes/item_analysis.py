"""Item analysis of a quiz: what learners' tries say about its questions.

Counted is the first finished attempt of each learner, and in it the first try at each question: later ones
build on what was learned before. What a regrade gave to everybody, or took out of the count, tells nothing of
the learners and is left out. `every` takes all finished attempts instead.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from uuid import UUID

from quizzes.analysis import ItemStatistics, binomial_band, item_statistics
from quizzes.guessing import guess_score
from quizzes.kinds import NoVariantError
from quizzes.kinds.contract import ANSWER
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services.variants import seeded_variant

LONGEST_PAUSE = 30 * 60  # seconds; who takes longer has been away
SAMPLES = 3
FEWEST_OF_VARIANT = 3
MOST_VARIANTS = 30
UNNAMED = "No slip recognized"


@dataclass(frozen=True)
class Slip:
    """One way in which tries went wrong: how often, and what was given."""

    code: str
    title: str
    count: int
    share: float  # of all tries that were not right
    typical: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class VariantCount:
    """How often one variant was right, beside what chance allows it."""

    name: str
    seed: int | None
    n: int
    right: int
    low: int
    high: int

    @property
    def facility(self) -> float:
        return self.right / self.n

    @property
    def is_outside(self) -> bool:
        return not self.low <= self.right <= self.high


@dataclass(frozen=True)
class Item:
    """All that is told of one question."""

    number: int
    question: Question
    statistics: ItemStatistics
    guess: float | None
    seconds: float | None
    hint_rate: float | None
    slips: tuple[Slip, ...]
    variants: tuple[VariantCount, ...]


def analyse(quiz: Quiz, *, every: bool = False) -> list[Item]:
    """Every question that is asked now or was answered, in the quiz's order."""
    attempts = _attempts(quiz, every)
    tries: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.counted().filter(attempt__in=attempts).order_by("attempt", "number"):
        tries[answer.question_id].append(answer)
    questions = [one for one in quiz.questions.all() if one.is_asked or one.pk in tries]
    firsts = {one.pk: {a.attempt_id: a for a in tries[one.pk] if a.number == 1} for one in questions}
    scores = [[_score(one, firsts[one.pk].get(attempt.pk)) for one in questions] for attempt in attempts]
    found = item_statistics(scores, [float(one.points) for one in questions])
    seconds = _seconds(attempts, firsts)
    return [
        Item(
            number,
            question,
            statistics,
            _guess(firsts[question.pk].values()),
            median(seconds[question.pk]) if seconds[question.pk] else None,
            _share([answer.hints_shown > 0 for answer in firsts[question.pk].values()]),
            _slips(tries[question.pk]),
            _variants(question, list(firsts[question.pk].values())),
        )
        for number, (question, statistics) in enumerate(zip(questions, found, strict=True), start=1)
    ]


def _attempts(quiz: Quiz, every: bool) -> list[Attempt]:
    finished = list(Attempt.objects.finished().filter(quiz=quiz).order_by("started_at", "pk"))
    if every:
        return finished
    first: dict[object, Attempt] = {}
    for attempt in finished:
        first.setdefault(attempt.learner_id, attempt)
    return list(first.values())


def _score(question: Question, answer: Answer | None) -> float | None:
    """The points of a first try at what the question is worth today; None when it was not asked."""
    return None if answer is None else question.points * answer.points / answer.points_possible


def _share(truths: Sequence[bool]) -> float | None:
    return sum(truths) / len(truths) if truths else None


def _guess(answers: Iterable[Answer]) -> float | None:
    latest = next(reversed(list(answers)), None)
    return guess_score(latest.rules, latest.asked) if latest else None


def _seconds(attempts: list[Attempt], firsts: dict[int, dict[UUID, Answer]]) -> dict[int, list[float]]:
    """Per question, how long first tries took: since the answer before, or since the start."""
    taken: dict[int, list[float]] = defaultdict(list)
    for attempt in attempts:
        mine = [answers[attempt.pk] for answers in firsts.values() if attempt.pk in answers]
        known = [(a.saved_at, a.question_id) for a in mine if a.saved_at is not None]
        before = attempt.started_at
        for saved_at, question in sorted(known):
            seconds = (saved_at - before).total_seconds()
            if 0 < seconds <= LONGEST_PAUSE:
                taken[question].append(seconds)
            before = saved_at
    return taken


def _slips(tries: list[Answer]) -> tuple[Slip, ...]:
    """What was not right, the most frequent way first; what nobody answered is left out."""
    wrong = [a for a in tries if a.state in (Answer.State.NOT_YET, Answer.State.PARTLY)]
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for answer in wrong:
        said = _said(answer)
        is_choice = not answer.misconception_title and "options" in answer.variant["shown"]
        title = said if is_choice else answer.misconception_title or UNNAMED
        groups[answer.misconception, title][said] += 1
    rows = [
        Slip(
            code, title, said.total(), said.total() / len(wrong), said.most_common(1)[0][0],
            tuple(text for text, _ in said.most_common(SAMPLES)),
        )
        for (code, title), said in groups.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.count, row.title)))


def _said(answer: Answer) -> str:
    """The response in words: the texts of chosen options, or what was typed."""
    options = {one["id"]: one["text"] for one in answer.variant["shown"].get("options", [])}
    texts = [options.get(text, text).strip() for text in answer.fields.get(ANSWER, ())]
    return "; ".join(text for text in texts if text)


def _variants(question: Question, answers: list[Answer]) -> tuple[VariantCount, ...]:
    """Variants that several learners were given, the most frequent first."""
    if not question.rules.is_generated or not answers:
        return ()
    groups: dict[str, list[bool]] = defaultdict(list)
    for answer in answers:
        groups[_digest(answer.variant["shown"])].append(answer.state == Answer.State.RIGHT)
    p = sum(map(sum, groups.values())) / len(answers)
    seeds = _seeds_of(question)
    rows = [
        VariantCount(
            f"Seed {seeds[digest]}" if digest in seeds else f"Numbers {digest[:4]}",
            seeds.get(digest), len(rights), sum(rights), *binomial_band(len(rights), p),
        )
        for digest, rights in groups.items()
        if len(rights) >= FEWEST_OF_VARIANT
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.n, row.name))[:MOST_VARIANTS])


def _seeds_of(question: Question) -> dict[str, int]:
    """The approved seeds by what they ask."""
    found: dict[str, int] = {}
    for seed in question.approved_seeds:
        try:
            found[_digest(seeded_variant(question, seed).shown)] = seed
        except NoVariantError:
            continue
    return found


def _digest(shown: object) -> str:
    """What a variant asks, as a short name that is the same before and after it was stored."""
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
