"""What the runner and the results show of each answer, as plain values for the templates.

The one place that decides what is released: a graded try shows its key when it is right, when its numbers are
used up (the next try has new ones), or when the attempt is finished.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.dateparse import parse_datetime

from quizzes.kinds import Variant, View
from quizzes.models import Answer, Attempt
from quizzes.services import Item, Standing


@dataclass(frozen=True)
class StepView:
    text: str
    is_here: bool


@dataclass(frozen=True)
class OtherView:
    """What another tab gave to an open try, for the learner to pick."""

    tab: str
    saved_at: datetime | None
    view: View


@dataclass(frozen=True)
class AnswerView:
    """One try, open or graded. `view.context` and `steps` hold nothing that is not released."""

    answer: Answer
    view: View
    title: str
    feedback: tuple[str, ...]
    steps: tuple[StepView, ...]
    hints: tuple[str, ...]
    hint_count: int
    is_revealed: bool
    can_try_again: bool
    figure_url: str
    others: tuple[OtherView, ...]

    @property
    def state(self) -> str:
        return self.answer.state

    @property
    def next_hint(self) -> int:
        """The level of the hint that is still closed; 0 when all are open."""
        return len(self.hints) + 1 if len(self.hints) < self.hint_count else 0

    @property
    def can_start_afresh(self) -> bool:
        return self.answer.is_open and self.answer.is_led and self.answer.rules.is_generated


@dataclass(frozen=True)
class Mark:
    """One line of the list of questions."""

    position: int
    title: str
    state: str
    label: str
    is_current: bool
    is_met: bool
    is_not_yet: bool
    is_flagged: bool
    is_link: bool = True


def answer_view(attempt: Attempt, answer: Answer) -> AnswerView:
    variant, grade, rules = answer.asked, answer.grade, answer.rules
    is_revealed = grade is not None and (grade.is_right or rules.is_generated or not attempt.is_open)
    view = rules.view(variant, answer.fields, grade, is_revealed)
    code = grade.code if grade else ""
    steps = variant.steps if is_revealed else ()
    query = view.context.get("figure_query", "")
    lesson = attempt.lesson
    return AnswerView(
        answer=answer,
        view=view,
        title=grade.title if grade else "",
        feedback=grade.feedback if grade else (),
        steps=tuple(StepView(step.text, bool(code) and code in step.codes) for step in steps),
        hints=variant.hints[: answer.hints_shown],
        hint_count=len(variant.hints),
        is_revealed=is_revealed,
        can_try_again=attempt.is_open and grade is not None,
        figure_url=f"{lesson.get_absolute_url()}?{query}#figure" if lesson and query else "",
        others=_others(answer, variant) if answer.is_open else (),
    )


def _others(answer: Answer, variant: Variant) -> tuple[OtherView, ...]:
    return tuple(
        OtherView(
            other["tab"],
            parse_datetime(other["saved_at"]),
            answer.rules.view(variant, other["fields"], None, False),
        )
        for other in answer.others
    )


def marks(standing: Standing, current: int | None = None, *, is_in_turn: bool = False) -> list[Mark]:
    """The questions of an attempt in order, each with where it stands.

    In turn, none but the current one is a way to go, and those after it have no title yet.
    """
    found = [_mark(item, item.position == current) for item in standing.items]
    if not is_in_turn:
        return found
    return [_in_turn(mark, current) for mark in found]


def _in_turn(mark: Mark, current: int | None) -> Mark:
    is_ahead = current is not None and mark.position > current
    return replace(mark, is_link=False, title=f"Question {mark.position}" if is_ahead else mark.title)


def _mark(item: Item, is_current: bool) -> Mark:
    best = item.best
    if best.is_open and best.is_answered:
        label = "saved"
    elif best.is_open:
        label = "not answered yet"
    else:
        label = best.get_state_display().lower()
    return Mark(
        position=item.position,
        title=item.latest.title,
        state=best.state,
        label=label,
        is_current=is_current,
        is_met=best.state in (Answer.State.RIGHT, Answer.State.GIVEN),
        is_not_yet=best.state in (Answer.State.PARTLY, Answer.State.NOT_YET, Answer.State.UNANSWERED),
        is_flagged=item.latest.is_flagged,
    )


@dataclass(frozen=True)
class LooseEnd:
    """A question to look at before finishing, and why."""

    position: int
    title: str
    reasons: tuple[str, ...]


def loose_ends(standing: Standing) -> list[LooseEnd]:
    """What is unanswered, flagged, or answered in two tabs, in order."""
    ends = [LooseEnd(item.position, item.latest.title, tuple(_reasons(item))) for item in standing.items]
    return [end for end in ends if end.reasons]


def _reasons(item: Item) -> Iterator[str]:
    if item.is_unanswered:
        yield "no answer yet"
    if item.latest.is_flagged:
        yield "flagged"
    if item.latest.is_open and item.latest.others:
        yield "two answers to choose from"


@dataclass(frozen=True)
class SkillScore:
    title: str
    points: float
    possible: int

    @property
    def percent(self) -> float:
        return 100 * self.points / self.possible if self.possible else 0.0


def skill_scores(standing: Standing) -> list[SkillScore]:
    """Points by skill, in the order in which the skills first occur; questions without one are left out."""
    found: dict[str, tuple[float, int]] = {}
    for item in standing.items:
        skill = item.latest.question.skill
        if skill is not None:
            points, possible = found.get(skill.title, (0.0, 0))
            best = item.best
            found[skill.title] = (points + best.points, possible + best.points_possible)
    return [SkillScore(title, points, possible) for title, (points, possible) in found.items()]
