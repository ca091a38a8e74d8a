"""A site comes back as it was: on the database it ran on, with its uploads, and with its work still to do."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from config import databases
from labs import services, tasks
from labs.models import Challenge, Criterion, Status, Submission
from tests.labs.conftest import GOOD

pytestmark = [pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Uploads: one whole file in a folder, and one that is still coming in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "videos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "videos" / "film.webm").write_bytes(b"film")
    (settings.MEDIA_ROOT / ".upload.part").write_bytes(b"half a fi")
    return settings.MEDIA_ROOT


@pytest.fixture
def waiting(learner: User) -> Submission:
    """A network that nobody has graded yet."""
    challenge = Challenge.objects.create(slug="three", title="Three layers", is_published=True)
    Criterion.objects.create(
        challenge=challenge, order=1, kind="parameters", settings="at_most = 124", points=1
    )
    return services.submit(learner, challenge, GOOD, token=uuid4(), now=timezone.now(), enqueue=tasks.enqueue)


@pytest.fixture
def another_database(database_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/another.sqlite3"
        return
    name = f"another_{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"{database_url.rpartition('/')[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(url: str, media: Path, *command: str) -> str:
    """What a command of another site prints, which has its own database and folder of uploads."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env={**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(media), "QUEUE": "database"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def everything(url: str, media: Path) -> list[object]:
    return sorted(json.loads(manage(url, media, "dumpdata")), key=str)


def test_a_site_that_was_lost_goes_on_elsewhere(
    waiting: Submission, media: Path, database_url: str, another_database: str, tmp_path: Path
) -> None:
    file, elsewhere = tmp_path / "folder" / "site.tar.gz", tmp_path / "elsewhere"
    call_command("backup", str(file), verbosity=0)
    assert [one.name for one in file.parent.iterdir()] == ["site.tar.gz"]
    manage(another_database, elsewhere, "restore", str(file))
    assert everything(another_database, elsewhere) == everything(database_url, media)
    assert [one.read_bytes() for one in elsewhere.rglob("*") if one.is_file()] == [b"film"]
    manage(another_database, elsewhere, "worker", "--batch", "--verbosity=0")
    graded = [one for one in everything(another_database, elsewhere) if one["model"] == "labs.submission"]
    assert [(one["pk"], one["fields"]["status"]) for one in graded] == [(str(waiting.pk), Status.GRADED)]


def test_what_was_destroyed_in_place_comes_back(waiting: Submission, media: Path, tmp_path: Path) -> None:
    file = tmp_path / "site.tar.gz"
    call_command("backup", str(file), verbosity=0)
    Submission.objects.all().delete()
    User.objects.create(username="came-later")
    (media / "videos" / "film.webm").unlink()
    call_command("restore", str(file), replace=True, verbosity=0)
    assert Submission.objects.get() == waiting
    assert not User.objects.filter(username="came-later").exists()
    assert (media / "videos" / "film.webm").read_bytes() == b"film"
    assert User.objects.create(username="next").pk > waiting.learner_id  # numbers go on after those restored


def test_nothing_is_overwritten_unasked(waiting: Submission, media: Path, tmp_path: Path) -> None:
    file = tmp_path / "site.tar.gz"
    call_command("backup", str(file), verbosity=0)
    for command in ("backup", "restore"):
        with pytest.raises(CommandError) as refusal:
            call_command(command, str(file), verbosity=0)
        assert (
            str(refusal.value)
            == {
                "backup": f"{file} exists already. Choose another name.",
                "restore": "The database is not empty. Name an empty one in DATABASE_URL, or repeat with "
                "--replace: everything in it is then lost.",
            }[command]
        )
    assert Submission.objects.get() == waiting


def test_a_damaged_backup_is_refused_before_anything_is_lost(
    waiting: Submission, media: Path, tmp_path: Path
) -> None:
    file = tmp_path / "site.tar.gz"
    call_command("backup", str(file), verbosity=0)
    whole = file.read_bytes()
    for length in (0, 100, len(whole) // 2, len(whole) - 10):
        file.write_bytes(whole[:length])
        with pytest.raises(CommandError, match="is no whole backup: "):
            call_command("restore", str(file), replace=True, verbosity=0)
    assert Submission.objects.get() == waiting


def test_a_backup_of_another_kind_of_database_is_refused(
    waiting: Submission, media: Path, tmp_path: Path
) -> None:
    file, other = tmp_path / "site.tar.gz", {"sqlite": "postgresql"}.get(connection.vendor, "sqlite")
    call_command("backup", str(file), verbosity=0)
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    listed = tmp_path / "unpacked" / "manifest.json"
    listed.write_text(listed.read_text().replace(connection.vendor, other))
    with tarfile.open(file, "w:gz") as tar:
        for one in ("manifest.json", "database", "media/videos/film.webm"):
            tar.add(tmp_path / "unpacked" / one, one)
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(file), replace=True, verbosity=0)
    assert str(refusal.value) == (
        f"{file} was written on {other}, and DATABASE_URL names a database on {connection.vendor}. "
        f"Restore it on {other}."
    )


def test_files_outside_the_site_are_never_written(db: None, tmp_path: Path) -> None:
    file = tmp_path / "site.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(ROOT / "manage.py", "media/../../elsewhere")
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(file), replace=True, verbosity=0)
    assert str(refusal.value) == ("It holds media/../../elsewhere, which no backup of this site would.")


def test_counting_tells_tables_apart(learner: User) -> None:
    assert databases.rows()["accounts_user"] == 1
    assert not databases.is_empty()
