"""Saving an answer as it is given, in one tab or in several.

What was typed last counts. What another tab typed, and the sender has not seen, is never overwritten: it is
kept beside the answer until the learner picks. A page never stands against itself, even when the reply to one
of its saves was lost.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from quizzes.kinds import Fields
from quizzes.models import Answer, Attempt
from quizzes.services.deadlines import is_over

MOST_KEPT = 8  # texts of other tabs; of more, the latest stay


class AnswerClosedError(Exception):
    """The try is graded or the attempt finished: it cannot change any more."""


class TimeOverError(AnswerClosedError):
    """The attempt's time is over, and so is its grace. What was saved before counts."""


class OutOfTurnError(AnswerClosedError):
    """The quiz asks in sequence, and this question was left already or is not reached yet."""


@dataclass(frozen=True)
class Sender:
    """The open page that sends a response: the name it was given, and the version of the answer it knows."""

    tab: str
    version: int


def save(answer: Answer, fields: Fields, now: datetime, *, sender: Sender | None = None) -> Answer:
    """Store a response as typed; its `others` tell whether there is something to pick from.

    Without a sender it simply replaces what is there. Raises AnswerClosedError.
    """
    with transaction.atomic():
        lock(answer, now)
        store(answer, fields, now, sender)
    answer.refresh_from_db()
    return answer


def take(answer: Answer, tab: str, now: datetime, *, sender: Sender | None = None) -> Answer:
    """Let the text of that other tab be the answer. Raises AnswerClosedError."""
    with transaction.atomic():
        lock(answer, now)
        stored = Answer.objects.get(pk=answer.pk)
        chosen = next((other for other in stored.others if other["tab"] == tab), None)
        if chosen is not None:
            store(answer, chosen["fields"], now, sender)
    answer.refresh_from_db()
    return answer


def let_go(answer: Answer, tab: str, now: datetime) -> Answer:
    """Give up the text of that other tab. Raises AnswerClosedError."""
    with transaction.atomic():
        lock(answer, now)
        stored = Answer.objects.get(pk=answer.pk)
        others = [other for other in stored.others if other["tab"] != tab]
        Answer.objects.unreleased().filter(pk=answer.pk).update(others=others)
    answer.refresh_from_db()
    return answer


def lock(answer: Answer, now: datetime) -> Attempt:
    """Hold the attempt until the transaction ends, so that finishing and answering cannot cross.

    Raises AnswerClosedError, which is a TimeOverError where the time is the reason.
    """
    held = Attempt.objects.select_for_update(of=("self",)).select_related("quiz")
    attempt = held.open().filter(pk=answer.attempt_id).first()
    if attempt is None:
        raise AnswerClosedError
    if is_over(attempt, now):
        raise TimeOverError
    if attempt.is_sequential and answer.position != attempt.position_in_turn():
        raise OutOfTurnError
    return attempt


def store(answer: Answer, fields: Fields, now: datetime, sender: Sender | None) -> bool:
    """Write a response while the attempt is locked; true when it put the text of another tab aside."""
    stored = Answer.objects.get(pk=answer.pk)
    typed = {name: list(texts) for name, texts in fields.items()}
    others = [other for other in stored.others if not _is_followed(other, typed, sender)]
    is_aside = sender is not None and _is_unseen(stored, typed, sender)
    if is_aside:
        saved_at = stored.saved_at.isoformat() if stored.saved_at else ""
        others.append({"tab": stored.tab, "saved_at": saved_at, "fields": stored.fields})
    mine = Answer.objects.unreleased().filter(pk=answer.pk, version=stored.version)
    if not mine.update(
        fields=typed,
        others=others[-MOST_KEPT:],
        tab=sender.tab if sender else "",
        saved_at=now,
        version=F("version") + 1,
    ):
        raise AnswerClosedError
    return is_aside


def _is_followed(other: dict[str, Any], typed: dict[str, list[str]], sender: Sender | None) -> bool:
    """Whether a text kept aside is what the sender's page held before, or is what it holds now."""
    return bool(other["fields"] == typed or (sender is not None and other["tab"] == sender.tab))


def _is_unseen(stored: Answer, typed: dict[str, list[str]], sender: Sender) -> bool:
    is_newer = stored.version > sender.version and stored.tab != sender.tab
    return is_newer and stored.is_answered and stored.fields != typed
