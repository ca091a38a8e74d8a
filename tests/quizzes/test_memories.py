"""What a regrade does to the memory of skills: as if it had been graded so at once, and the way back."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from course.models import Course, Skill
from quizzes import memories, regrading
from quizzes.models import Answer, Attempt, Card, Question, Quiz, Regrade, Review
from quizzes.policies import Release
from quizzes.services import check, finish, practice_set, remember_released, save_question, skills_of, start
from quizzes.services.memory import recall
from tests.quizzes.conftest import NOW, MakeQuestion
from tests.quizzes.test_memory import answered, skilled
from tests.quizzes.test_regrading import everything

__all__ = ["skilled"]
pytestmark = [pytest.mark.django_db, pytest.mark.data]

DAYS = [NOW + timedelta(days=days) for days in (0, 3, 10)]
LATER = NOW + timedelta(days=20)


@pytest.fixture
def number(quiz: Quiz, make_question: MakeQuestion) -> Question:
    course = Course.objects.create(slug="c", title="C")
    skill = Skill.objects.create(course=course, slug="counting", title="counting")
    return make_question("numeric", {"answer": 124}, title="How many", skill=skill)


def took(person: User, quiz: Quiz, said: str, at: datetime) -> Attempt:
    attempt = start(person, quiz, at)
    check(attempt.answers.get(), {"answer": [said]}, at)
    return finish(attempt, at)


def rekey(question: Question, answer: int) -> None:
    question.data = {"answer": answer}
    save_question(question)


def dry_run(question: Question, by: User, rule: str = Regrade.Rule.KEY) -> Regrade:
    return regrading.start(
        question.quiz, question, rule, "Why.", by, never_lower=False, now=LATER, enqueue=lambda _: None
    )  # fmt: skip


def state(person: User) -> tuple[object, ...]:
    card = Card.objects.get(learner=person)
    return card.stability, card.difficulty, card.reviewed_at, card.due_at, recall(card, LATER)


def test_a_card_is_what_the_new_marks_would_have_made_of_it(
    quiz: Quiz, number: Question, learner: User, other_learner: User, author: User
) -> None:
    for said, at in zip(("120", "124", "120"), DAYS, strict=True):
        took(learner, quiz, said, at)
    rekey(number, 120)
    for said, at in zip(("120", "124", "120"), DAYS, strict=True):
        took(other_learner, quiz, said, at)
    predicted = list(Review.objects.for_learner(learner).values_list("predicted", flat=True))
    assert state(learner) != state(other_learner)
    before = everything()
    regrade = dry_run(number, author)
    assert regrading.cards_that_follow(regrade) == (1, 0)
    assert everything() == before
    assert regrading.commit(regrade, author, LATER)
    assert state(learner) == state(other_learner)
    assert list(Review.objects.for_learner(learner).values_list("predicted", flat=True)) == predicted
    standing = skills_of(learner, LATER)[0]
    assert [one.words for one in standing.results] == ["right"]
    assert regrading.undo(regrade, author, LATER) == 0
    assert everything() == before


@pytest.mark.parametrize("rule", [Regrade.Rule.VOID, Regrade.Rule.GIVEN])
def test_what_says_nothing_of_its_learner_leaves_the_history(
    rule: str, quiz: Quiz, number: Question, learner: User, author: User
) -> None:
    took(learner, quiz, "120", NOW)
    before = everything()
    regrade = dry_run(number, author, rule)
    regrading.commit(regrade, author, LATER)
    card = Card.objects.get()
    assert (card.stability, card.due_at, card.reviews.count()) == (None, None, 0)
    regrading.undo(regrade, author, LATER)
    assert everything() == before


def test_what_was_answered_since_is_kept_when_a_regrade_is_undone(
    quiz: Quiz, number: Question, learner: User, other_learner: User, author: User
) -> None:
    took(learner, quiz, "124", DAYS[0])
    took(other_learner, quiz, "124", DAYS[0])
    rekey(number, 120)
    regrade = dry_run(number, author)
    regrading.commit(regrade, author, DAYS[1])
    regrading.undo(regrade, author, DAYS[1])
    assert state(learner) == state(other_learner)
    second = dry_run(number, author)
    regrading.commit(second, author, DAYS[1])
    took(learner, quiz, "120", DAYS[2])
    took(other_learner, quiz, "124", DAYS[2])
    regrading.undo(second, author, LATER)
    ratings = list(
        Review.objects.for_learner(learner).order_by("reviewed_at").values_list("rating", flat=True)
    )
    assert ratings == [Review.Rating.GOOD, Review.Rating.GOOD]
    Review.objects.for_learner(other_learner).order_by("reviewed_at").update(rating=Review.Rating.GOOD)
    theirs = Card.objects.get(learner=other_learner)
    memories.fold(theirs, [(Review.Rating.GOOD, DAYS[0]), (Review.Rating.GOOD, DAYS[2])])
    theirs.save()
    assert state(learner) == state(other_learner)


def test_an_undo_that_leaves_an_attempt_alone_leaves_its_review_alone(
    quiz: Quiz, number: Question, learner: User, author: User
) -> None:
    took(learner, quiz, "120", NOW)
    first = dry_run(number, author, Regrade.Rule.VOID)
    regrading.commit(first, author, LATER)
    rekey(number, 120)
    second = dry_run(number, author)
    regrading.commit(second, author, LATER)
    assert regrading.undo(first, author, LATER) == 1
    assert Review.objects.count() == 0


def test_a_card_whose_history_was_deleted_in_part_stays(
    quiz: Quiz, number: Question, learner: User, author: User
) -> None:
    lost = took(learner, quiz, "120", DAYS[0])
    took(learner, quiz, "120", DAYS[1])
    lost.delete()
    held = state(learner)
    rekey(number, 120)
    regrade = dry_run(number, author)
    assert regrading.cards_that_follow(regrade) == (0, 1)
    regrading.commit(regrade, author, LATER)
    assert state(learner) == held
    regrade.refresh_from_db()
    assert regrade.memories == {}


def test_what_practice_asked_is_graded_again_too(skilled: Quiz, learner: User, author: User) -> None:
    drawn = skilled.questions.filter(kind="parameter_count")[0]
    made = practice_set(learner, drawn, NOW)
    for answer in made.answers.all():
        answered(answer, NOW, certainty=3)
    finish(made, NOW)
    # As if the key had been computed amiss when the numbers were drawn.
    for answer in made.answers.all():
        answer.variant["answers"][0]["value"] = 1
        answer.state, answer.points, answer.fraction = Answer.State.NOT_YET, 0, 0
        answer.save()
    Attempt.objects.filter(pk=made.pk).update(points=0)
    before = everything()
    regrade = dry_run(drawn, author)
    trial = regrade.trials.get()
    assert (trial.attempt, trial.change, trial.impossible) == (made, "raised", [])
    regrading.commit(regrade, author, LATER)
    assert {answer.state for answer in made.answers.all()} == {Answer.State.RIGHT}
    regrading.undo(regrade, author, LATER)
    assert everything() == before


def test_a_withheld_answer_that_no_longer_counts_moves_no_card(
    quiz: Quiz, number: Question, learner: User, author: User
) -> None:
    quiz.scores_release, quiz.closes_at = Release.CLOSE, NOW + timedelta(hours=1)
    quiz.save()
    took(learner, quiz, "120", NOW)
    regrading.commit(dry_run(number, author, Regrade.Rule.VOID), author, NOW)
    assert remember_released(NOW + timedelta(hours=2)) == 0
    assert not Review.objects.exists()
