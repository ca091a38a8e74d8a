"""Backing up while the site runs, and restoring what was backed up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from tests.conftest import MakeUser

pytestmark = pytest.mark.sqlite


@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_what_was_there(make_user: MakeUser, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "nothing was uploaded"
    make_user("ada")
    file = tmp_path / "folder" / "copy.sqlite3"

    call_command("backup", str(file), verbosity=0)

    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT username FROM accounts_user").fetchall() == [("ada",)]
    assert [one.name for one in file.parent.iterdir()] == ["copy.sqlite3"]


def test_it_never_overwrites(db: None, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite3"
    file.write_text("older")

    with pytest.raises(CommandError) as refusal:
        call_command("backup", str(file))

    assert str(refusal.value) == f"{file} exists already. Choose another name."
    assert file.read_text() == "older"


@pytest.mark.django_db(transaction=True)
def test_uploaded_files_are_copied_beside_it(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "film.webm").write_bytes(b"film")
    (settings.MEDIA_ROOT / ".upload.part").write_bytes(b"half a fi")
    file = tmp_path / "copy.sqlite3"

    call_command("backup", str(file), verbosity=0)

    copied = tmp_path / "copy.sqlite3.media"
    assert {one.name: one.read_bytes() for one in copied.iterdir()} == {"film.webm": b"film"}
