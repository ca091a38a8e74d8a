"""Where challenges live, seen from content files: found by slug, told as plain values, saved from them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import tomlkit
from django.core.exceptions import ValidationError

from course.content import ContentError
from course.models import Lesson
from labs.authoring import save_challenge
from labs.files import settings_text
from labs.models import Challenge, Criterion, Solution

Values = Mapping[str, Any]


class ChallengeShelf:
    """`path` is the file that errors name."""

    def __init__(self, path: str = "") -> None:
        self.path = path

    def find(self, key: str) -> Challenge | None:
        return Challenge.objects.select_related("lesson__course").filter(slug=key).first()

    def values(self, row: Challenge) -> dict[str, Any]:
        return {
            "title": row.title,
            "summary": row.summary,
            "lesson": f"{row.lesson.course.slug}/{row.lesson.slug}" if row.lesson else "",
            "closes_at": row.closes_at.astimezone(UTC).isoformat() if row.closes_at else "",
            "attempt_limit": row.attempt_limit or 0,
            "order": row.order,
            "published": row.is_published,
            "starter": row.starter,
            "hints": row.hint_list,
            "weights": row.takes_weights,
            "board": row.board,
            "shows_reference": row.shows_reference,
            "criterion": [_criterion_values(criterion) for criterion in row.criteria.all()],
            "solution": [_solution_values(solution) for solution in row.solutions.all()],
            "task": row.task,
        }

    def save(self, row: Challenge | None, key: str, values: Values) -> Challenge:
        challenge = row or Challenge(slug=key)
        for name in ("title", "summary", "order", "starter", "task", "board", "shows_reference"):
            setattr(challenge, name, values[name])
        challenge.hints = "\n\n".join(values["hints"])
        closes_at = values["closes_at"]
        challenge.closes_at = datetime.fromisoformat(closes_at) if closes_at else None
        challenge.attempt_limit = values["attempt_limit"] or None
        challenge.is_published, challenge.takes_weights = values["published"], values["weights"]
        challenge.lesson = _lesson(values["lesson"], self.path)
        try:
            challenge.full_clean()
            save_challenge(challenge)
        except ValidationError as error:
            raise ContentError(self.path, " ".join(error.messages)) from error
        challenge.criteria.all().delete()
        for order, criterion in enumerate(values["criterion"], start=1):
            Criterion.objects.create(
                challenge=challenge,
                order=order,
                kind=criterion["kind"],
                points=criterion["points"],
                settings=settings_text(criterion),
            )
        self._save_solutions(challenge, values["solution"])
        return challenge

    def _save_solutions(self, challenge: Challenge, written: Sequence[Values]) -> None:
        """What a row found when it was checked stays with a solution that says the same."""
        kept = {solution.title: solution for solution in challenge.solutions.all()}
        challenge.solutions.all().delete()
        for order, values in enumerate(written, start=1):
            before = kept.get(values["title"], Solution())
            Solution.objects.create(
                challenge=challenge,
                order=order,
                title=values["title"],
                source=values["source"],
                misses=values["misses"],
                weights=values["weights"] or None,
                is_as_meant=before.is_as_meant,
                finding=before.finding,
                checked=before.checked,
            )


def _solution_values(solution: Solution) -> dict[str, Any]:
    return {
        "title": solution.title,
        "source": solution.source,
        "misses": solution.misses,
        "weights": solution.weights or [],
    }


def _criterion_values(criterion: Criterion) -> dict[str, Any]:
    points = int(criterion.points) if criterion.points.is_integer() else criterion.points
    return {"kind": criterion.kind, "points": points, **tomlkit.parse(criterion.settings).unwrap()}


def _lesson(path: str, file: str) -> Lesson | None:
    if not path:
        return None
    course, _, slug = path.partition("/")
    lesson = Lesson.objects.filter(course__slug=course, slug=slug).first()
    if lesson is None:
        raise ContentError(file, f"There is no lesson {path!r}. Write it as course/lesson.")
    return lesson
