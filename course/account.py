"""What the course knows of one person, as plain data: lessons opened, acts done, predictions made."""

from typing import Any

from accounts.models import User
from course.models import Act, Prediction, Progress


def account_export(user: User) -> dict[str, Any]:
    opened = Progress.objects.for_learner(user).select_related("lesson")
    done = Act.objects.for_learner(user).select_related("lesson")
    predicted = Prediction.objects.for_learner(user).select_related("lesson")
    return {
        "lessons_opened": [
            {"lesson": one.lesson.slug, "opened": one.opened_at, "stopped_at": one.heading} for one in opened
        ],
        "done": [{"lesson": one.lesson.slug, "what": one.name, "when": one.done_at} for one in done],
        "predictions": [
            {
                "lesson": one.lesson.slug,
                "question": one.question,
                "choice": one.choice,
                "sure": one.sureness,
                "when": one.made_at,
            }
            for one in predicted
        ],
    }
