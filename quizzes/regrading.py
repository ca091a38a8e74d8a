"""Grading again what a quiz asked, in it and in practice: a dry run, then all it showed at once, and the way
back.

    trying --every attempt tried--> ready --commit--> in force --undo--> undone

Attempts that are open keep what they were asked and join a later regrade. A long dry run goes in batches,
each a task of its own and one transaction: a worker that dies leaves all as it was, and the sweep hands the
batch out anew. Commit writes nothing unless it can write all that was shown, over attempts that are as the
dry run found them; undo gives each back what it had, letter by letter, and the lesson's progress and the
memory of skills too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from quizzes import memories
from quizzes.kinds import FormatError
from quizzes.models import Answer, Attempt, AttemptQuerySet, Question, Quiz, Regrade, RegradeTrial
from quizzes.rekeying import ImpossibleError, Keys
from quizzes.services.grading import grade_response, put_grade
from quizzes.services.releases import released
from quizzes.services.standing import standing_of
from quizzes.services.variants import codes_of
from quizzes.snapshots import follow_pass, give_back_pass, mark_of, passes_lesson, picture, put_back

AT_ONCE = 200
"""Attempts that a page tries while its author waits; more go to the worker."""
BATCH = 200
"""Attempts that one task tries."""
PATIENCE = timedelta(seconds=30)
"""After which a batch that nobody has tried is handed out anew."""

Enqueue = Callable[[Regrade], None]
State, Change, Rule = Regrade.State, RegradeTrial.Change, Regrade.Rule
WRITTEN = (Change.RAISED, Change.LOWERED, Change.REASONS)


class ChangedMeanwhile(Exception):  # noqa: N818 - a state, told to the author as it is
    """Something moved since the dry run; what was shown no longer holds. The message says what moved."""


def start(
    quiz: Quiz,
    question: Question | None,
    rule: str,
    reason: str,
    by: User,
    *,
    never_lower: bool,
    now: datetime,
    enqueue: Enqueue,
) -> Regrade:
    """Begin a dry run over all finished attempts; where they are few it is done when this returns."""
    with transaction.atomic():
        questions = quiz.questions.filter(pk=question.pk) if question else quiz.questions.all()
        regrade = Regrade.objects.create(
            quiz=quiz,
            question=question,
            rule=rule,
            reason=reason,
            never_lower=never_lower,
            versions={str(one.pk): one.version for one in questions},
            started_by=by,
            started_at=now,
            lease_until=now + PATIENCE,
        )
        attempts = _asked(quiz, questions).finished()
        trials = [RegradeTrial(regrade=regrade, attempt=one) for one in attempts]
        RegradeTrial.objects.bulk_create(trials, batch_size=500)
        if len(trials) > AT_ONCE:
            enqueue(regrade)
        else:
            go_on(regrade.pk, regrade.fence, now, enqueue)
    regrade.refresh_from_db()
    return regrade


def go_on(pk: int, fence: int, now: datetime, enqueue: Enqueue) -> None:
    """Try the next batch, unless it was handed out anew or all are tried; then hand out the one after."""
    with transaction.atomic():
        mine = Regrade.objects.filter(pk=pk, fence=fence, state=State.TRYING)
        if not mine.update(fence=F("fence") + 1, lease_until=now + PATIENCE):
            return
        regrade = Regrade.objects.select_related("quiz").get(pk=pk)
        keys = {one.pk: Keys(one) for one in _questions(regrade)}
        for trial in _untried(regrade)[:BATCH]:
            _try(regrade, trial, keys)
        if _untried(regrade).exists():
            enqueue(regrade)
        else:
            Regrade.objects.filter(pk=pk).update(state=State.READY)


def sweep(now: datetime, enqueue: Enqueue) -> int:
    """Hand out anew the dry runs that nobody goes on with. Returns how many."""
    idle = Regrade.objects.filter(state=State.TRYING, lease_until__lte=now)
    return sum(hand_out_anew(regrade, now, enqueue) for regrade in idle)


def hand_out_anew(regrade: Regrade, now: datetime, enqueue: Enqueue) -> bool:
    """Go on with a dry run whose worker is gone; a worker that comes back after all does nothing.

    False: something happened to it since.
    """
    with transaction.atomic():
        trying = Regrade.objects.filter(pk=regrade.pk, fence=regrade.fence, state=State.TRYING)
        changed = trying.update(fence=F("fence") + 1, lease_until=now + PATIENCE)
        if changed:
            regrade.refresh_from_db()
            enqueue(regrade)
    return bool(changed)


def commit(regrade: Regrade, by: User, now: datetime) -> bool:
    """Put in force exactly what the dry run showed. False: it is not waiting for that.

    Raises ChangedMeanwhile; nothing is stored then.
    """
    with transaction.atomic():
        ready = Regrade.objects.filter(pk=regrade.pk, state=State.READY)
        if not ready.update(state=State.COMMITTED, committed_by=by, committed_at=now):
            return False
        for question in _questions(regrade):
            if regrade.versions[str(question.pk)] != question.version:
                raise ChangedMeanwhile(f"The question “{question.title}” was changed since the dry run.")
        for trial in _changing(regrade).iterator(chunk_size=100):
            attempt, answers = _locked(trial)
            if mark_of(attempt, answers) != trial.before_mark:
                raise ChangedMeanwhile("An attempt was graded again since the dry run.")
            was_passed = passes_lesson(attempt)
            put_back(attempt, answers, trial.after)
            progress = follow_pass(attempt, was_passed, now)
            RegradeTrial.objects.filter(pk=trial.pk).update(
                progress=progress, after_mark=mark_of(*_locked(trial))
            )
        Regrade.objects.filter(pk=regrade.pk).update(memories=memories.follow(_states(regrade)))
    return True


def undo(regrade: Regrade, by: User, now: datetime) -> int | None:
    """Give every attempt back what it had. None: it is not in force.

    Returns how many were left alone, because they were graded again since.
    """
    left, back = 0, set[int]()
    with transaction.atomic():
        in_force = Regrade.objects.filter(pk=regrade.pk, state=State.COMMITTED)
        if not in_force.update(state=State.UNDONE, undone_by=by, undone_at=now):
            return None
        for trial in _changing(regrade).iterator(chunk_size=100):
            attempt, answers = _locked(trial)
            if mark_of(attempt, answers) == trial.after_mark:
                put_back(attempt, answers, trial.before)
                give_back_pass(attempt, trial.progress)
                back |= {int(pk) for pk in trial.before["answers"]}
            else:
                left += 1
        regrade.refresh_from_db()
        memories.give_back(regrade.memories, back)
    return left


def cards_that_follow(regrade: Regrade) -> tuple[int, int]:
    """Of the memories of skills, how many a dry run would move, and how many it should and cannot."""
    return memories.outlook(_states(regrade))


def outside(regrade: Regrade) -> tuple[int, int]:
    """Attempts that the dry run did not look at: how many are open, and how many were finished since."""
    others = _asked(regrade.quiz, _questions(regrade)).exclude(regrade_trials__regrade=regrade)
    return others.open().count(), others.finished().count()


def in_force(attempt: Attempt, now: datetime) -> QuerySet[RegradeTrial]:
    """What regrades made of an attempt, oldest first, for its learner; nothing while scores are kept back."""
    if not released(attempt, now).scores:
        return RegradeTrial.objects.none()
    trials = RegradeTrial.objects.filter(attempt=attempt, change__in=WRITTEN)
    return (
        trials.filter(regrade__state=State.COMMITTED)
        .select_related("regrade")
        .order_by("regrade__committed_at")
    )


def _try(regrade: Regrade, trial: RegradeTrial, keys: Mapping[int, Keys]) -> None:
    """Keep what an attempt would come to."""
    attempt, answers = trial.attempt, list(trial.attempt.answers.all())
    trial.before_mark = mark_of(attempt, answers)
    share_before, whole = _share(attempt), picture(attempt, answers)
    for answer in answers:
        if answer.question_id in keys:
            try:
                _grade_again(regrade, answer, keys[answer.question_id])
            except ImpossibleError as error:
                trial.impossible.append(f"{answer.position}. {answer.title}: {error}.")
    standing = standing_of(answers)
    attempt.points, attempt.points_possible = standing.points, standing.points_possible
    after = picture(attempt, answers)
    touched = [pk for pk in whole["answers"] if whole["answers"][pk] != after["answers"][pk]]
    trial.before, trial.after = (
        one | {"answers": {pk: one["answers"][pk] for pk in touched}} for one in (whole, after)
    )
    trial.change = _change(regrade, share_before, _share(attempt), bool(touched))
    trial.save()


def _grade_again(regrade: Regrade, answer: Answer, keys: Keys) -> None:
    """Give an answer its new grade, in memory. Raises ImpossibleError; nothing is changed then."""
    if regrade.rule == Rule.VOID:
        answer.state, answer.points_possible = Answer.State.VOID, 0
        answer.fraction = answer.points = 0.0
        return
    if regrade.rule == Rule.GIVEN:
        answer.points_possible = answer.points_possible or keys.question.points
        answer.fraction, answer.points = 1.0, float(answer.points_possible)
        if answer.state != Answer.State.RIGHT:
            answer.state = Answer.State.GIVEN
        return
    variant = keys.for_answer(answer)
    try:
        grade = grade_response(answer, variant, is_over=True) if answer.graded_at else None
    except FormatError as error:
        raise ImpossibleError("the answer cannot be read by the question as it is now") from error
    answer.variant, answer.could_show = variant.to_json(), codes_of(variant)
    answer.question_version = keys.question.version
    answer.explanation_html = keys.question.explanation_html
    answer.points_possible = keys.question.points
    if grade is not None:
        put_grade(answer, grade)
    else:
        answer.state, answer.fraction, answer.points = Answer.State.UNANSWERED, 0.0, 0.0


def _change(regrade: Regrade, before: float, after: float, is_touched: bool) -> RegradeTrial.Change:
    if after + 1e-9 < before:
        return Change.KEPT if regrade.never_lower else Change.LOWERED
    if after > before + 1e-9:
        return Change.RAISED
    return Change.REASONS if is_touched else Change.SAME


def _share(attempt: Attempt) -> float:
    return attempt.points / attempt.points_possible if attempt.points_possible else 0.0


def _asked(quiz: Quiz, questions: QuerySet[Question]) -> AttemptQuerySet:
    """Attempts at the quiz, and sets for practice and reviews, that ask these questions of it."""
    theirs = Attempt.objects.filter(Q(quiz=quiz) | Q(quiz=None))
    return theirs.filter(pk__in=Answer.objects.filter(question__in=questions).values("attempt"))


def _states(regrade: Regrade) -> dict[int, str]:
    """What each answer that changes comes to."""
    held = _changing(regrade).values_list("after", flat=True).iterator(chunk_size=100)
    return {int(pk): values["state"] for after in held for pk, values in after["answers"].items()}


def _questions(regrade: Regrade) -> QuerySet[Question]:
    return Question.objects.filter(pk__in=[int(pk) for pk in regrade.versions]).select_related("quiz")


def _untried(regrade: Regrade) -> QuerySet[RegradeTrial]:
    trials = regrade.trials.filter(change=Change.UNTRIED).select_related("attempt__quiz")
    return trials.prefetch_related("attempt__answers").order_by("pk")


def _changing(regrade: Regrade) -> QuerySet[RegradeTrial]:
    # Always in the same order, so that two who lock attempts wait for each other and never in a circle.
    return regrade.trials.filter(change__in=WRITTEN).order_by("attempt_id")


def _locked(trial: RegradeTrial) -> tuple[Attempt, list[Answer]]:
    """The attempt as it is now, held until the transaction ends, and its answers."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("quiz__lesson", "learner")
    attempt = attempts.get(pk=trial.attempt_id)
    return attempt, list(Answer.objects.filter(attempt=attempt))
