"""The worker's task. The only module of labs that knows the task API; any backend of it will do."""

import logging
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from labs import services
from labs.child import Job
from labs.grading import GradingError, run
from labs.models import Submission

logger = logging.getLogger(__name__)


@task()
def grade(pk: str, fence: int) -> None:
    """Grade one submission, if it is still this message's to grade: an old fence means it is not."""
    submission = services.claim(UUID(pk), fence, timezone.now())
    if submission is None:
        return
    job = Job(submission.source, submission.criteria, submission.seed)
    try:
        report = run(job, beat=lambda: services.renew(submission.pk, fence, timezone.now()))
    except GradingError as fault:
        logger.error("Grading %s broke down: %s", pk, fault)
        services.give_back(submission.pk, fence, str(fault), timezone.now(), enqueue)
        return
    if report is not None:
        services.finish(submission.pk, fence, report, timezone.now())


def enqueue(submission: Submission) -> None:
    """Write the task that grades `submission` as it is handed out now."""
    grade.enqueue(str(submission.pk), submission.fence)
