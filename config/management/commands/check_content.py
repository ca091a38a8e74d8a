"""Try the content folder without changing anything: texts first, then all of it by loading, then the
solutions of challenges, which are run and trained.

With a database in memory (DATABASE_URL=sqlite://:memory:) it needs no other; see `make check-content`.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config.content import load
from course.checking import text_faults
from course.content import ContentError, Tree
from labs.solutions import solution_faults


class Command(BaseCommand):
    help = "Check courses, texts, quizzes and challenges of the content folder, with file and line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="root", type=Path, default=settings.CONTENT_DIR, metavar="FOLDER")

    def handle(self, *, root: Path, **options: Any) -> None:
        try:
            tree = Tree.read(root)
            faults = text_faults(tree)
            if not faults:
                self._load(tree)
                faults = solution_faults(tree)
        except ContentError as error:
            faults = [str(error)]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(tree.files)} files, nothing to mend")

    def _load(self, tree: Tree) -> None:
        """Load as an operator would, and take it all back. Raises ContentError."""
        if "course_course" not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        with transaction.atomic():
            load(tree, overwrite=True)
            transaction.set_rollback(True)
