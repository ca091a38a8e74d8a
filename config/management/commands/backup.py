"""`manage.py backup FILE`: the database and all uploads in one file, while the site runs."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import archive, databases


class Command(BaseCommand):
    help = "Writes the database and all uploaded files to one new file, while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The backup; it must not exist yet.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already. Choose another name.")
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            database = Path(folder) / archive.DATABASE
            try:
                rows = databases.copier().copy_out(database)
            except databases.DatabaseError as fault:
                raise CommandError(str(fault)) from None
            # After the database, so that what its rows name is there: files never change under their names.
            manifest = archive.write(file, connection.vendor, database, rows, Path(settings.MEDIA_ROOT))
        if options["verbosity"]:
            self.stdout.write(
                f"Wrote {file}: {sum(rows.values())} rows in {len(rows)} tables, "
                f"{manifest.files} uploaded files."
            )
