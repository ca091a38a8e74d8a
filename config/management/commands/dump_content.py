"""Write the database's courses, quizzes and challenges back to the content folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.content import dump


class Command(BaseCommand):
    help = (
        "Write rows back to the content files. Only values that differ change; comments and layout survive."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", dest="root", type=Path, default=settings.CONTENT_DIR, metavar="FOLDER")

    def handle(self, *, root: Path, **options: Any) -> None:
        changed = 0
        for path, text in sorted(dump().items()):
            file = root / path
            if file.is_file() and file.read_bytes() == text.encode():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
            self.stdout.write(f"wrote {path}")
            changed += 1
        self.stdout.write(f"{changed} files changed")
