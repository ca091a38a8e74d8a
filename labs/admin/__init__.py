"""Labs in the admin: challenges to write, submissions and drafts to look at."""

from labs.admin import board, challenges, rejudges, submissions

__all__ = ["board", "challenges", "rejudges", "submissions"]
