"""Grading a challenge again: a dry run nobody sees, then exactly what it showed, and the way back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from labs import rejudging, services, tasks
from labs.models import Challenge, Rejudge, Status, Submission, Trial, Verdict
from tests.conftest import SignIn
from tests.labs.conftest import GOOD, NOW, SMALL
from tests.labs.test_challenge_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.data]

LATER = NOW + timedelta(hours=1)


class Queue(list[tuple[int, int]]):
    def __call__(self, rejudge: Rejudge) -> None:
        self.append((rejudge.pk, rejudge.fence))


@pytest.fixture
def queue() -> Queue:
    return Queue()


def graded(learner: User, challenge: Challenge, source: str) -> Submission:
    """Handed in and really graded, by the worker's own task."""
    one = services.submit(learner, challenge, source, token=uuid4(), now=NOW, enqueue=lambda _: None)
    tasks.grade.call(str(one.pk), 0)
    one.refresh_from_db()
    assert one.status == Status.GRADED
    return one


@pytest.fixture
def good(learner: User, challenge: Challenge) -> Submission:
    return graded(learner, challenge, GOOD)


@pytest.fixture
def small(other_learner: User, challenge: Challenge) -> Submission:
    return graded(other_learner, challenge, SMALL)


def tighten(challenge: Challenge) -> None:
    """From now on a network has two layers and at most 100 parameters."""
    challenge.criteria.filter(kind="layers").update(settings='want = ["Dense", "Dense"]')
    challenge.criteria.filter(kind="parameters").update(settings="at_most = 100")


def dry_run(challenge: Challenge, by: User, queue: Queue, *, never_lower: bool = False) -> Rejudge:
    rejudge = rejudging.start(challenge, by, never_lower=never_lower, now=NOW, enqueue=queue)
    tasks.try_again.call(*queue[-1])
    rejudge.refresh_from_db()
    return rejudge


def results(*submissions: Submission) -> list[tuple[str, float | None, str]]:
    for one in submissions:
        one.refresh_from_db()
    return [(one.verdict, one.points, one.criteria) for one in submissions]


def test_a_dry_run_shows_before_and_after_and_changes_nothing(
    good: Submission, small: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    before = results(good, small)
    tighten(challenge)
    rejudge = dry_run(challenge, author, queue)
    assert rejudge.state == Rejudge.State.READY
    found = {one.submission: (one.before_points, one.points, one.change) for one in rejudge.trials.all()}
    assert found == {good: (3, 0, "lowered"), small: (1, 3, "raised")}
    assert results(good, small) == before


def test_a_commit_changes_what_was_shown_and_undo_gives_it_back(
    good: Submission, small: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    before = results(good, small)
    tighten(challenge)
    rejudge = dry_run(challenge, author, queue)
    assert rejudging.commit(rejudge, author, LATER)
    assert not rejudging.commit(rejudge, author, LATER)
    after = results(good, small)
    assert [(verdict, points) for verdict, points, _ in after] == [("not yet", 0), ("passed", 3)]
    assert all(criteria == rejudge.criteria for *_, criteria in after)
    assert good.graded_at == LATER
    assert good.earlier_reports.get().points == 3
    rejudge.refresh_from_db()
    assert (rejudge.state, rejudge.committed_by, rejudge.committed_at) == ("in force", author, LATER)

    assert rejudging.undo(rejudge, author, LATER) == 0
    assert rejudging.undo(rejudge, author, LATER) is None
    assert results(good, small) == before
    assert good.earlier_reports.count() == 2
    rejudge.refresh_from_db()
    assert (rejudge.state, rejudge.undone_by, rejudge.undone_at) == ("undone", author, LATER)


def test_never_lower_keeps_what_would_fall(
    good: Submission, small: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    tighten(challenge)
    rejudge = dry_run(challenge, author, queue, never_lower=True)
    assert rejudging.commit(rejudge, author, LATER)
    assert [points for _, points, _ in results(good, small)] == [3, 3]
    assert rejudge.trials.get(submission=good).change == Trial.Change.KEPT
    assert not good.earlier_reports.exists()


def test_what_stays_the_same_is_not_touched(
    good: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    rejudge = dry_run(challenge, author, queue)
    assert rejudge.trials.get().change == Trial.Change.SAME
    assert rejudging.commit(rejudge, author, LATER)
    assert not good.earlier_reports.exists()


def test_nothing_is_put_in_force_when_anything_changed_meanwhile(
    good: Submission, small: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    tighten(challenge)
    rejudge = dry_run(challenge, author, queue)
    small.refresh_from_db()
    assert services.regrade(small, NOW, lambda _: None)
    before = results(good, small)
    with pytest.raises(rejudging.ChangedMeanwhile):
        rejudging.commit(rejudge, author, LATER)
    assert results(good, small) == before
    rejudge.refresh_from_db()
    assert rejudge.state == Rejudge.State.READY


def test_undo_leaves_alone_what_was_graded_again_since(
    good: Submission, small: Submission, challenge: Challenge, author: User, queue: Queue
) -> None:
    tighten(challenge)
    rejudge = dry_run(challenge, author, queue)
    rejudging.commit(rejudge, author, LATER)
    small.refresh_from_db()
    services.regrade(small, LATER, lambda _: None)
    assert rejudging.undo(rejudge, author, LATER) == 1
    assert [points for _, points, _ in results(good, small)] == [3, None]


def test_a_dry_run_goes_in_batches_and_survives_its_worker(
    learner: User, challenge: Challenge, author: User, queue: Queue
) -> None:
    for number in range(rejudging.BATCH + 1):
        graded(learner, challenge, f"{GOOD}# {number}\n")
    rejudge = rejudging.start(challenge, author, never_lower=False, now=NOW, enqueue=queue)
    held = rejudging.claim(*queue[0], NOW)
    assert held is not None
    assert rejudging.claim(*queue[0], NOW) is None
    assert rejudging.sweep(NOW + services.LEASE - timedelta(seconds=1), queue) == 0
    assert rejudging.sweep(NOW + services.LEASE, queue) == 1
    assert not rejudging.renew(held, NOW)

    tasks.try_again.call(*queue[1])
    tasks.try_again.call(*queue[1])
    rejudge.refresh_from_db()
    assert (rejudge.state, rejudge.trials.filter(change="").count()) == ("trying", 1)
    tasks.try_again.call(rejudge.pk, rejudge.fence)
    rejudge.refresh_from_db()
    assert rejudge.state == Rejudge.State.READY


def test_an_author_looks_commits_and_undoes_in_the_admin(
    good: Submission,
    small: Submission,
    challenge: Challenge,
    author_client: Client,
    learner: User,
    client_for: SignIn,
) -> None:
    tighten(challenge)
    form = {"action": "try_again", "_selected_action": [str(challenge.pk)]}
    response = author_client.post("/admin/labs/challenge/", form)
    rejudge = Rejudge.objects.get()
    address = f"/admin/labs/rejudge/{rejudge.pk}/"
    assert response["Location"] == f"{address}change/"
    page = author_client.get(f"{address}change/").content.decode()
    assert "0 of 2 submissions tried" in page
    assert 'http-equiv="refresh"' in page

    tasks.try_again.call(rejudge.pk, 0)
    page = text_of(author_client.get(f"{address}change/").content.decode())
    assert "2 of 2 submissions tried" in page
    assert "Learners see nothing of this yet." in page
    assert "3 of 3 0 of 3 Lowered" in page
    assert "1 of 3 3 of 3 Raised" in page

    page = author_client.post(f"{address}commit/", follow=True).content.decode()
    assert "It is in force: learners see the results shown here." in page
    seen = text_of(client_for(learner).get(good.get_absolute_url()).content.decode())
    assert "3 to 0 points." in seen
    page = author_client.post(f"{address}undo/", follow=True).content.decode()
    assert "Undone: the results are again as they were." in page
    good.refresh_from_db()
    assert good.verdict == Verdict.PASSED
    assert "2 of 2" in text_of(author_client.get("/admin/labs/rejudge/").content.decode())


def test_rejudges_are_for_those_who_may_grade_again(
    good: Submission, challenge: Challenge, author: User, author_client: Client, queue: Queue
) -> None:
    rejudge = dry_run(challenge, author, queue)
    author.groups.clear()
    for end, method in (("change", "get"), ("commit", "post"), ("undo", "post")):
        address = f"/admin/labs/rejudge/{rejudge.pk}/{end}/"
        assert getattr(author_client, method)(address).status_code == 403
    rejudge.refresh_from_db()
    assert rejudge.state == Rejudge.State.READY


def test_commit_and_undo_are_posted(author_client: Client) -> None:
    assert author_client.get("/admin/labs/rejudge/1/commit/").status_code == 405
    assert author_client.post("/admin/labs/rejudge/1/undo/").status_code == 404
    assert author_client.post("/admin/labs/rejudge/x/change/").status_code in (302, 403)
