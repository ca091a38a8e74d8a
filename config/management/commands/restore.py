"""`manage.py restore FILE`: a site as it was when `backup` wrote FILE. The site must not run meanwhile."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import archive, databases


class Command(BaseCommand):
    help = (
        "Puts back what `backup` wrote: into an empty database, or with --replace into any. "
        "Stop the site first."
    )
    requires_system_checks: list[str] = []  # the database may be empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="What `backup` wrote.")
        parser.add_argument(
            "--replace", action="store_true", help="Delete what is in the database and in MEDIA_ROOT now."
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        media = Path(settings.MEDIA_ROOT)
        try:
            with archive.unpacked(file) as (manifest, database, uploads):
                if manifest.vendor != connection.vendor:
                    raise CommandError(
                        f"{file} was written on {manifest.vendor}, and DATABASE_URL names a database "
                        f"on {connection.vendor}. Restore it on {manifest.vendor}."
                    )
                if not replace:
                    refuse_to_overwrite(media)
                databases.copier().put_back(database)
                shutil.rmtree(media, ignore_errors=True)
                shutil.copytree(uploads, media)
        except (archive.ArchiveError, databases.DatabaseError) as fault:
            raise CommandError(str(fault)) from None
        verify(manifest)
        if options["verbosity"]:
            self.stdout.write(
                f"Restored the site of {manifest.made_at}: {sum(manifest.rows.values())} rows, "
                f"{manifest.files} uploaded files. Now run: manage.py prepare"
            )


def refuse_to_overwrite(media: Path) -> None:
    """Raise CommandError unless there is nothing to lose."""
    if not databases.is_empty():
        raise CommandError(
            "The database is not empty. Name an empty one in DATABASE_URL, or repeat with --replace: "
            "everything in it is then lost."
        )
    if media.is_dir() and any(media.iterdir()):
        raise CommandError(
            f"There are files in {media}. Set MEDIA_ROOT to another folder, or repeat with --replace: "
            "they are then lost."
        )


def verify(manifest: archive.Manifest) -> None:
    """Raise CommandError where the database does not hold what the backup lists."""
    found = databases.rows()
    differing = sorted(table for table, count in manifest.rows.items() if found.get(table) != count)
    if differing:
        raise CommandError(f"Restored, but these tables differ from the backup: {', '.join(differing)}.")
