"""From challenges back to content files: the stored texts, changed only where a row says something else."""

from collections.abc import Iterator
from datetime import datetime

from course.content import file_values, rewrite, stored_text
from course.models import ContentFile
from labs.files import KIND, task_path_of
from labs.models import Challenge
from labs.shelf import ChallengeShelf


def dump() -> dict[str, str]:
    """Text by path relative to the content folder, for every challenge."""
    return dict(_dump())


def _dump() -> Iterator[tuple[str, str]]:
    for challenge in Challenge.objects.select_related("lesson__course"):
        path = _path(challenge)
        base, values = file_values(KIND, challenge.slug), ChallengeShelf().values(challenge)
        base.pop("task", None)
        task = values.pop("task")
        if values["closes_at"]:  # a true moment, which TOML writes without quotes
            values["closes_at"] = datetime.fromisoformat(values["closes_at"])
        yield path, rewrite(stored_text(path), base, values)
        if task or stored_text(task_path_of(path)):
            yield task_path_of(path), task


def _path(challenge: Challenge) -> str:
    """Where it was loaded from; a new one goes to the course of its lesson."""
    name = f"challenges/{challenge.slug}.toml"
    loaded = ContentFile.objects.filter(path__endswith=f"/{name}").first()
    if loaded is not None:
        return loaded.path
    return f"{challenge.lesson.course.slug}/{name}" if challenge.lesson else name
