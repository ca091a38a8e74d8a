"""Authors in the admin: what they save appears on the site, faults are told, previews store nothing."""

import json

import pytest
from django.forms import model_to_dict
from django.test import Client

from course.content import Tree
from course.loading import load
from course.models import ContentRecord, CourseNetwork, Lesson

pytestmark = pytest.mark.django_db
PAGE = "/courses/neural-networks/layers/"


@pytest.fixture(autouse=True)
def _course(course_content: None) -> None:
    """Every test edits the shipped course."""


@pytest.fixture
def lesson() -> Lesson:
    return Lesson.objects.get(slug="layers")


def form_of(lesson: Lesson, **changes: object) -> dict[str, object]:
    """The lesson's form as a browser sends it, with CRLF line ends."""
    values = model_to_dict(lesson, exclude=["id", "skills", "acts"])
    values |= {"skills": [skill.pk for skill in lesson.skills.all()], "acts": '["text-read"]'}
    values |= {"text": lesson.text.replace("\n", "\r\n"), "is_published": "on", "lesson_id": lesson.pk}
    for inline in ("video", "revisions", "resources"):
        values |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    return {name: "" if value is None else value for name, value in (values | changes).items()}


def change(lesson: Lesson) -> str:
    return f"/admin/course/lesson/{lesson.pk}/change/"


def test_what_an_author_saves_appears_on_the_site(
    author_client: Client, client: Client, lesson: Lesson
) -> None:
    text = lesson.text + "\r\nAnd **h1.4** is {{ llama.h1.4.z }}.\r\n"
    assert author_client.post(change(lesson), form_of(lesson, text=text)).status_code == 302
    assert "And <strong>h1.4</strong> is −7." in client.get(PAGE).content.decode()
    assert lesson.history.first().history_user.username == "author"


def test_saving_without_a_change_is_no_edit(author_client: Client, lesson: Lesson) -> None:
    before = lesson.text
    author_client.post(change(lesson), form_of(lesson))
    lesson.refresh_from_db()
    assert lesson.text == before


def test_a_text_that_cannot_be_shown_is_not_saved(author_client: Client, lesson: Lesson) -> None:
    text = "# Wrong level\n\n{{ llama.h9.1.z }}\n"
    response = author_client.post(change(lesson), form_of(lesson, text=text))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Line 1: Headings go from ## to ####; the page itself has the first level." in page
    assert "Line 3: There is no neuron &#x27;h9.1&#x27; in the network" in page
    assert Lesson.objects.get(slug="layers").text == lesson.text


def test_a_film_is_edited_and_its_history_kept(author_client: Client, client: Client, lesson: Lesson) -> None:
    film = lesson.film.replace("Eight numbers become an answer", "From eight numbers")
    assert author_client.post(change(lesson), form_of(lesson, film=film)).status_code == 302
    assert "From eight numbers" in client.get(f"{PAGE}?tab=video").content.decode()
    newest, before = lesson.history.all()[:2]
    assert newest.film == film
    assert "Eight numbers become an answer" in before.film


def test_a_film_that_cannot_be_played_is_not_saved(author_client: Client, lesson: Lesson) -> None:
    scene = ("[[scene]]", 'title = "One"', "seconds = 9", 'caption = "{{ llama.h9.1.z }}"')
    film = "\r\n".join(('title = "A film"', *scene))
    page = author_client.post(change(lesson), form_of(lesson, film=film)).content.decode()
    assert "Line 5: In scene 1: `caption`: There is no neuron &#x27;h9.1&#x27; in the network" in page
    assert Lesson.objects.get(slug="layers").film == lesson.film


def test_a_lesson_may_do_without_a_film(author_client: Client, client: Client, lesson: Lesson) -> None:
    assert author_client.post(change(lesson), form_of(lesson, film=" \r\n")).status_code == 302
    assert Lesson.objects.get(slug="layers").film == ""
    assert "tab=video" not in client.get(PAGE).content.decode()


def test_a_figure_that_cannot_stand_is_not_saved(author_client: Client, lesson: Lesson) -> None:
    page = author_client.post(change(lesson), form_of(lesson, focus="h9.9")).content.decode()
    assert "The network has no unit &#x27;h9.9&#x27;; units are named like h1.3 or x.1." in page


def test_a_preview_is_the_page_and_stores_nothing(author_client: Client, lesson: Lesson) -> None:
    response = author_client.post(
        "/admin/course/lesson/preview/", form_of(lesson, text="Quite *new*.\n", title="New")
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "A preview. Nothing of this is saved." in page
    assert "Quite <em>new</em>." in page
    assert Lesson.objects.get(slug="layers").title == "Layers of a neural network"
    assert Lesson.objects.get(slug="layers").history.count() == lesson.history.count()


def test_a_preview_of_a_lesson_that_does_not_exist_yet(author_client: Client, lesson: Lesson) -> None:
    form = form_of(lesson, slug="another", text="First words.\n", lesson_id="")
    assert "First words." in author_client.post("/admin/course/lesson/preview/", form).content.decode()
    assert not Lesson.objects.filter(slug="another").exists()


def test_a_preview_that_cannot_be_shown_says_why(author_client: Client, lesson: Lesson) -> None:
    response = author_client.post("/admin/course/lesson/preview/", form_of(lesson, text="# Wrong\n"))
    assert response.status_code == 422
    assert "Line 1: Headings go from ## to ####" in response.content.decode()


def test_previews_are_for_authors_and_by_form(
    client: Client, learner_client: Client, author_client: Client, lesson: Lesson
) -> None:
    path = "/admin/course/lesson/preview/"
    assert client.post(path, form_of(lesson)).status_code == 302
    assert learner_client.post(path, form_of(lesson)).status_code == 302
    assert author_client.get(path).status_code == 405
    assert author_client.post(path, form_of(lesson, lesson_id="999")).status_code == 404


def test_a_network_that_breaks_a_lesson_is_not_saved(author_client: Client) -> None:
    network = CourseNetwork.objects.get()
    document = {**network.document, "presets": {"cat": network.document["presets"]["cat"]}}
    form = {"course": network.course_id, "slug": network.slug, "document": json.dumps(document)}
    page = author_client.post(f"/admin/course/coursenetwork/{network.pk}/change/", form).content.decode()
    assert "The lesson network could not be shown:" in page
    assert CourseNetwork.objects.get().document == network.document


@pytest.mark.parametrize(("button", "title"), [("take", "Theirs"), ("keep", "Mine")])
def test_an_edit_that_differs_from_its_file_is_settled_in_the_admin(
    author_client: Client, lesson: Lesson, settings: object, button: str, title: str
) -> None:
    author_client.post(change(lesson), form_of(lesson, title="Mine"))
    files = Tree.read(settings.CONTENT_DIR).files  # type: ignore[attr-defined]
    path = "neural-networks/layers/lesson.toml"
    newer = {**files, path: files[path].replace("Layers of a neural network", "Theirs")}
    load(Tree(newer), overwrite=False)
    record = ContentRecord.objects.get(kind="course.lesson", key="neural-networks/layers")
    address = f"/admin/course/contentrecord/{record.pk}/change/"
    assert address in author_client.get(change(lesson)).content.decode()
    page = author_client.get(address).content.decode()
    assert "<del>− Mine</del>" in page
    assert "<ins>+ Theirs</ins>" in page
    assert author_client.post(address, {button: "1"}).status_code == 302
    assert Lesson.objects.get(slug="layers").title == title
    assert "Nothing to settle" in author_client.get(address).content.decode()


@pytest.mark.parametrize(
    "model",
    ["course", "chapter", "skill", "coursenetwork", "lesson", "contentrecord", "act", "prediction"],
)
def test_every_list_opens_searches_and_filters(
    author_client: Client, learner_client: Client, model: str
) -> None:
    learner_client.get(PAGE)
    learner_client.post(f"{PAGE}read/")
    assert author_client.get(f"/admin/course/{model}/?q=layer").status_code == 200
    assert learner_client.get(f"/admin/course/{model}/").status_code == 302


def test_authors_look_at_progress_and_change_none(author_client: Client, learner_client: Client) -> None:
    learner_client.post(f"{PAGE}read/")
    assert author_client.post("/admin/course/act/add/").status_code == 403
    assert author_client.post("/admin/course/progress/add/").status_code == 403


def test_the_history_of_a_lesson_opens(author_client: Client, lesson: Lesson) -> None:
    assert author_client.get(f"/admin/course/lesson/{lesson.pk}/history/").status_code == 200
    past = lesson.history.first()
    assert (
        author_client.get(f"/admin/course/lesson/{lesson.pk}/history/{past.history_id}/").status_code == 200
    )
