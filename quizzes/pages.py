"""What the runner and the results show of each answer, as plain values for the templates.

The one place that decides what of an answer is released, by what `services.releases` says of its attempt.
Besides, a graded try shows its key only when it is right, when its numbers are used up (the next try has new
ones), or when the attempt is finished. A try whose score waits is shown as it was saved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.dateparse import parse_datetime

from course.models import Skill
from quizzes.figure_links import figure_url
from quizzes.kinds import FormatError, Variant, View
from quizzes.models import Answer, Attempt
from quizzes.policies import Release
from quizzes.services import GRACE, Change, Item, Standing, released, share_of_try


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
    has_score: bool
    next_share: float  # of its points that one more try could earn, 0..1

    @property
    def state(self) -> str:
        return self.answer.state if self.has_score else ""

    @property
    def is_saved_only(self) -> bool:
        """Whether the try is over and nothing may be said of it yet."""
        return not self.answer.is_open and not self.has_score

    @property
    def next_percent(self) -> float:
        return 100 * self.next_share

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


def answer_view(attempt: Attempt, answer: Answer, now: datetime) -> AnswerView:
    out, rules = released(attempt, now), answer.rules
    variant = answer.asked if out.feedback else _without_feedback(answer.asked)
    grade = answer.grade if out.scores else None
    if grade is not None and not out.feedback:
        grade = replace(grade, feedback=(), code="", title="")
    is_used_up = grade is not None and (grade.is_right or rules.is_generated or not attempt.is_open)
    is_revealed = is_used_up and out.keys
    view = rules.view(variant, answer.fields, grade, is_revealed)
    if not out.feedback:
        view.context.pop("slips", None)
    code = grade.code if grade else ""
    steps = variant.steps if is_revealed else ()
    hints = variant.hints if attempt.quiz is None or attempt.quiz.gives_hints else ()
    return AnswerView(
        answer=answer,
        view=view,
        title=grade.title if grade else "",
        feedback=grade.feedback if grade else (),
        steps=tuple(StepView(step.text, bool(code) and code in step.codes) for step in steps),
        hints=hints[: answer.hints_shown],
        hint_count=len(hints),
        is_revealed=is_revealed,
        can_try_again=attempt.is_open and grade is not None and not attempt.is_exam,
        figure_url=figure_url(attempt.lesson, view) if out.keys else "",
        others=_others(answer, variant) if answer.is_open else (),
        has_score=out.scores and not answer.is_open,
        next_share=share_of_try(attempt.quiz, answer.number + 1),
    )


def _without_feedback(variant: Variant) -> Variant:
    """The same answers with the same worth, and no word about any of them."""
    return replace(
        variant,
        answers=tuple(replace(known, feedback=(), code="", title="") for known in variant.answers),
        steps=tuple(replace(step, codes=()) for step in variant.steps),
    )


@dataclass(frozen=True)
class Waiting:
    """Parts of a result that are not shown yet, and when they will be; None: never."""

    parts: str
    opens_at: datetime | None


def waiting_for(attempt: Attempt, now: datetime) -> list[Waiting]:
    """What is not released of an attempt, by when it will be. While it is open its end comes first."""
    quiz, out = attempt.quiz, released(attempt, now)
    if quiz is None:
        return []
    rules = (
        ("scores", out.scores, quiz.scores_release),
        ("feedback", out.feedback, quiz.feedback_release),
        ("right answers", out.keys, quiz.keys_release),
    )
    later = [name for name, is_out, rule in rules if not is_out and rule != Release.NEVER]
    never = [name for name, is_out, rule in rules if not is_out and rule == Release.NEVER]
    opens_at = quiz.closes_at + GRACE if quiz.closes_at is not None else None
    found = [Waiting(", ".join(later), opens_at), Waiting(", ".join(never), None)]
    return [one for one in found if one.parts]


def _others(answer: Answer, variant: Variant) -> tuple[OtherView, ...]:
    return tuple(
        OtherView(
            other["tab"],
            parse_datetime(other["saved_at"]),
            answer.rules.view(variant, other["fields"], None, False),
        )
        for other in answer.others
    )


def marks(
    standing: Standing, has_scores: bool, current: int | None = None, *, is_in_turn: bool = False
) -> list[Mark]:
    """The questions of an attempt in order, each with where it stands, as far as scores are released.

    In turn, none but the current one is a way to go, and those after it have no title yet.
    """
    found = [_mark(item, has_scores, item.position == current) for item in standing.items]
    if not is_in_turn:
        return found
    return [_in_turn(mark, current) for mark in found]


def _in_turn(mark: Mark, current: int | None) -> Mark:
    is_ahead = current is not None and mark.position > current
    return replace(mark, is_link=False, title=f"Question {mark.position}" if is_ahead else mark.title)


def _mark(item: Item, has_scores: bool, is_current: bool) -> Mark:
    best = item.best if has_scores else item.latest
    state = best.state if has_scores else Answer.State.OPEN
    if state != Answer.State.OPEN:
        label = best.get_state_display().lower()
    else:
        label = "saved" if best.is_answered else "not answered yet"
    return Mark(
        position=item.position,
        title=item.latest.title,
        state=best.state,
        label=label,
        is_current=is_current,
        is_met=state in (Answer.State.RIGHT, Answer.State.GIVEN),
        is_not_yet=state in (Answer.State.PARTLY, Answer.State.NOT_YET, Answer.State.UNANSWERED),
        is_flagged=item.latest.is_flagged,
    )


@dataclass(frozen=True)
class LooseEnd:
    """A question to look at before finishing, and why."""

    position: int
    title: str
    reasons: tuple[str, ...]


def loose_ends(standing: Standing) -> list[LooseEnd]:
    """What is unanswered, flagged, answered in two tabs or cannot be read, in order."""
    ends = [LooseEnd(item.position, item.latest.title, tuple(_reasons(item))) for item in standing.items]
    return [end for end in ends if end.reasons]


def _reasons(item: Item) -> Iterator[str]:
    if item.is_unanswered:
        yield "no answer yet"
    if item.latest.is_flagged:
        yield "flagged"
    if item.latest.is_open and item.latest.others:
        yield "two answers to choose from"
    elif item.latest.is_open and item.latest.is_answered:
        yield from _unread(item.latest)


def _unread(answer: Answer) -> Iterator[str]:
    """Why what was saved cannot be graded as it stands."""
    try:
        answer.rules.parse(answer.asked, answer.fields)
    except FormatError as error:
        yield str(error)


@dataclass(frozen=True)
class SkillScore:
    title: str
    points: float
    possible: int
    change: Change | None

    @property
    def percent(self) -> float:
        return 100 * self.points / self.possible if self.possible else 0.0


def skill_scores(standing: Standing, changes: Mapping[int, Change]) -> list[SkillScore]:
    """Points by skill, in the order in which the skills first occur; questions without one are left out."""
    found: dict[Skill, tuple[float, int]] = {}
    for item in standing.items:
        skill = item.latest.question.skill
        if skill is not None:
            points, possible = found.get(skill, (0.0, 0))
            best = item.best
            found[skill] = (points + best.points, possible + best.points_possible)
    return [
        SkillScore(skill.title, points, possible, changes.get(skill.pk))
        for skill, (points, possible) in found.items()
    ]
