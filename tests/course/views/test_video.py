"""The Video tab: a film stepped by links, its transcript, and nothing where there is none."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from course.models import Course, Lesson

LESSON = "/courses/neural-networks/layers/"
VIDEO = f"{LESSON}?tab=video"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _course(course_content: None) -> None:
    """Every page here shows a film of the shipped course."""


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_a_film_begins_with_its_first_scene(client: Client) -> None:
    page = text_of(client, VIDEO)
    assert '<a href="?tab=video" aria-current="page">Video</a>' in page
    assert "Scene 1 of 9: A llama, in numbers" in page
    assert page.count('id="figure"') == 1
    assert "The input is a llama: 5 of 8 numbers are not 0." in page


def test_every_scene_is_a_link_that_shows_the_figure_in_its_state(client: Client) -> None:
    page = text_of(client, VIDEO)
    links = [href.replace("&amp;", "&") for href in re.findall(r'<a href="([^"]+)" data-scene=', page)]
    assert len(links) == 18  # as chapters, and in the transcript
    for number, link in enumerate(links[:9], start=1):
        there = text_of(client, LESSON + link.partition("#")[0])
        assert f"Scene {number} of 9" in there
        assert re.search(r'data-part="back" hidden', there)
    assert "The network answers cat, with 32.2%." in text_of(client, LESSON + links[7].partition("#")[0])


def test_a_figure_that_was_touched_leads_back_to_the_film(client: Client) -> None:
    page = text_of(client, f"{VIDEO}&scene=2&t=7")
    assert 'data-part="back" hidden' not in page
    assert '<a class="btn" href="?tab=video&amp;scene=2#film">Continue the film</a>' in page


def test_the_transcript_has_every_caption_and_what_the_figure_shows(client: Client) -> None:
    transcript = text_of(client, VIDEO).partition('class="transcript"')[2]
    assert "Only 2 of the 6 neurons have something to say about a llama, 4 and 3." in transcript
    assert "Hidden 1 after relu: 2 of 6 units are on; the largest output is h1.3 = 4." in transcript


def test_a_lesson_without_a_film_has_no_such_tab(client: Client) -> None:
    Lesson.objects.filter(slug="layers").update(film="")
    page = text_of(client, VIDEO)
    assert 'href="?tab=video"' not in page
    assert "What a layer is" in page


def test_a_film_of_an_unpublished_course_is_nobody_s_but_its_authors(
    client: Client, learner_client: Client, author_client: Client
) -> None:
    Course.objects.update(is_published=False)
    text_of(client, VIDEO, 404)
    text_of(learner_client, VIDEO, 404)
    assert "Scene 1 of 9" in text_of(author_client, VIDEO)


def test_its_keys_are_told_where_they_are_on(client: Client, learner_client: Client, learner: User) -> None:
    assert "<kbd>k</kbd> plays" in text_of(client, VIDEO)
    learner.has_shortcuts = False
    learner.save()
    page = text_of(learner_client, VIDEO)
    assert "<kbd>k</kbd> plays" not in page
    assert 'data-own-keys data-shortcuts="off"' in page


def test_it_is_not_posted_to(client: Client) -> None:
    assert client.post(VIDEO).status_code == 405


def test_it_costs_no_query_more_than_the_text(client: Client) -> None:
    with CaptureQueriesContext(connection) as text:
        client.get(f"{LESSON}?tab=resources")
    with CaptureQueriesContext(connection) as video:
        client.get(VIDEO)
    assert len(video) <= len(text)
