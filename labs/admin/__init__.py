"""Labs in the admin: challenges to write, submissions and drafts to look at."""

from labs.admin import board, challenges, long_runs, rejudges, submissions

__all__ = ["board", "challenges", "long_runs", "rejudges", "submissions"]
