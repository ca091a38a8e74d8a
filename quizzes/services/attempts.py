"""A learner's way through a quiz.

Every change is guarded where it is written: by a lock on the attempt, by the WHERE clause and by unique
constraints, so that doing something twice, or in two tabs, is the same as once.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from quizzes.certainty import certainty_in
from quizzes.kinds import Fields, FormatError
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services.accommodations import time_allowed
from quizzes.services.allowance import NoAttemptError, allowance_of, is_before_opening, is_closed
from quizzes.services.deadlines import deadline_from, end_of, is_over
from quizzes.services.grading import GRADED_FIELDS, grade_response, put_grade
from quizzes.services.memory import remember
from quizzes.services.passwords import check_password
from quizzes.services.results import note_result
from quizzes.services.saving import AnswerClosedError, Sender, lock, store
from quizzes.services.standing import standing_of
from quizzes.services.variants import deal

UNREAD = "This could not be read."


class NothingToAskError(Exception):
    """The quiz has no question that can be asked."""


class ConflictError(Exception):
    """Another tab saved this answer since the sender's page was read: both texts are kept, neither graded."""


def start(learner: User, quiz: Quiz, now: datetime, *, password: str = "") -> Attempt:
    """The learner's open attempt at the quiz, made now if there is none.

    Raises NoAttemptError when the quiz allows none now, PasswordError when a new one needs another password
    than this, or NothingToAskError.
    """
    try:
        with transaction.atomic():
            # One start of a learner at a time, so that two cannot both be the last one allowed.
            User.objects.select_for_update(no_key=True).get(pk=learner.pk)
            attempt = _open_attempt(learner, quiz)
            if attempt is not None and is_over(attempt, now):
                finish(attempt, now)
                attempt = None
            return attempt or _new_attempt(learner, quiz, now, password)
    except IntegrityError:  # another request of the same learner was first
        attempt = _open_attempt(learner, quiz)
        if attempt is None:
            raise
        return attempt


def _open_attempt(learner: User, quiz: Quiz) -> Attempt | None:
    return Attempt.objects.for_learner(learner).open().filter(quiz=quiz).first()


def _new_attempt(learner: User, quiz: Quiz, now: datetime, password: str) -> Attempt:
    if not allowance_of(quiz, Attempt.objects.for_learner(learner).filter(quiz=quiz), now).can_start:
        raise NoAttemptError
    check_password(quiz, password)
    attempt = Attempt.objects.create(
        learner=learner,
        quiz=quiz,
        started_at=now,
        time_limit=quiz.time_limit,
        deadline=deadline_from(now, time_allowed(learner, quiz)),
    )
    questions = quiz.questions.asked().select_related("quiz")
    dealt = [deal(attempt, question, place) for place, question in enumerate(questions, start=1)]
    answers = [answer for answer in dealt if answer is not None]
    if not answers:
        raise NothingToAskError
    Answer.objects.bulk_create(answers)
    _hold_open(quiz, now)
    return attempt


def _hold_open(quiz: Quiz, now: datetime) -> None:
    """Whoever changes when the quiz is open waits for the end of this transaction, or was first.

    It is the last thing that a start does, so that a class that starts together does not queue for long.
    """
    held = Quiz.objects.select_for_update(no_key=True).get(pk=quiz.pk)
    if is_before_opening(held, now) or is_closed(held, now):
        raise NoAttemptError


def check(answer: Answer, fields: Fields, now: datetime, *, sender: Sender | None = None) -> Answer:
    """Store a response and grade it. Stored and not graded, it raises FormatError when it cannot be read, and
    ConflictError when another tab's text has to be looked at first.

    A try that is graded already stays as it is and is returned. In an exam it is stored and read, and graded
    when the attempt is finished.
    """
    problem: FormatError | None = None
    with transaction.atomic():
        try:
            attempt = lock(answer, now)
            is_conflict = store(answer, fields, now, sender)
        except AnswerClosedError:
            answer.refresh_from_db()
            if answer.is_open:
                raise
            return answer
        answer.refresh_from_db()
        try:
            if not is_conflict:
                _require_certainty(answer)
            if not is_conflict and attempt.is_exam:
                answer.rules.parse(answer.asked, answer.fields)
            elif not is_conflict:
                _grade(answer, now)
        except FormatError as error:
            problem = error
    if is_conflict:
        raise ConflictError
    if problem is not None:
        raise problem
    return answer


def try_again(answer: Answer, now: datetime) -> Answer:
    """The next try at the same question, with new numbers where the kind draws them.

    An open try whose hints did the next step can be left for one with new numbers; it stays ungraded. Called
    twice it gives the same one. Raises AnswerClosedError while another try is open, once the attempt is
    finished, and in an exam.
    """
    with transaction.atomic():
        attempt = lock(answer, now)
        if attempt.is_exam:
            raise AnswerClosedError
        tries = Answer.objects.filter(attempt=attempt, position=answer.position)
        latest = tries.select_related("question__quiz").order_by("-number")[0]
        if latest.number > answer.number:
            return latest
        if latest.is_open and not (latest.is_led and latest.rules.is_generated):
            raise AnswerClosedError
        fresh = deal(attempt, latest.question, latest.position, latest.number + 1)
        if fresh is None:
            raise AnswerClosedError
        if latest.is_open:
            latest.state = Answer.State.UNANSWERED
            latest.save(update_fields=["state"])
        fresh.is_flagged = latest.is_flagged
        fresh.save(force_insert=True)
        return fresh


def flag(answer: Answer, is_flagged: bool, now: datetime) -> None:
    """Mark a question to come back to, or take the mark away. Raises AnswerClosedError."""
    with transaction.atomic():
        attempt = lock(answer, now)
        Answer.objects.filter(attempt=attempt, position=answer.position).update(is_flagged=is_flagged)


def finish(attempt: Attempt, now: datetime, *, only_over: bool = False) -> Attempt:
    """Grade what was saved, add the points and close. A finished attempt stays as it is.

    One that comes after the deadline is put down at the deadline. With `only_over`, an attempt that still
    takes answers stays open: its time may have been extended a moment ago.
    """
    with transaction.atomic():
        held = Attempt.objects.select_for_update(of=("self",)).select_related("quiz").open()
        mine = held.filter(pk=attempt.pk).first()
        if mine is not None and (is_over(mine, now) or not only_over):
            end = end_of(mine, now)
            mine.status, mine.finished_at = Attempt.Status.FINISHED, end
            mine.save(update_fields=["status", "finished_at"])
            _close_answers(mine, end)
            standing = standing_of(mine.answers.all())
            Attempt.objects.filter(pk=mine.pk).update(
                points=standing.points, points_possible=standing.points_possible
            )
            if mine.quiz is not None:
                note_result(mine.learner, mine.quiz, now)
    attempt.refresh_from_db()
    return attempt


def _close_answers(attempt: Attempt, now: datetime) -> None:
    """Grade every open try, and of tables and blanks what can be read.

    What else is empty or cannot be read is not graded, earns nothing and says so.
    """
    for answer in attempt.answers.unreleased().select_related("question"):
        try:
            _grade(answer, now, is_over=True)
        except FormatError as error:
            answer.state = Answer.State.UNANSWERED
            answer.feedback = [f"{UNREAD} {error}"] if answer.is_answered else []
            answer.save(update_fields=["state", "feedback"])


def _require_certainty(answer: Answer) -> None:
    """Raises FormatError when the learner has to say how sure they are, and did not."""
    if answer.attempt.asks_certainty and certainty_in(answer.fields) is None:
        raise FormatError("Choose how sure you are, C1, C2 or C3, then check again.")


def _grade(answer: Answer, now: datetime, *, is_over: bool = False) -> None:
    """Write the grade of an open try. Raises FormatError when its response cannot be read."""
    put_grade(answer, grade_response(answer, answer.asked, is_over=is_over))
    answer.graded_at = now
    answer.certainty = certainty_in(answer.fields) if answer.attempt.asks_certainty else None
    answer.save(update_fields=[*GRADED_FIELDS, "graded_at", "certainty"])
    remember(answer, now)
