"""Questions drawn for one learner beside the quizzes: more of one question, and reviews of what is due.

Both are attempts without a quiz. They are answered, checked and finished as any other, with new numbers, and
count for no quiz.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q

from accounts.models import User
from quizzes.models import Answer, Attempt, Card, Question, QuestionQuerySet
from quizzes.services.attempts import NothingToAskError
from quizzes.services.variants import deal

SET = 3  # questions of a set for practice
MOST_REVIEWS = 10  # in one sitting; what is left waits for the next
SECONDS_EACH = 40


def practice_question(learner: User, question: Question, now: datetime) -> Question | None:
    """The question that gives more like this one: itself if it draws its numbers, else one of its skill."""
    open_ = Question.objects.for_practice_of(learner, now)
    found = open_.filter(pk=question.pk).first()
    if found is None and question.skill_id is not None:
        found = _least_recent(learner, open_.filter(skill=question.skill_id)).first()
    return found


def practice_set(learner: User, question: Question, now: datetime) -> Attempt:
    """The learner's open set for practice of this question, made now if there is none.

    Raises NothingToAskError when nothing like it can be drawn for the learner.
    """
    like = practice_question(learner, question, now)
    if like is None:
        raise NothingToAskError
    mine = Attempt.objects.for_learner(learner).open().filter(practice_of=like)
    begun = mine.first()
    if begun is not None:
        return begun
    fresh = Attempt(learner=learner, purpose=Attempt.Purpose.PRACTICE, practice_of=like, started_at=now)
    try:
        return _store(fresh, [like] * SET)
    except IntegrityError:  # another request of the same learner was first
        return mine.get()


def review(learner: User, now: datetime) -> Attempt:
    """The learner's open review, or else one of the skills that are due. Raises NothingToAskError."""
    mine = Attempt.objects.for_learner(learner).open().filter(purpose=Attempt.Purpose.REVIEW)
    begun = mine.first()
    if begun is not None:
        return begun
    drawn = draws(learner, now)
    due = [card for card in Card.objects.for_learner(learner).due(now) if card.skill_id in drawn]
    fresh = Attempt(learner=learner, purpose=Attempt.Purpose.REVIEW, started_at=now)
    try:
        return _store(fresh, [drawn[card.skill_id] for card in due[:MOST_REVIEWS]])
    except IntegrityError:
        return mine.get()


def draws(learner: User, now: datetime) -> dict[int, Question]:
    """The question to ask next for every skill that can be reviewed: the one not asked for longest."""
    found: dict[int, Question] = {}
    open_ = Question.objects.for_practice_of(learner, now).filter(skill__isnull=False)
    for question in _least_recent(learner, open_):
        found.setdefault(question.skill_id or 0, question)
    return found


def _least_recent(learner: User, questions: QuestionQuerySet) -> QuestionQuerySet:
    asked_at = Max("answers__graded_at", filter=Q(answers__attempt__learner=learner))
    recent = questions.annotate(asked_at=asked_at).select_related("quiz")
    return recent.order_by(F("asked_at").asc(nulls_first=True), "quiz__lesson__position", "position", "pk")


def _store(attempt: Attempt, questions: list[Question]) -> Attempt:
    answers: list[Answer] = []
    for question in questions:
        names = {answer.variant_name for answer in answers}
        answer = deal(attempt, question, len(answers) + 1, avoid=names)
        if answer is not None:
            answers.append(answer)
    if not answers:
        raise NothingToAskError
    with transaction.atomic():
        attempt.save(force_insert=True)
        Answer.objects.bulk_create(answers)
    return attempt
