"""Uploads are named after what is in them, kept once, and swept when nobody names them."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from course.storage import MediaStorage
from tests.course.videos import PNG, WEBM


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_name_an_author_gave_is_forgotten(folder: Path) -> None:
    name = MediaStorage().save("../../etc/passwd.html", ContentFile(WEBM))
    assert names(folder) == [name]
    assert name.endswith(".webm")
    assert len(name) == 45
    assert (folder / name).read_bytes() == WEBM


def test_the_same_file_is_kept_once_and_another_beside_it(folder: Path) -> None:
    storage = MediaStorage()
    assert storage.save("a.webm", ContentFile(WEBM)) == storage.save("b.webm", ContentFile(WEBM))
    poster = storage.save("a.webm", ContentFile(PNG))
    assert poster.endswith(".png")
    assert len(names(folder)) == 2


def test_anything_else_is_not_stored(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"Only videos and posters are stored here\."):
        MediaStorage().save("a.webm", ContentFile(b"<script>"))
    assert not folder.exists()


def test_a_sweep_takes_what_is_old_ours_and_unused(folder: Path) -> None:
    storage = MediaStorage()
    used, unused, fresh = (storage.save("x", ContentFile(WEBM + bytes([n]))) for n in range(3))
    for name in (".broken.part", "readme.txt"):
        (folder / name).write_bytes(b"x")
    before = time.time() - 3700
    for name in (used, unused, ".broken.part", "readme.txt"):
        os.utime(folder / name, (before, before))
    storage.sweep({used})
    assert names(folder) == sorted([used, fresh, "readme.txt"])


def test_a_sweep_of_no_folder_is_nothing(folder: Path) -> None:
    MediaStorage().sweep(set())
    assert not folder.exists()
