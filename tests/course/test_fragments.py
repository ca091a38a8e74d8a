"""Fragments of a figure are rendered once, and never carry anything of a person."""

import pytest
from django.template import engines
from django.test import Client

from accounts.models import User
from course.figures import network_figure
from course.placed import placed
from tests.conftest import SignIn
from tests.course.figures.networks import ANIMALS

LESSON = "/courses/neural-networks/layers/"
TAG = '{% load fragments %}{% fragment "course/figures/_tables.html" %}'
SHAPE = '{% load fragments %}{% fragment "course/figures/_matrices.html" vectors=vectors %}'


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_fragment_is_what_its_template_makes_of_the_figure() -> None:
    figure = network_figure(ANIMALS)
    plain = rendered('{% include "course/figures/_tables.html" %}', figure=figure)

    assert rendered(TAG, figure=figure) == plain
    assert rendered(TAG, figure=figure) == plain
    assert list(figure.fragments) == [("course/figures/_tables.html",)]


def test_each_value_in_the_tag_has_its_own_fragment() -> None:
    figure = network_figure(ANIMALS)

    column, row = (rendered(SHAPE, figure=figure, vectors=vectors) for vectors in ("column", "row"))
    assert column != row
    assert rendered(SHAPE, figure=figure, vectors="column") == column


def test_the_same_state_is_the_same_figure_and_another_is_another() -> None:
    assert network_figure(ANIMALS) is network_figure(ANIMALS)
    assert network_figure(ANIMALS, step=1) is not network_figure(ANIMALS)


@pytest.mark.django_db
def test_one_reader_s_page_has_nothing_of_another_s(
    course_content: None, client: Client, client_for: SignIn, learner: User, other_learner: User
) -> None:
    learner.vectors = "column"
    learner.save()
    first = client_for(learner).get(LESSON).content.decode()
    second = client_for(other_learner).get(LESSON).content.decode()
    stranger = client.get(LESSON).content.decode()

    def matrices(page: str) -> str:
        return page[page.index('<details class="matrices"') : page.index("the same network in Keras")]

    assert matrices(first) != matrices(second)
    assert matrices(second) == matrices(stranger)
    assert "csrfmiddlewaretoken" not in matrices(first)


def test_a_figure_in_a_text_is_rendered_once_for_each_state_and_address() -> None:
    stored = [{"name": "f-1", "kind": "activation", "body": 'functions = ["relu", "tanh"]'}]
    source = "{% load fragments %}{% placed_figure placed %}"
    plain = "{% include placed.kind.template with placed=placed shown=placed.shown %}"
    [first] = placed(stored, None, ()).values()
    [again] = placed(stored, None, ()).values()
    [kept] = placed(stored, None, (("tab", "text"),)).values()

    assert first is again
    assert rendered(source, placed=first) == rendered(plain, placed=first) == rendered(source, placed=again)
    assert 'name="tab" value="text"' in rendered(source, placed=kept)
    assert 'name="tab"' not in rendered(source, placed=first)
