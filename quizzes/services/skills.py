"""Where a learner stands in each skill, and in their misconceptions: a few queries over all their answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from course.models import Skill
from quizzes.certainty import Calibration, calibrations
from quizzes.mastery import Outcome, Result, Strength, latest, strength
from quizzes.misconceptions import Chance, Misconception, misconceptions
from quizzes.models import LEADING_HINT, Answer, AnswerQuerySet, Attempt, Card
from quizzes.services.memory import recall
from quizzes.services.releases import with_feedback, with_scores


@dataclass(frozen=True)
class SkillStanding:
    """One skill: its word, its last three results (newest first), and the recall predicted for now, 0..1."""

    skill: Skill
    strength: Strength
    results: tuple[Result, ...]
    recall: float | None

    @property
    def percent(self) -> float | None:
        """For a page, once something was right; a prediction is never certain."""
        has_recalled = any(result.outcome is not Outcome.NOT_YET for result in self.results)
        return min(99.0, 100 * self.recall) if self.recall is not None and has_recalled else None


@dataclass(frozen=True)
class Change:
    """What an attempt did to a skill: its word before and after, by the answers alone."""

    before: Strength
    after: Strength

    @property
    def is_change(self) -> bool:
        return self.before is not self.after


def skills_of(learner: User, now: datetime) -> list[SkillStanding]:
    """Every skill of the lessons that the learner has begun, and every one they answered for."""
    cards = {card.skill_id: card for card in Card.objects.for_learner(learner)}
    results = _results(_first_tries(learner, now))
    met = Q(lessons__progress__learner=learner) | Q(pk__in=results)
    skills = Skill.objects.filter(met).distinct().order_by("course__position", "course_id", "position")
    return [_standing(skill, results[skill.pk], cards.get(skill.pk), now) for skill in skills]


def _standing(skill: Skill, results: list[Result], card: Card | None, now: datetime) -> SkillStanding:
    chance = recall(card, now) if card is not None else None
    return SkillStanding(skill, strength(results, chance), tuple(latest(results)), chance)


def changes_by(attempt: Attempt, now: datetime) -> dict[int, Change]:
    """By skill, what a finished attempt changed."""
    asked = attempt.answers.filter(question__skill__isnull=False).values("question__skill")
    tries = list(
        _first_tries(attempt.learner, now).filter(
            question__skill__in=asked, graded_at__lte=attempt.finished_at or now
        )
    )
    after = _results(tries)
    before = _results(one for one in tries if one.attempt_id != attempt.pk)
    return {skill: Change(strength(before[skill]), strength(results)) for skill, results in after.items()}


def _first_tries(learner: User, now: datetime) -> AnswerQuerySet:
    """Graded first tries at questions with a skill, oldest first. A later try leans on the first. What is not
    released yet is not told here either.
    """
    released = Answer.objects.for_learner(learner).graded().counted().filter(with_scores(now))
    tries = released.filter(number=1, question__skill__isnull=False)
    wanted = ("attempt_id", "variant_name", "graded_at", "state", "hints_shown", "question__skill_id")
    return tries.select_related("question").only(*wanted).order_by("graded_at", "pk")


def _results(tries: Iterable[Answer]) -> defaultdict[int, list[Result]]:
    found: defaultdict[int, list[Result]] = defaultdict(list)
    for one in tries:
        assert one.graded_at is not None
        day = timezone.localdate(one.graded_at)
        found[one.question.skill_id or 0].append(Result(one.variant_name, day, _outcome(one)))
    return found


def _outcome(answer: Answer) -> Outcome:
    if answer.state != Answer.State.RIGHT:
        return Outcome.NOT_YET
    return Outcome.HELPED if answer.hints_shown >= LEADING_HINT else Outcome.RIGHT


def calibration_of(learner: User, now: datetime) -> list[Calibration]:
    """How well what the learner said of their certainty fits what came, by first tries."""
    released = Answer.objects.for_learner(learner).graded().counted().filter(with_scores(now))
    sure = released.filter(number=1, certainty__isnull=False)
    pairs = sure.values_list("certainty", "state")
    return calibrations((level or 1, state == Answer.State.RIGHT) for level, state in pairs)


def misconceptions_of(learner: User, now: datetime) -> list[Misconception]:
    """What the learner mixes up, and what they no longer do."""
    released = Answer.objects.for_learner(learner).graded().counted().filter(with_feedback(now))
    graded = released.order_by("graded_at", "pk")
    wanted = ("variant_name", "could_show", "misconception", "misconception_title", "state")
    return misconceptions(
        Chance(name, could_show, code, title, state == Answer.State.RIGHT)
        for name, could_show, code, title, state in graded.values_list(*wanted).iterator()
    )
