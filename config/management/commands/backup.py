"""`manage.py backup FILE`: a consistent copy of an SQLite database and of uploads, while the site runs."""

import shutil
import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = (
        "Copies the SQLite database to a new file while the site runs, and checks the copy. "
        "Uploaded videos and posters are copied to FILE.media."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The copy; it must not exist yet.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This database is not SQLite. Use its own tool: pg_dump --format=custom …")
        if file.exists():
            raise CommandError(f"{file} exists already. Choose another name.")
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.part")
        part.unlink(missing_ok=True)
        connection.ensure_connection()
        with closing(sqlite3.connect(part)) as copy:
            connection.connection.backup(copy)
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise CommandError(f"The copy is damaged ({found}); it is kept as {part}.")
        self._copy_media(file.with_name(f"{file.name}.media"))
        # The name appears only when the copy is whole, so nobody collects half a backup.
        part.rename(file)
        self.stdout.write(f"Copied to {file}.")

    def _copy_media(self, folder: Path) -> None:
        """After the database, so that what its rows name is there. Files never change under their names."""
        if not settings.MEDIA_ROOT.is_dir():
            return
        shutil.copytree(
            settings.MEDIA_ROOT, folder, ignore=shutil.ignore_patterns(".*.part"), dirs_exist_ok=True
        )
        self.stdout.write(f"Copied videos and posters to {folder}.")
