"""The course in the admin: texts to write and preview, edits to settle, progress to look at."""

from course.admin import content, learners, texts

__all__ = ["content", "learners", "texts"]
