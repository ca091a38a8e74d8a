"""Labs in the admin: challenges to write, submissions and drafts to look at."""

from labs.admin import challenges, submissions

__all__ = ["challenges", "submissions"]
