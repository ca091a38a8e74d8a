"""Hints of a challenge: from its file or the admin to its page, folded, and back."""

import pytest
from django.test import Client

from course.content import ContentError, Tree
from labs import dumping, loading
from labs.models import Challenge
from tests.labs.test_admin import preview, save

pytestmark = pytest.mark.django_db
PATH = "challenges/three-layers.toml"


@pytest.fixture
def hinted(challenge: Challenge) -> Challenge:
    challenge.hints = "Count the\nlayers.\n\n \nThree <b>is</b> right."
    challenge.save()
    return challenge


def test_hints_are_folded_on_the_page_each_with_its_number(client: Client, hinted: Challenge) -> None:
    page = client.get(hinted.get_absolute_url()).text
    assert "<details><summary>Hint 1 of 2</summary><p>Count the layers.</p></details>" in page
    assert "<summary>Hint 2 of 2</summary><p>Three &lt;b&gt;is&lt;/b&gt; right.</p>" in page


def test_without_hints_there_is_no_place_for_them(client: Client, challenge: Challenge) -> None:
    assert "Hint" not in client.get(challenge.get_absolute_url()).text


def test_a_file_has_them_as_a_list(hinted: Challenge) -> None:
    text = dumping.dump()[PATH]
    assert 'hints = ["Count the layers.", "Three <b>is</b> right."]' in text
    hinted.delete()
    loading.load(Tree({PATH: text}), overwrite=False)
    assert Challenge.objects.get().hint_list == ["Count the layers.", "Three <b>is</b> right."]
    assert dumping.dump()[PATH] == text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('["Count.", " "]', "One of the `hints` is empty."),
        ("[3]", "`hints` must be a list of texts in quotes."),
        ('"Count."', "`hints` must be a list of texts."),
    ],
)
def test_what_is_no_list_of_hints_is_told(hinted: Challenge, written: str, told: str) -> None:
    text = dumping.dump()[PATH].replace('["Count the layers.", "Three <b>is</b> right."]', written)
    with pytest.raises(ContentError) as caught:
        loading.load(Tree({PATH: text}), overwrite=False)
    assert str(caught.value) == f"{PATH}: {told}"


def test_an_author_writes_one_in_each_paragraph(author_client: Client, challenge: Challenge) -> None:
    hints = "First.\r\n\r\nSecond."
    assert "Hint 2 of 2" in preview(author_client, challenge, hints=hints)[1]
    assert save(author_client, challenge, hints=hints) == ""
    challenge.refresh_from_db()
    assert challenge.hint_list == ["First.", "Second."]
