"""Questions out of a file of another program, in three steps: the file is kept, looked at, and taken.

Taking puts the chosen questions into a quiz in one transaction. For a day it can be undone, unless an attempt
has asked one of them or somebody has edited one. What waits belongs to its author and is tidied away.
"""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from accounts.models import User
from quizzes.interchange import FORMATS, FileError, Item, decode, recognized
from quizzes.interchange import Question as Read
from quizzes.models import Question, QuestionImport, Quiz
from quizzes.services import save_question, save_quiz

KEPT = timedelta(days=7)
UNDONE_WITHIN = timedelta(hours=24)
MOST_DRAFTS = 5  # of one author; of more, the latest stay
LONGEST_SLUG = 80
NO_NAME = "questions"
_STRANGE = re.compile(r"[^\w .()+-]+")
State = QuestionImport.State


class NotTakenError(Exception):
    """The questions were not taken, or not taken back; nothing was changed. The message says why."""


def clean_name(name: str) -> str:
    """A file's name without folders and strange signs, short enough to be shown."""
    last = re.split(r"[\\/]", name)[-1]
    return _STRANGE.sub("_", last).strip(" .")[-80:] or NO_NAME


def receive(author: User, name: str, content: bytes, form: str, now: datetime) -> QuestionImport:
    """Keep a file as a draft; `form` is a format's name, or empty to recognize it. Raises FileError."""
    text = decode(content)
    found = form or recognized(text)
    FORMATS[found].read(text)  # a file that cannot be read at all is not kept
    tidy(now)
    with transaction.atomic():
        draft = QuestionImport.objects.create(
            author=author, file_name=clean_name(name), format=found, text=text, created_at=now
        )
        drafts = QuestionImport.objects.for_author(author).filter(state=State.DRAFT)
        stay = drafts.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST_DRAFTS]
        drafts.exclude(pk__in=list(stay)).delete()
    return draft


def tidy(now: datetime) -> None:
    """Forget drafts that nobody took, and the texts of those that can no longer be undone."""
    QuestionImport.objects.filter(state=State.DRAFT, created_at__lt=now - KEPT).delete()
    QuestionImport.objects.exclude(state=State.DRAFT).filter(taken_at__lt=now - KEPT).update(text="")


def items(draft: QuestionImport) -> list[Item]:
    """What the file holds, each question with its problems; empty once the text is tidied away."""
    if not draft.text:
        return []
    try:
        return FORMATS[draft.format].read(draft.text)
    except FileError:  # a later reader may refuse what this one took
        return []


def take(
    draft: QuestionImport, numbers: Collection[int], quiz: Quiz | None, title: str, now: datetime
) -> Quiz:
    """Put the questions with these numbers, counted from 1, into the quiz, or into a new one of that title.

    Raises NotTakenError; nothing is stored then.
    """
    chosen = [
        item.question for number, item in enumerate(items(draft), 1) if number in numbers and item.question
    ]
    if not chosen:
        raise NotTakenError("Choose at least one question.")
    with transaction.atomic():
        waiting = QuestionImport.objects.filter(pk=draft.pk, state=State.DRAFT)
        if not waiting.update(state=State.TAKEN, taken_at=now):
            raise NotTakenError("Questions of this file were taken already. Bring the file again for more.")
        target = quiz or _new_quiz(title)
        # One import into a quiz at a time, so that places and slugs stay apart.
        Quiz.objects.select_for_update().get(pk=target.pk)
        made = [_add(target, read) for read in chosen]
        QuestionImport.objects.filter(pk=draft.pk).update(quiz=target, made_quiz=quiz is None, questions=made)
    draft.refresh_from_db()
    return target


def undo(taken: QuestionImport, now: datetime) -> None:
    """Take the questions back, and the quiz that was made for them. Raises NotTakenError."""
    with transaction.atomic():
        mine = QuestionImport.objects.filter(pk=taken.pk, state=State.TAKEN)
        if not mine.update(state=State.UNDONE, undone_at=now):
            raise NotTakenError("It is undone already.")
        if taken.taken_at is None or now - taken.taken_at > UNDONE_WITHIN:
            raise NotTakenError("It was taken more than 24 hours ago. Delete the questions one by one.")
        questions = list(Question.objects.select_for_update(of=("self",)).filter(pk__in=taken.questions))
        if reasons := [reason for one in questions if (reason := _why_it_stays(one))]:
            raise NotTakenError(" ".join(reasons))
        Question.objects.filter(pk__in=[one.pk for one in questions]).delete()
        quiz = taken.quiz
        if taken.made_quiz and quiz and not quiz.questions.exists() and not quiz.attempts.exists():
            quiz.delete()
    taken.refresh_from_db()


def discard(draft: QuestionImport) -> None:
    """Forget a file of which nothing was taken."""
    QuestionImport.objects.filter(pk=draft.pk, state=State.DRAFT).delete()


def _why_it_stays(question: Question) -> str:
    if question.answers.exists():
        return f"An attempt has asked “{question.title}”."
    if question.version > 1:
        return f"“{question.title}” was edited since."
    return ""


def _new_quiz(title: str) -> Quiz:
    """Unpublished, so that nobody meets it before its author looked."""
    quiz = Quiz(title=title, slug=_free(title, "quiz", set(Quiz.objects.values_list("slug", flat=True))))
    save_quiz(quiz)
    return quiz


def _add(quiz: Quiz, read: Read) -> int:
    last = quiz.questions.aggregate(Max("position"))["position__max"] or 0
    taken = set(quiz.questions.values_list("slug", flat=True))
    question = Question(
        quiz=quiz,
        slug=_free(read.title, "question", taken),
        position=last + 1,
        kind=read.kind,
        title=read.title,
        prompt=read.prompt,
        data=read.data,
        explanation=read.explanation,
        points=read.points,
    )
    try:
        question.full_clean()
        save_question(question)
    except ValidationError as error:
        raise NotTakenError(f"“{read.title}” cannot be taken: {' '.join(error.messages)}") from error
    return int(question.pk)


def _free(title: str, fallback: str, taken: Collection[str]) -> str:
    """A slug of the title that is not taken yet."""
    base = slugify(title)[: LONGEST_SLUG - 5].strip("-") or fallback
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
