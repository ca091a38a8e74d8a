"""What the course knows of one person, as plain data: lessons opened, and what was done in them."""

from typing import Any

from accounts.models import User
from course.models import Act, Progress


def account_export(user: User) -> dict[str, Any]:
    opened = Progress.objects.for_learner(user).select_related("lesson")
    done = Act.objects.for_learner(user).select_related("lesson")
    return {
        "lessons_opened": [{"lesson": one.lesson.slug, "opened": one.opened_at} for one in opened],
        "done": [{"lesson": one.lesson.slug, "what": one.name, "when": one.done_at} for one in done],
    }
