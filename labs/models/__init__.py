"""What labs remembers: challenges, drafts, submissions, and what grading them again would change."""

from labs.models.board import BoardEntry, BoardEntryQuerySet
from labs.models.challenges import Challenge, ChallengeQuerySet, Criterion, Solution
from labs.models.drafts import Draft, DraftQuerySet, DraftVersion
from labs.models.long_runs import LongRun, LongRunQuerySet
from labs.models.rejudging import Rejudge, Trial
from labs.models.submissions import (
    SOURCE_LIMIT,
    UNFINISHED,
    EarlierReport,
    Status,
    Submission,
    SubmissionQuerySet,
    Verdict,
    content_hash,
)
from labs.models.workers import Worker

__all__ = [
    "SOURCE_LIMIT",
    "UNFINISHED",
    "BoardEntry",
    "BoardEntryQuerySet",
    "Challenge",
    "ChallengeQuerySet",
    "Criterion",
    "Draft",
    "DraftQuerySet",
    "DraftVersion",
    "EarlierReport",
    "LongRun",
    "LongRunQuerySet",
    "Rejudge",
    "Solution",
    "Status",
    "Submission",
    "SubmissionQuerySet",
    "Trial",
    "Verdict",
    "Worker",
    "content_hash",
]
