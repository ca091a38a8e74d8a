"""What a regrade does to the memory of skills: a card is a fold over its reviews, so it is folded anew.

An answer that changes sides is rated anew; one that says nothing of its learner any more (points for
everybody, does not count) leaves the history. What was predicted before an answer stays: it was predicted. A
card whose reviews no longer give what it holds, because answers were deleted, is left as it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from quizzes.models import Answer, Card, Review
from quizzes.services.memory import fold, rating_of

Picture = dict[str, Any]
_Affected = tuple[Card, list[Review], dict[int, int | None]]


def outlook(states: Mapping[int, str]) -> tuple[int, int]:
    """How many cards would follow answers that come to these states, and how many should and cannot."""
    whole = [_is_whole(card, reviews) for card, reviews, _ in _affected(_of(states).distinct(), states)]
    return sum(whole), len(whole) - sum(whole)


def follow(states: Mapping[int, str]) -> dict[str, Any]:
    """Let the cards follow answers that have come to these states, in the transaction that gives them these.

    Returns each card that moved, before and after, by primary key.
    """
    return {
        str(card.pk): {"before": _picture(card, reviews), "after": _folded(card, reviews, new)}
        for card, reviews, new in _affected(_locked(_of(states)), states)
        if _is_whole(card, reviews)
    }


def give_back(moved: Mapping[str, Any], answers: Collection[int]) -> None:
    """Undo what `follow` did, for these answers. Where nothing came since, every byte is as it was; what was
    answered since is folded in.
    """
    for card in _locked(Card.objects.filter(pk__in=[int(pk) for pk in moved])):
        held = moved[str(card.pk)]
        is_as_left = _picture(card, _history(card)) == held["after"]
        was = {row["answer"]: row for row in held["before"]["reviews"]}
        for pk, row in was.items():
            if pk in answers and Answer.objects.filter(pk=pk).exists():
                _write_review(card, row)
        reviews = _history(card)
        if is_as_left and len(reviews) == len(was) and all(pk in answers for pk in _changed(held)):
            _write_card(card, held["before"])
        else:
            _folded(card, reviews, {})


def _of(answers: Collection[int]) -> QuerySet[Card]:
    return Card.objects.filter(reviews__answer__in=list(answers))


def _affected(cards: Iterable[Card], states: Mapping[int, str]) -> Iterator[_Affected]:
    """Cards of which a review is rated otherwise in these states, their reviews, and the new ratings."""
    for card in cards:
        reviews = _history(card)
        new = {one.pk: _rated(one, states) for one in reviews if one.answer_id in states}
        if any(new.get(one.pk, one.rating) != one.rating for one in reviews):
            yield card, reviews, new


def _rated(review: Review, states: Mapping[int, str]) -> int | None:
    """How the answer is rated now; None when it says nothing of its learner."""
    review.answer.state = states[review.answer_id]
    says_nothing = review.answer.state in (Answer.State.GIVEN, Answer.State.VOID)
    return None if says_nothing else int(rating_of(review.answer))


def _folded(card: Card, reviews: Iterable[Review], new: Mapping[int, int | None]) -> Picture:
    """Give reviews these ratings, drop those with none, and fold what is left into the card."""
    kept = []
    for review in reviews:
        rating = new.get(review.pk, review.rating)
        if rating is None:
            Review.objects.filter(pk=review.pk).delete()
            continue
        if rating != review.rating:
            review.rating = rating
            review.save(update_fields=["rating"])
        kept.append(review)
    fold(card, [(Review.Rating(one.rating), one.reviewed_at) for one in kept])
    card.save()
    return _picture(card, kept)


def _is_whole(card: Card, reviews: Iterable[Review]) -> bool:
    again = Card(pk=card.pk)
    fold(again, [(Review.Rating(one.rating), one.reviewed_at) for one in reviews])
    return _numbers(again) == _numbers(card)


def _locked(cards: QuerySet[Card]) -> QuerySet[Card]:
    # In the order of their keys, so that two regrades wait for each other and never in a circle.
    return Card.objects.select_for_update().filter(pk__in=cards.values("pk")).order_by("pk")


def _history(card: Card) -> list[Review]:
    return list(card.reviews.select_related("answer").order_by("reviewed_at", "pk"))


def _numbers(card: Card) -> Picture:
    times = {"reviewed_at": card.reviewed_at, "due_at": card.due_at}
    said = {name: at.isoformat() if at else None for name, at in times.items()}
    return {"stability": card.stability, "difficulty": card.difficulty, **said}


def _picture(card: Card, reviews: Iterable[Review]) -> Picture:
    rows = [
        {
            "pk": one.pk,
            "answer": one.answer_id,
            "rating": int(one.rating),
            "predicted": one.predicted,
            "reviewed_at": one.reviewed_at.isoformat(),
        }
        for one in reviews
    ]
    return _numbers(card) | {"reviews": rows}


def _changed(held: Mapping[str, Any]) -> set[int]:
    """The answers whose reviews a regrade changed."""
    after = {row["answer"]: row["rating"] for row in held["after"]["reviews"]}
    return {row["answer"] for row in held["before"]["reviews"] if after.get(row["answer"]) != row["rating"]}


def _write_review(card: Card, row: Mapping[str, Any]) -> None:
    values = {"card": card, "rating": row["rating"], "predicted": row["predicted"]}
    values["reviewed_at"] = datetime.fromisoformat(row["reviewed_at"])
    Review.objects.update_or_create(
        answer_id=row["answer"], defaults=values, create_defaults=values | {"pk": row["pk"]}
    )


def _write_card(card: Card, values: Mapping[str, Any]) -> None:
    card.stability, card.difficulty = values["stability"], values["difficulty"]
    for name in ("reviewed_at", "due_at"):
        setattr(card, name, datetime.fromisoformat(values[name]) if values[name] else None)
    card.save()
