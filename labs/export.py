"""What labs knows of one person, as plain data: drafts, and every submission with its report."""

from typing import Any

from accounts.models import User
from labs.models import Draft, LongRun, Submission


def account_export(user: User) -> dict[str, Any]:
    submissions = Submission.objects.for_learner(user).select_related("challenge", "board_entry")
    return {
        "drafts": [_draft(draft) for draft in Draft.objects.for_learner(user).prefetch_related("versions")],
        "long_runs_of_the_playground": list(
            LongRun.objects.for_learner(user).values("query", "status", "epoch", "until", "created_at")
        ),
        "submissions": [_submission(submission) for submission in submissions],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "source": draft.source,
        "weights": draft.weights,
        "created_at": draft.created_at,
        "updated_at": draft.updated_at,
        "is_shared": draft.shared_as is not None,
        "versions": list(draft.versions.values("name", "source", "weights", "created_at")),
    }


def _submission(submission: Submission) -> dict[str, Any]:
    entry = getattr(submission, "board_entry", None)
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
        "name_on_the_board": entry.pseudonym if entry else None,
    }
