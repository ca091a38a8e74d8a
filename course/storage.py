"""Where uploaded files lie: MEDIA_ROOT, one folder, each file named by us after what is in it.

The same file is kept once. Names never change their meaning, so browsers may keep a file for good.
"""

import re
import time
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible

from course.video import HEAD, poster_kind, video_kind

CHUNK = 1 << 20
AN_HOUR = 3600
"""Seconds for which a file that no row names may belong to a form that is being saved just now."""

OURS = re.compile(r"[0-9a-f]{40}\.[a-z0-9]+|\..+\.part")


@deconstructible
class MediaStorage(FileSystemStorage):
    """Stores videos and posters, and nothing else, under a hash of their bytes."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """The name the file got. Raises ValueError for what is neither a video nor a poster."""
        content.seek(0)
        head = content.read(HEAD)
        kind = video_kind(head) or poster_kind(head)
        if kind is None:
            raise ValueError("Only videos and posters are stored here.")
        content.seek(0)
        folder = Path(self.location)
        folder.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                part.write(chunk)
        found = f"{digest.hexdigest()[:40]}.{kind.suffix}"
        # The name appears only when the file is whole.
        Path(part.name).chmod(settings.FILE_UPLOAD_PERMISSIONS)
        Path(part.name).replace(folder / found)
        return found

    def url(self, name: str | None) -> str:
        """The address of the view that sends it; MEDIA_URL, which knows no permission, is not used."""
        return reverse("course:media", args=[name])

    def sweep(self, used: Collection[str]) -> None:
        """Remove what no row names, and what was left by an upload that broke off."""
        folder = Path(self.location)
        for file in folder.iterdir() if folder.is_dir() else ():
            is_ours = OURS.fullmatch(file.name) is not None
            if is_ours and file.name not in used and file.stat().st_mtime < time.time() - AN_HOUR:
                file.unlink(missing_ok=True)
