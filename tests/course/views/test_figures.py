"""Figures in a text: on the page in the state of the address, with their scripts; a fault is told."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.test import Client

from course.figures.kinds import KINDS, Kind
from course.models import Course, CourseNetwork, Lesson
from course.services import check_lesson, save_lesson, save_network
from tests.course.figures.networks import ANIMALS_JSON

pytestmark = pytest.mark.django_db
PAGE = "/courses/demo/first/"
FRONTEND = Path(__file__).parents[3] / "frontend"
TEXT = """\
Before.

```softmax
logits = [2.0, 1.0, -1.0]
```

Between.

```softmax
title = "Again"
logits = [1.0, 1.0]
```
"""


class Fields(HTMLParser):
    """The fields of every form, by its action."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[tuple[str, str]]] = {}
        self.action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told.get("action", "")
        if tag == "input" and "name" in told:
            self.fields.setdefault(self.action, []).append((told["name"], told["value"]))


@pytest.fixture(autouse=True)
def lesson(db: None) -> Lesson:
    course = Course.objects.create(slug="demo", title="Demo", outcome="o", is_published=True)
    chapter = course.chapters.create(slug="one", title="One")
    lesson = Lesson(course=course, chapter=chapter, slug="first", title="First", summary="s", text=TEXT)
    save_lesson(lesson)
    return lesson


def page_of(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_figures_stand_where_the_text_places_them(client: Client) -> None:
    page = page_of(client)
    places = [page.index(part) for part in ("Before.", 'id="softmax-1"', "Between.", 'id="softmax-2"')]
    assert places == sorted(places)
    assert page.count("js/softmax") == 1
    assert "<!--figure" not in page


def test_a_form_carries_on_what_else_the_address_says(client: Client) -> None:
    parser = Fields()
    parser.feed(page_of(client, "?focus=h1.3&softmax-1.t=0.5&softmax-2.t=2"))
    first, second = parser.fields["#softmax-1"], parser.fields["#softmax-2"]
    assert first[:3] == [("focus", "h1.3"), ("softmax-2.t", "2"), ("softmax-1.t", "0.5")]
    assert second[:3] == [("focus", "h1.3"), ("softmax-1.t", "0.5"), ("softmax-2.t", "2")]


def test_each_figure_answers_to_its_own_part_of_the_address(client: Client) -> None:
    assert "A low temperature" in page_of(client, "?softmax-1.t=0.5")
    assert "A low temperature" not in page_of(client, "?softmax-3.t=0.5")
    assert "&#x27;cold&#x27; is none. 1 is shown." in page_of(client, "?softmax-2.t=cold")


def test_a_block_that_cannot_be_shown_is_refused_with_its_line(lesson: Lesson) -> None:
    lesson.text = "Before.\n\n```softmax\nlogits = [1.0, 2.0]\nheat = 2\n```\n"
    with pytest.raises(ValidationError) as caught:
        check_lesson(lesson)
    assert caught.value.message_dict == {
        "text": [
            "Line 5: 'heat' is not a setting of this figure. "
            "Its settings: logits, names, shift, temperature, title."
        ]
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_its_template_and_its_script(kind: Kind[object]) -> None:
    get_template(kind.template)
    if kind.script:
        script = FRONTEND / kind.name / "index.js"
        assert f'customElements.define("lw-{kind.name}"' in script.read_text()


def test_the_lesson_s_own_figure_keeps_the_state_of_those_in_the_text(client: Client, lesson: Lesson) -> None:
    network = CourseNetwork(course=lesson.course, slug="animals", document=ANIMALS_JSON)
    save_network(network)
    lesson.network = network
    save_lesson(lesson)
    page = page_of(client, "?softmax-1.t=0.5&other=1")
    assert 'href="?softmax-1.t=0.5&amp;preset=dog#figure"' in page
    assert "other=1&amp;preset" not in page


def test_a_network_in_a_text_needs_no_script(client: Client, lesson: Lesson) -> None:
    lesson.text = (
        "```network\nimport keras\nmodel = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])\n```\n"
    )
    save_lesson(lesson)
    page = page_of(client)
    assert "1 layer with 8 parameters" in page
    assert "js/network" not in page
