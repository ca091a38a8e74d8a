"""Handing in, and the life of a submission from then on: claim, renew, finish, give back, hand out anew.

    queued --claim--> running --finish--> graded
       ^                 |
       +---- the lease was lost, or nobody came ----+--> failed, our fault, at the third lost lease

What is queued for the first time its learner may take back: canceled.

Every step is one UPDATE that names the fence in its WHERE clause: two workers can never both win, and one
that lost its lease writes nothing. Times are passed in. `enqueue` hands a submission to the workers; it is
called inside the transaction that changes the row, so that neither exists without the other.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from accounts.models import User
from course.models import Act
from course.services import record_act
from labs.allowance import spent_before
from labs.models import (
    Challenge,
    Draft,
    DraftVersion,
    EarlierReport,
    Solution,
    Status,
    Submission,
    SubmissionQuerySet,
    Verdict,
    content_hash,
)
from labs.rubric import criteria_toml
from labs.showing import remeasure
from labs.solutions import Outcome, is_checked

Enqueue = Callable[[Submission], None]

LEASE = timedelta(seconds=15)
PATIENCE = timedelta(seconds=10)
"""How long a queued submission may wait for a worker before its message may be thought lost."""
LEASES_TO_LOSE = 3
UNFINISHED_LIMIT = 5
DRAFT_LIMIT = 100
VERSION_LIMIT = 50


class TooManyUnfinished(Exception):  # noqa: N818 - a state of the queue, told to the learner as it is
    """A learner has as many networks waiting to be graded as one may have."""


class TooManyDrafts(Exception):  # noqa: N818 - as above
    """A learner keeps as many drafts as one may."""


class ChallengeClosed(Exception):  # noqa: N818 - as above
    """The challenge takes no more networks."""


class TooManyVersions(Exception):  # noqa: N818 - as above
    """A draft has as many named versions as one may."""


def submit(
    learner: User,
    challenge: Challenge,
    source: str,
    *,
    token: UUID,
    now: datetime,
    enqueue: Enqueue,
    weights: list[Any] | None = None,
) -> Submission:
    """Hand in a text that reads, with the weights set by hand if there are any. The same form sent twice is
    one submission; where attempts are counted, the same network is.

    Raises TooManyUnfinished, ChallengeClosed, NoAttemptError; nothing is stored then.
    """
    network = content_hash(source, weights)
    sent = {"challenge": challenge, "token": token, "content_hash": network}
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        own = Submission.objects.for_learner(learner)
        if again := own.filter(**sent).first():
            return again
        if challenge.has_closed(now):
            raise ChallengeClosed
        criteria = criteria_toml(challenge.criteria.all())
        if again := spent_before(learner, challenge, network, criteria):
            return again
        if own.unfinished().count() >= UNFINISHED_LIMIT:
            raise TooManyUnfinished
        submission = Submission.objects.create(
            learner=learner,
            source=source,
            weights=weights,
            criteria=criteria,
            created_at=now,
            queued_at=now,
            due_at=now + PATIENCE,
            **sent,
        )
        enqueue(submission)
    return submission


def keep_draft(
    learner: User, draft: Draft | None, title: str, source: str, weights: list[Any] | None = None
) -> Draft:
    """Store a text as `draft`, which keeps the weights it has, or as a new one with these. Raises
    TooManyDrafts.
    """
    if draft is not None:
        draft.title, draft.source = title, source
        draft.save(update_fields=["title", "source", "updated_at"])
        return draft
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        if Draft.objects.for_learner(learner).count() >= DRAFT_LIMIT:
            raise TooManyDrafts
        return Draft.objects.create(learner=learner, title=title, source=source, weights=weights)


def keep_version(draft: Draft, name: str, now: datetime) -> DraftVersion:
    """Keep the draft as it is now under a name. Raises TooManyVersions."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=draft.learner_id)
        if draft.versions.count() >= VERSION_LIMIT:
            raise TooManyVersions
        return draft.versions.create(name=name, source=draft.source, weights=draft.weights, created_at=now)


def go_back(draft: Draft, version: DraftVersion) -> None:
    """The draft says again what a version of it says."""
    draft.source, draft.weights = version.source, version.weights
    draft.save()


def share(draft: Draft, *, is_shared: bool) -> None:
    """Give the draft an address that everybody may read, or take it away; a new one is never the old one."""
    draft.shared_as = uuid4() if is_shared else None
    draft.save(update_fields=["shared_as"])


def cancel(pk: UUID) -> bool:
    """Take back a submission that still waits. False: its grading has begun, and nothing was changed.

    The form it was sent with may be sent again: it would be another submission.
    """
    waiting = Submission.objects.filter(pk=pk).cancelable()
    return bool(waiting.update(status=Status.CANCELED, fence=F("fence") + 1, token=uuid4()))


def claim(pk: UUID, fence: int, now: datetime) -> Submission | None:
    """Take a queued submission to grade it; None when it was handed out anew, taken or finished meanwhile."""
    claimed = Submission.objects.filter(pk=pk, fence=fence, status=Status.QUEUED).update(
        status=Status.RUNNING, lease_until=now + LEASE
    )
    return Submission.objects.get(pk=pk) if claimed else None


def renew(pk: UUID, fence: int, now: datetime) -> bool:
    """Say that the grading is alive. False: the lease was lost, stop."""
    return bool(_held(pk, fence).update(lease_until=now + LEASE))


def finish(pk: UUID, fence: int, report: Mapping[str, Any], now: datetime) -> bool:
    """Store the report, once. False: somebody else grades it now, and nothing was written."""
    verdict = Verdict(report["verdict"])
    with transaction.atomic():
        stored = _held(pk, fence).update(
            status=Status.GRADED,
            verdict=verdict,
            report=report,
            points=report["points"],
            points_possible=report["possible"],
            graded_at=now,
            lease_until=None,
            fault="",
        )
        if stored:
            remeasure(pk)
        if stored and verdict == Verdict.PASSED:
            record_pass(pk)
    return bool(stored)


def give_back(pk: UUID, fence: int, fault: str, now: datetime, enqueue: Enqueue) -> bool:
    """The grading broke down through no fault of the learner: as if the lease had been lost."""
    submission = _held(pk, fence).first()
    return submission is not None and hand_out_again(submission, now, enqueue, fault)


def regrade(submission: Submission, now: datetime, enqueue: Enqueue) -> bool:
    """Grade a finished submission again by the criteria it was sent under; the report it had is kept."""
    with transaction.atomic():
        finished = Submission.objects.filter(pk=submission.pk, fence=submission.fence)
        requeued = finished.filter(status__in=(Status.GRADED, Status.FAILED)).update(
            status=Status.QUEUED,
            fence=submission.fence + 1,
            lost_leases=0,
            queued_at=now,
            due_at=now + PATIENCE,
            verdict="",
            points=None,
            report=None,
            graded_at=None,
            fault="",
        )
        if requeued:
            if submission.report is not None:
                keep_report(submission, now)
            submission.refresh_from_db()
            enqueue(submission)
    return bool(requeued)


def hold_until_checked(challenge: Challenge, enqueue: Callable[[Challenge], None]) -> None:
    """Publish a challenge as soon as its author's solutions are found to do what they should."""
    with transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(is_published=False, publishes_when_checked=True)
        challenge.is_published, challenge.publishes_when_checked = False, True
        enqueue(challenge)


def keep_finding(solution: Solution, outcome: Outcome, checked: str) -> None:
    """Note what came of one of the author's solutions, unless it was changed or deleted meanwhile."""
    same = Solution.objects.filter(pk=solution.pk, source=solution.source, misses=solution.misses)
    same.update(is_as_meant=outcome.is_as_meant, finding=outcome.told, checked=checked)


def publish_if_checked(challenge: Challenge) -> bool:
    """The end of a check: what waited for it is published when every solution does what it should."""
    if not is_checked(challenge):
        return False
    waiting = Challenge.objects.filter(pk=challenge.pk, publishes_when_checked=True)
    return bool(waiting.update(is_published=True, publishes_when_checked=False))


def _held(pk: UUID, fence: int) -> SubmissionQuerySet:
    return Submission.objects.filter(pk=pk, fence=fence, status=Status.RUNNING)


def hand_out_again(submission: Submission, now: datetime, enqueue: Enqueue, fault: str) -> bool:
    """Queue it once more, or give up. The WHERE clause repeats all that was seen.

    The fence shuts out a worker that held it. What nobody held keeps its fence and its place, so that the
    message that waits stays good, and is given twice the time before it is sent once more.
    """
    was_held = submission.status == Status.RUNNING
    lost = submission.lost_leases + was_held
    queued_at = now if was_held else submission.queued_at
    is_lost_cause = lost >= LEASES_TO_LOSE
    with transaction.atomic():
        changed = Submission.objects.filter(
            pk=submission.pk,
            fence=submission.fence,
            status=submission.status,
            lease_until=submission.lease_until,
            due_at=submission.due_at,
        ).update(
            status=Status.FAILED if is_lost_cause else Status.QUEUED,
            fence=submission.fence + was_held,
            lost_leases=lost,
            lease_until=None,
            queued_at=queued_at,
            due_at=now + max(PATIENCE, now - queued_at),
            fault=fault,
        )
        if changed and not is_lost_cause:
            submission.refresh_from_db()
            enqueue(submission)
    return bool(changed)


def keep_report(submission: Submission, now: datetime) -> EarlierReport:
    """Lay aside the report that a submission has, before another takes its place."""
    return EarlierReport.objects.create(
        submission=submission,
        criteria=submission.criteria,
        verdict=submission.verdict,
        points=submission.points,
        points_possible=submission.points_possible,
        report=submission.report,
        graded_at=submission.graded_at,
        replaced_at=now,
    )


def record_pass(pk: UUID) -> None:
    """A passed challenge counts in its lesson."""
    submission = Submission.objects.select_related("learner", "challenge__lesson").get(pk=pk)
    record_act(submission.learner, submission.challenge.lesson, Act.Name.CHALLENGE_PASSED)
