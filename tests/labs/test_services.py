"""The life of a submission: handed in once, claimed once, finished once, never lost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from labs import services
from labs.models import Challenge, Status, Submission, Verdict
from labs.sweeping import sweep
from tests.conftest import MakeUser
from tests.labs.conftest import GOOD, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.data]

REPORT = {"verdict": "passed", "points": 3, "possible": 3, "rows": []}
SECOND = timedelta(seconds=1)


class Queue(list[tuple[UUID, int]]):
    """Where `enqueue` writes: which submission was handed out, at which fence."""

    def __call__(self, submission: Submission) -> None:
        self.append((submission.pk, submission.fence))


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def submission(learner: User, challenge: Challenge, queue: Queue) -> Submission:
    return hand_in(learner, challenge, queue)


def hand_in(learner: User, challenge: Challenge, queue: Queue, source: str = GOOD, token: UUID | None = None):
    return services.submit(learner, challenge, source, token=token or uuid4(), now=NOW, enqueue=queue)


def test_submit_writes_the_row_and_hands_it_out(submission: Submission, queue: Queue) -> None:
    assert queue == [(submission.pk, 0)]
    assert submission.status == Status.QUEUED
    assert submission.criteria == (
        '[[criterion]]\nkind = "layers"\npoints = 2\nwant = ["Dense", "Dense", "Dense"]\n\n'
        '[[criterion]]\nkind = "parameters"\npoints = 1\nat_most = 124\n'
    )


def test_the_same_form_sent_twice_is_one_submission(
    learner: User, challenge: Challenge, queue: Queue
) -> None:
    token = uuid4()
    first = hand_in(learner, challenge, queue, token=token)
    assert hand_in(learner, challenge, queue, token=token) == first
    assert len(queue) == 1


def test_the_same_form_with_another_text_is_another_submission(
    learner: User, challenge: Challenge, queue: Queue
) -> None:
    token = uuid4()
    hand_in(learner, challenge, queue, token=token)
    hand_in(learner, challenge, queue, GOOD + "# again\n", token)
    assert len(queue) == 2


def test_nothing_is_stored_when_handing_out_fails(learner: User, challenge: Challenge) -> None:
    def broken(submission: Submission) -> None:
        raise RuntimeError("no queue")

    with pytest.raises(RuntimeError, match="no queue"):
        services.submit(learner, challenge, GOOD, token=uuid4(), now=NOW, enqueue=broken)
    assert not Submission.objects.exists()


def test_a_learner_cannot_fill_the_queue(
    learner: User, other_learner: User, challenge: Challenge, queue: Queue
) -> None:
    for _ in range(services.UNFINISHED_LIMIT):
        last = hand_in(learner, challenge, queue)
    with pytest.raises(services.TooManyUnfinished):
        hand_in(learner, challenge, queue)
    hand_in(other_learner, challenge, queue)
    services.claim(last.pk, 0, NOW)
    services.finish(last.pk, 0, REPORT, NOW)
    hand_in(learner, challenge, queue)


def test_only_one_claim_wins(submission: Submission) -> None:
    claimed = services.claim(submission.pk, 0, NOW)
    assert claimed is not None
    assert claimed.lease_until == NOW + services.LEASE
    assert services.claim(submission.pk, 0, NOW) is None


def test_an_old_message_does_nothing(submission: Submission) -> None:
    assert services.claim(submission.pk, 7, NOW) is None
    assert services.claim(uuid4(), 0, NOW) is None


def test_finish_stores_the_report_once(submission: Submission) -> None:
    services.claim(submission.pk, 0, NOW)
    assert services.finish(submission.pk, 0, REPORT, NOW)
    assert not services.finish(submission.pk, 0, {**REPORT, "points": 0}, NOW)
    submission.refresh_from_db()
    assert (submission.status, submission.verdict) == (Status.GRADED, Verdict.PASSED)
    assert (submission.points, submission.points_possible, submission.graded_at) == (3, 3, NOW)


def test_renewing_moves_the_lease(submission: Submission) -> None:
    services.claim(submission.pk, 0, NOW)
    assert services.renew(submission.pk, 0, NOW + 5 * SECOND)
    submission.refresh_from_db()
    assert submission.lease_until == NOW + 5 * SECOND + services.LEASE


def test_the_sweep_leaves_alone_what_is_in_good_hands(submission: Submission, queue: Queue) -> None:
    assert sweep(NOW + 9 * SECOND, queue) == 0
    services.claim(submission.pk, 0, NOW + 9 * SECOND)
    assert sweep(NOW + 23 * SECOND, queue) == 0
    services.finish(submission.pk, 0, REPORT, NOW + 23 * SECOND)
    assert sweep(NOW + 999 * SECOND, queue) == 0
    assert len(queue) == 1


def test_what_nobody_claims_is_handed_out_anew_without_counting_as_lost(
    submission: Submission, queue: Queue
) -> None:
    for wait in (1, 2, 4, 8, 16):  # each time it is given twice as long
        assert sweep(NOW + wait * services.PATIENCE, queue) == 1
        assert sweep(NOW + (2 * wait) * services.PATIENCE - SECOND, queue) == 0
    submission.refresh_from_db()
    assert (submission.status, submission.fence, submission.lost_leases) == (Status.QUEUED, 0, 0)
    assert queue == [(submission.pk, 0)] * 6
    assert submission.queued_at == NOW
    assert services.claim(submission.pk, 0, NOW) is not None
    assert services.claim(submission.pk, 0, NOW) is None


def line_of(
    learner: User, challenge: Challenge, queue: Queue, make_user: MakeUser, length: int
) -> list[Submission]:
    """So many submissions of many learners, a second apart."""
    line = []
    for place in range(length):
        one = hand_in(make_user(f"learner-{place}"), challenge, queue)
        Submission.objects.filter(pk=one.pk).update(queued_at=NOW + place * SECOND)
        line.append(one)
    return line


def test_a_long_queue_that_moves_is_not_sent_again(
    learner: User, challenge: Challenge, queue: Queue, make_user: MakeUser
) -> None:
    line = line_of(learner, challenge, queue, make_user, 30)
    sent = len(queue)
    for place, one in enumerate(line):
        now = NOW + (60 + 5 * place) * SECOND
        services.claim(one.pk, 0, now)
        services.finish(one.pk, 0, REPORT, now)
        if place % 5 == 0:  # a moment when nothing is being graded
            sweep(now + SECOND, queue)
    assert len(queue) - sent == 6  # at each sweep, the one that waited longest


def test_what_is_overtaken_was_lost_and_is_sent_again(
    learner: User, challenge: Challenge, queue: Queue, make_user: MakeUser
) -> None:
    first, lost, later, last = line_of(learner, challenge, queue, make_user, 4)
    now = NOW + 20 * SECOND
    services.claim(later.pk, 0, now)
    queue.clear()
    assert sweep(now, queue) == 2
    assert queue == [(first.pk, 0), (lost.pk, 0)]
    assert last.status == Status.QUEUED


def test_a_lease_run_out_shuts_the_old_worker_out(submission: Submission, queue: Queue) -> None:
    services.claim(submission.pk, 0, NOW)
    later = NOW + services.LEASE
    assert sweep(later, queue) == 1
    assert sweep(later, queue) == 0
    assert not services.renew(submission.pk, 0, later)
    assert not services.finish(submission.pk, 0, {**REPORT, "points": 0}, later)
    services.claim(submission.pk, 1, later)
    assert services.finish(submission.pk, 1, REPORT, later)
    submission.refresh_from_db()
    assert (submission.points, submission.lost_leases) == (3, 1)


def test_the_third_lost_lease_is_our_failure(submission: Submission, queue: Queue) -> None:
    now = NOW
    for fence in range(services.LEASES_TO_LOSE):
        services.claim(submission.pk, fence, now)
        now += services.LEASE
        sweep(now, queue)
    submission.refresh_from_db()
    assert submission.status == Status.FAILED
    assert submission.fault == "The worker that was grading it stopped."
    assert len(queue) == services.LEASES_TO_LOSE
    assert sweep(now + services.LEASE, queue) == 0


def test_grading_that_broke_down_is_given_back_at_once(submission: Submission, queue: Queue) -> None:
    services.claim(submission.pk, 0, NOW)
    assert services.give_back(submission.pk, 0, "status -9", NOW, queue)
    assert not services.give_back(submission.pk, 0, "status -9", NOW, queue)
    submission.refresh_from_db()
    assert (submission.status, submission.fence, submission.lost_leases) == (Status.QUEUED, 1, 1)
    assert submission.fault == "status -9"


def test_what_waits_can_be_taken_back(learner: User, challenge: Challenge, queue: Queue) -> None:
    token = uuid4()
    submission = hand_in(learner, challenge, queue, token=token)
    assert services.cancel(submission.pk)
    assert not services.cancel(submission.pk)
    assert services.claim(submission.pk, 0, NOW) is None
    assert services.claim(submission.pk, 1, NOW) is None
    assert sweep(NOW + 999 * SECOND, queue) == 0
    submission.refresh_from_db()
    assert (submission.status, submission.is_final) == (Status.CANCELED, True)
    assert not services.regrade(submission, NOW, queue)
    assert hand_in(learner, challenge, queue, token=token) != submission


def test_what_is_being_graded_or_graded_cannot_be_taken_back(submission: Submission, queue: Queue) -> None:
    services.claim(submission.pk, 0, NOW)
    assert not services.cancel(submission.pk)
    assert services.finish(submission.pk, 0, REPORT, NOW)
    assert not services.cancel(submission.pk)
    submission.refresh_from_db()
    assert services.regrade(submission, NOW, queue)
    assert not services.cancel(submission.pk)
    submission.refresh_from_db()
    assert (submission.status, submission.is_cancelable) == (Status.QUEUED, False)


def test_a_regrade_keeps_the_report_that_was(submission: Submission, queue: Queue) -> None:
    services.claim(submission.pk, 0, NOW)
    services.finish(submission.pk, 0, REPORT, NOW)
    submission.refresh_from_db()
    assert services.regrade(submission, NOW, queue)
    assert queue[-1] == (submission.pk, 1)
    assert submission.earlier_reports.get().report == REPORT
    services.claim(submission.pk, 1, NOW)
    assert services.finish(submission.pk, 1, {**REPORT, "verdict": "not yet", "points": 1}, NOW)


def test_what_is_being_graded_cannot_be_regraded(submission: Submission, queue: Queue) -> None:
    assert not services.regrade(submission, NOW, queue)
    assert len(queue) == 1


def test_a_learner_keeps_so_many_drafts(learner: User) -> None:
    for _ in range(services.DRAFT_LIMIT):
        draft = services.keep_draft(learner, None, "One", GOOD)
    with pytest.raises(services.TooManyDrafts):
        services.keep_draft(learner, None, "One more", GOOD)
    assert services.keep_draft(learner, draft, "Renamed", GOOD).title == "Renamed"
