"""The content check: the shipped content passes, faults are told all at once, and nothing is stored."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from course.models import Course

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(settings.CONTENT_DIR, tmp_path / "content")
    return tmp_path / "content"


def fault_of(folder: Path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("check_content", root=folder)
    return str(caught.value)


def test_the_shipped_content_has_nothing_to_mend_and_is_not_stored() -> None:
    said = StringIO()
    call_command("check_content", stdout=said)
    assert said.getvalue().endswith(" files, nothing to mend\n")
    assert not Course.objects.exists()


def test_every_fault_of_every_text_is_told_with_file_and_line(folder: Path) -> None:
    for lesson in ("layers", "weights"):
        (folder / "neural-networks" / lesson / "text.md").write_text("# A\n\n{{ llama.h9.1.z }}\n")
    message = "There is no neuron 'h9.1' in the network; they are named like h1.3 or out.2."
    level = "Headings go from ## to ####; the page itself has the first level."
    assert fault_of(folder).splitlines() == [
        f"neural-networks/{lesson}/text.md: Line {line}: {told}"
        for lesson in ("layers", "weights")
        for line, told in ((1, level), (3, message))
    ]


def test_a_fault_of_a_quiz_is_told(folder: Path) -> None:
    path = folder / "neural-networks" / "weights" / "quiz.toml"
    path.write_text(path.read_text().replace('kind = "numeric"', 'kind = "numerical"', 1))
    assert fault_of(folder) == (
        "neural-networks/weights/quiz.toml, question 'nothing-arrives': "
        "kind: Value 'numerical' is not a valid choice."
    )


def test_every_fault_of_a_film_is_told_with_file_and_line(folder: Path) -> None:
    path = folder / "neural-networks" / "weights" / "film.toml"
    film = (
        path.read_text().replace('focus = "h1.2"', 'focus = "h1.9"', 1).replace("seconds = 9", "seconds = 99")
    )
    path.write_text(film)
    lines = film.splitlines()
    first, slow = lines.index("[[scene]]") + 1, lines.index("seconds = 99") + 1
    assert fault_of(folder).splitlines()[:2] == [
        f"neural-networks/weights/film.toml: Line {first}: In scene 1: The figure cannot show this. There is "
        "no unit 'h1.9' in this network; units are named like h1.3 or x.1.",
        f"neural-networks/weights/film.toml: Line {slow}: In scene 4: `seconds` must be a whole number from "
        "2 to 60.",
    ]


def test_a_network_that_is_none_is_told(folder: Path) -> None:
    (folder / "neural-networks" / "networks" / "other.json").write_text("{}")
    assert fault_of(folder) == (
        "neural-networks/networks/other.json: "
        "The network has no 'source'. Give the Keras text that builds it."
    )
