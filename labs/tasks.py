"""The worker's task. The only module of labs that knows the task API; any backend of it will do."""

import logging
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from labs import long_runs, rejudging, services
from labs.child import Job
from labs.grading import GradingError, run
from labs.models import Challenge, LongRun, Rejudge, Submission
from labs.playground.travel import StateError
from labs.rubric import criteria_toml
from labs.solutions import SEED, Outcome, fingerprint, outcome_of

logger = logging.getLogger(__name__)


@task()
def grade(pk: str, fence: int) -> None:
    """Grade one submission, if it is still this message's to grade: an old fence means it is not."""
    submission = services.claim(UUID(pk), fence, timezone.now())
    if submission is None:
        return
    job = Job(submission.source, submission.criteria, submission.seed, submission.weights)
    try:
        report = run(job, beat=lambda: services.renew(submission.pk, fence, timezone.now()))
    except GradingError as fault:
        logger.error("Grading %s broke down: %s", pk, fault)
        services.give_back(submission.pk, fence, str(fault), timezone.now(), enqueue)
        return
    if report is not None:
        services.finish(submission.pk, fence, report, timezone.now())


@task()
def check_solutions(pk: int) -> None:
    """Try a challenge's own solutions, each in a process apart, and publish it if that was waited for."""
    challenge = Challenge.objects.filter(pk=pk).first()
    if challenge is None:
        return
    for solution in challenge.solutions.all():
        checked = fingerprint(challenge, solution)
        job = Job(solution.source, criteria_toml(challenge.criteria.all()), SEED, solution.weights)
        try:
            report = run(job, beat=lambda: True)
        except GradingError as fault:
            outcome = Outcome(False, f"It could not be graded. {fault}")
        else:
            assert report is not None  # the beat never says stop
            outcome = outcome_of(report, solution.misses)
        services.keep_finding(solution, outcome, checked)
    services.publish_if_checked(challenge)


@task()
def try_again(pk: int, fence: int) -> None:
    """Go on with a dry run: grade its next submissions again, and keep what they would come to."""
    rejudge = rejudging.claim(pk, fence, timezone.now())
    if rejudge is None:
        return
    for trial in rejudging.batch(rejudge):
        one = trial.submission
        job = Job(one.source, rejudge.criteria, one.seed, one.weights)
        try:
            report = run(job, beat=lambda: rejudging.renew(rejudge, timezone.now()))
        except GradingError as fault:
            logger.error("Grading %s again broke down: %s", one.pk, fault)
            rejudging.note_fault(trial, str(fault))
            continue
        if report is None or not rejudging.renew(rejudge, timezone.now()):
            return
        rejudging.note_report(rejudge, trial, report)
    rejudging.go_on(rejudge, timezone.now(), enqueue_rejudge)


@task()
def train_on(pk: str, fence: int) -> None:
    """Train a long run of the playground for some seconds, and hand out what is left of it."""
    long_run = long_runs.claim(UUID(pk), fence, timezone.now())
    if long_run is None:
        return
    try:
        run = long_runs.train(long_run)
    except StateError as fault:
        logger.error("Run %s cannot be trained on: %s", pk, fault)
        long_runs.give_up(long_run)
        return
    long_runs.keep(long_run, run, timezone.now(), enqueue_long_run)


def enqueue_long_run(long_run: LongRun) -> None:
    """Write the task that goes on with a long run as it is handed out now."""
    train_on.enqueue(str(long_run.pk), long_run.fence)


def sweep_long_runs(now: datetime) -> int:
    """Hand out anew the long runs that nobody goes on with."""
    return long_runs.sweep(now, enqueue_long_run)


def enqueue_rejudge(rejudge: Rejudge) -> None:
    """Write the task that goes on with a dry run as it is handed out now."""
    try_again.enqueue(rejudge.pk, rejudge.fence)


def enqueue_check(challenge: Challenge) -> None:
    """Write the task that checks a challenge's solutions."""
    check_solutions.enqueue(challenge.pk)


def enqueue(submission: Submission) -> None:
    """Write the task that grades `submission` as it is handed out now."""
    grade.enqueue(str(submission.pk), submission.fence)
