"""Labs in the admin: challenges to write, submissions and drafts to look at."""

from labs.admin import challenges, rejudges, submissions

__all__ = ["challenges", "rejudges", "submissions"]
