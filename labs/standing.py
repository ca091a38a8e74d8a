"""Where a learner stands in a challenge: never tried, waiting, not yet, passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from labs.allowance import Allowance, allowances
from labs.models import Challenge, EarlierReport, Status, Submission, Verdict


@dataclass(frozen=True)
class Standing:
    """One challenge and the learner's way in it; `latest` is their last submission."""

    challenge: Challenge
    tries: int
    is_passed: bool
    latest: Submission | None
    allowance: Allowance


def standings(challenges: Iterable[Challenge], user: User | AnonymousUser) -> list[Standing]:
    """One per challenge, in their order, by one query, and one more where attempts are counted."""
    challenges = list(challenges)
    own: dict[int, list[Submission]] = {challenge.pk: [] for challenge in challenges}
    tried = Submission.objects.for_learner(user).exclude(status=Status.CANCELED)
    for submission in tried.filter(challenge__in=own).without_texts():
        own[submission.challenge_id].append(submission)
    allowed = allowances(challenges, user, timezone.now())
    return [_standing(challenge, own[challenge.pk], allowed[challenge.pk]) for challenge in challenges]


def _standing(challenge: Challenge, tries: list[Submission], allowance: Allowance) -> Standing:
    is_passed = any(submission.verdict == Verdict.PASSED for submission in tries)
    return Standing(challenge, len(tries), is_passed, tries[0] if tries else None, allowance)


@dataclass(frozen=True)
class Regrading:
    """One grading after the first: when, and the points before and after it."""

    at: datetime
    before: float
    before_possible: float
    after: float
    possible: float


def regradings(submission: Submission) -> list[Regrading]:
    """How often a graded submission was graded again, and what each time came to; the first one first."""
    if submission.status != Status.GRADED:
        return []
    earlier = list(submission.earlier_reports.defer("report", "criteria").order_by("replaced_at", "pk"))
    results: list[EarlierReport | Submission] = [*earlier, submission]
    return [
        Regrading(
            before.replaced_at,
            before.points or 0,
            before.points_possible or 0,
            after.points or 0,
            after.points_possible or 0,
        )
        for before, after in zip(earlier, results[1:], strict=True)
    ]


@dataclass(frozen=True)
class Earlier:
    """One of a learner's submissions for a challenge, counted from their first."""

    submission: Submission
    name: str

    @property
    def told(self) -> str:
        """The name and the day, for a list to choose from."""
        return f"{self.name}, {self.submission.created_at:%-d %b %Y}"


def earlier_submissions(challenge: Challenge, learner: User | AnonymousUser) -> list[Earlier]:
    """A learner's submissions for one challenge, the newest first."""
    own = list(Submission.objects.for_learner(learner).filter(challenge=challenge).without_texts())
    return [Earlier(one, f"Submission {len(own) - place}") for place, one in enumerate(own)]
