"""Backing up while the site runs, and restoring what was backed up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.conftest import MakeUser

pytestmark = pytest.mark.sqlite


@pytest.mark.django_db(transaction=True)
def test_a_copy_holds_what_was_there(make_user: MakeUser, tmp_path: Path) -> None:
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
