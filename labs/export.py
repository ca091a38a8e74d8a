"""What labs knows of one person, as plain data: drafts, and every submission with its report."""

from typing import Any

from accounts.models import User
from labs.models import Draft, Submission


def account_export(user: User) -> dict[str, Any]:
    submissions = Submission.objects.for_learner(user).select_related("challenge")
    return {
        "drafts": list(Draft.objects.for_learner(user).values("title", "source", "created_at", "updated_at")),
        "submissions": [_submission(submission) for submission in submissions],
    }


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "challenge": submission.challenge.slug,
        "sent": submission.created_at,
        "source": submission.source,
        "weights": submission.weights,
        "status": submission.status,
        "verdict": submission.verdict,
        "points": submission.points,
        "points_possible": submission.points_possible,
        "graded": submission.graded_at,
        "report": submission.report,
    }
