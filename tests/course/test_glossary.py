"""The glossary: from its file to rows and back, on its page, in search, in texts, and in the admin."""

import pytest
from django.test import Client

from course.content import ContentError, Tree
from course.dumping import dump
from course.loading import load
from course.models import Course, Lesson

pytestmark = pytest.mark.django_db
FILES = {
    "demo/course.toml": (
        'title = "Demo"\noutcome = "o"\n[[chapter]]\nslug = "c"\ntitle = "C"\nlessons = ["first"]\n'
    ),
    "demo/glossary.toml": (
        '# Words.\n[[term]]\nslug = "bias"\ntitle = "bias"\nmeaning = "A number added to the sum."\n'
    ),
    "demo/first/lesson.toml": 'title = "First"\nsummary = "s"\n',
    "demo/first/text.md": "The [bias](term:bias) counts.\n",
}


@pytest.fixture
def course() -> Course:
    load(Tree(FILES), overwrite=False)
    return Course.objects.get()


def test_loading_and_dumping_give_the_same_bytes(course: Course) -> None:
    assert dump() == FILES
    course.terms.update(meaning="Added last.")
    assert dump()["demo/glossary.toml"] == FILES["demo/glossary.toml"].replace(
        "A number added to the sum.", "Added last."
    )


def test_a_text_shows_the_meaning_but_is_not_found_by_it(course: Course, client: Client) -> None:
    page = client.get("/courses/demo/first/").content.decode()
    assert "A number added to the sum." in page
    assert Lesson.objects.get().plain == "The bias counts."


def test_a_changed_meaning_reaches_the_texts(course: Course, client: Client) -> None:
    changed = FILES["demo/glossary.toml"].replace("A number added", "One number added")
    load(Tree({**FILES, "demo/glossary.toml": changed}), overwrite=False)
    assert "One number added" in client.get("/courses/demo/first/").content.decode()


def test_its_page_and_the_search(course: Course, client: Client) -> None:
    page = client.get("/courses/demo/glossary/").content.decode()
    assert '<div id="bias"><dt>bias</dt>' in page
    assert 'href="/courses/demo/glossary/#bias"' in client.get("/search/?q=bias").content.decode()
    assert 'href="/courses/demo/glossary/"' in client.get("/courses/demo/").content.decode()
    assert client.post("/courses/demo/glossary/").status_code == 405
    assert client.get("/courses/none/glossary/").status_code == 404
    Course.objects.update(is_published=False)
    assert client.get("/courses/demo/glossary/").status_code == 404
    assert "/courses/demo/glossary/#bias" not in client.get("/search/?q=bias").content.decode()


def test_a_course_without_words_says_so(client: Client) -> None:
    Course.objects.create(slug="demo", title="Demo", outcome="o", is_published=True)
    assert "No words yet" in client.get("/courses/demo/glossary/").content.decode()


def test_a_term_that_is_not_there_is_told_with_its_line() -> None:
    with pytest.raises(ContentError) as caught:
        load(Tree({**FILES, "demo/first/text.md": "A\n\n[b](term:b)\n"}), overwrite=False)
    assert str(caught.value) == (
        "demo/first/text.md: Line 3: There is no term 'b' in the glossary. Its terms: bias."
    )


def test_an_author_changes_a_meaning_and_cannot_drop_a_word_in_use(
    course: Course, author_client: Client, client: Client
) -> None:
    term = course.terms.get()
    form = {"title": "Demo", "slug": "demo", "outcome": "o", "level": "first-steps", "position": "0"}
    for inline in ("chapters", "skills"):
        form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    form |= {"terms-TOTAL_FORMS": "1", "terms-INITIAL_FORMS": "1", "is_published": "on"}
    form |= {"terms-0-id": str(term.pk), "terms-0-course": str(course.pk), "terms-0-slug": "bias"}
    form |= {"terms-0-title": "bias", "terms-0-meaning": "What is added."}
    path = f"/admin/course/course/{course.pk}/change/"
    assert author_client.post(path, form).status_code == 302
    assert "What is added." in client.get("/courses/demo/first/").content.decode()
    refused = author_client.post(path, {**form, "terms-0-DELETE": "on"}).content.decode()
    assert "The lesson first links to the term bias. Take the link out of it first." in refused
