"""Showing one's network on a challenge's board, and taking it off again."""

from random import Random
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from labs.measures import measured
from labs.models import BoardEntry, Challenge, Submission
from labs.pseudonyms import drawn, fault_of

TAKEN = "Somebody on this board is called so. Choose another name."


class PseudonymFault(ValueError):  # noqa: N818 - told to the person as it is
    """A name that cannot stand on this board, as a sentence."""


def may_see(challenge: Challenge, user: object) -> bool:
    """Whether somebody sees the networks on a board. It must not be off."""
    if challenge.board == Challenge.Board.OPEN:
        return True
    if not isinstance(user, User):
        return False
    own = Submission.objects.for_learner(user).filter(challenge=challenge)
    return user.has_perm("labs.view_submission") or own.passed().exists()


def show(submission: Submission, pseudonym: str, random: Random) -> BoardEntry:
    """Put a passed submission on its challenge's board in place of the one that its learner showed.

    Without a `pseudonym` the name that stands there stays, or one is drawn. Raises PseudonymFault.
    """
    learner, challenge = submission.learner, submission.challenge
    others = BoardEntry.objects.filter(challenge=challenge).exclude(learner=learner)
    taken = {name.lower() for name in others.values_list("pseudonym", flat=True)}
    before = BoardEntry.objects.filter(challenge=challenge, learner=learner).first()
    name = " ".join(pseudonym.split()) or (before.pseudonym if before else drawn(taken, random))
    if fault := fault_of(name, learner):
        raise PseudonymFault(fault)
    if name.lower() in taken:
        raise PseudonymFault(TAKEN)
    figures = measured(submission)
    values = {
        "submission": submission,
        "pseudonym": name,
        "accuracy": figures.accuracy,
        "parameters": figures.parameters or 0,
        "epochs": figures.epochs,
    }
    try:
        with transaction.atomic():
            entry, _ = BoardEntry.objects.update_or_create(
                learner=learner, challenge=challenge, defaults=values
            )
    except IntegrityError as error:  # somebody took the name between the look and the write
        raise PseudonymFault(TAKEN) from error
    return entry


def hide(learner: User, challenge: Challenge) -> None:
    """Take a learner's network off a board; nothing of it is kept there."""
    BoardEntry.objects.for_learner(learner).filter(challenge=challenge).delete()


def remeasure(pk: UUID) -> None:
    """Bring a board up to date with a submission that was graded again."""
    entry = BoardEntry.objects.filter(submission=pk).select_related("submission").first()
    if entry is not None:
        figures = measured(entry.submission)
        entry.accuracy, entry.epochs = figures.accuracy, figures.epochs
        entry.save(update_fields=["accuracy", "epochs"])
