"""One file that holds all of a site: its database, the files people uploaded, and a list of what is in there.

A gzipped tar of `manifest.json`, `database` (an SQLite file, or what pg_dump writes) and `media/...`.
"""

import gzip
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = PurePosixPath("media")


class ArchiveError(Exception):
    """This file cannot be restored. The message is for the operator."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: of which kind of database, when, and how many rows of each table."""

    vendor: str
    rows: dict[str, int]
    files: int
    made_at: str
    format: int = FORMAT


def write(path: Path, vendor: str, database: Path, rows: dict[str, int], media: Path) -> Manifest:
    """Pack an archive. Its name appears only when it is whole, so nobody collects half a backup."""
    uploads = sorted(one for one in media.rglob("*") if one.is_file() and not one.name.endswith(".part"))
    manifest = Manifest(vendor, rows, len(uploads), datetime.now(UTC).isoformat(timespec="seconds"))
    part = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(part, "w:gz", compresslevel=3) as tar:
        listed = Path(folder) / MANIFEST
        listed.write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
        tar.add(listed, MANIFEST)
        tar.add(database, DATABASE)
        for one in uploads:
            tar.add(one, str(MEDIA / one.relative_to(media).as_posix()))
    part.chmod(0o600)  # sessions and password hashes are in there
    part.rename(path)
    return manifest


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Manifest, Path, Path]]:
    """The manifest, the database's file and the folder of uploads, in a folder that goes away again.

    Everything is read before anything is replaced. Raises ArchiveError.
    """
    with tempfile.TemporaryDirectory(prefix="layerwise-restore-") as name:
        folder = Path(name)
        try:
            with gzip.open(path) as packed, tarfile.open(fileobj=packed) as tar:
                _unpack(tar, folder)
                while packed.read(1 << 20):  # on to the checksum at the end
                    pass
            manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as fault:
            raise ArchiveError(f"{path} is no whole backup: {fault}.") from None
        media = folder / MEDIA
        media.mkdir(exist_ok=True)
        found = sum(one.is_file() for one in media.rglob("*"))
        if manifest.format != FORMAT or found != manifest.files or not (folder / DATABASE).is_file():
            raise ArchiveError(f"{path} does not hold what it lists.")
        yield manifest, folder / DATABASE, media


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Plain files only, and none outside the folder."""
    for member in tar:
        place = PurePosixPath(member.name)
        if not member.isfile() or place.is_absolute() or ".." in place.parts:
            raise ArchiveError(f"It holds {member.name}, which no backup of this site would.")
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        source: Any = tar.extractfile(member)
        with source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
