"""Bring the database up to date with the content folder: course, then quizzes, then labs, all or nothing."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.content import load
from course.content import ContentError, Status, Tree


class Command(BaseCommand):
    help = (
        "Load the content folder. Rows edited since they were loaded are kept, unless --overwrite is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--overwrite", action="store_true", help="Let the files win over edited rows.")
        parser.add_argument("--from", dest="root", type=Path, default=settings.CONTENT_DIR, metavar="FOLDER")

    def handle(self, *, root: Path, overwrite: bool, verbosity: int, **options: Any) -> None:
        try:
            with transaction.atomic():
                outcomes = load(Tree.read(root), overwrite=overwrite)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if not verbosity:
            return
        for outcome in outcomes:
            if verbosity > 1 or outcome.status is not Status.UNCHANGED:
                self.stdout.write(str(outcome))
        counts = Counter(outcome.status for outcome in outcomes)
        self.stdout.write(
            ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]) or "empty"
        )
