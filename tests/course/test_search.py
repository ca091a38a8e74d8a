"""Search: every word must occur, beginnings count, the best place is shown with its words marked."""

import pytest
from django.contrib.auth.models import AnonymousUser

from course.models import Course, Lesson
from course.search import find, find_some, find_terms

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def course() -> Course:
    return Course.objects.create(slug="c", title="Course", outcome="o", is_published=True)


@pytest.fixture
def write(course: Course) -> object:
    chapter = course.chapters.create(slug="one", title="One")

    def make(slug: str, plain: str, **fields: object) -> Lesson:
        values = {"title": slug, "summary": "About it.", "text": "t"} | fields
        return course.lessons.create(  # type: ignore[misc]
            slug=slug, plain=plain, chapter=chapter, position=course.lessons.count(), **values
        )

    return make


def slugs(*words: str) -> list[str]:
    return [hit.lesson.slug for hit in find(words, NOBODY)]


def shown(*words: str) -> str:
    [hit] = find(words, NOBODY)
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in hit.pieces)


def test_a_title_goes_before_a_heading_before_the_text_before_the_inside_of_a_word(write: object) -> None:
    write("inside", "a fact")  # type: ignore[operator]
    write("text", "an activation")  # type: ignore[operator]
    write("heading", "activation", headings=[[2, "a", "Activation"]])  # type: ignore[operator]
    write("title", "nothing", title="Activations")  # type: ignore[operator]
    assert slugs("act") == ["title", "heading", "text", "inside"]
    assert slugs("ACTIVATIONS") == ["title", "heading", "text"]
    assert [hit.headings[0].anchor for hit in find(["act"], NOBODY) if hit.headings] == ["a"]


def test_every_word_or_else_some(write: object) -> None:
    write("one", "the bias of a neuron")  # type: ignore[operator]
    write("two", "the weight of a neuron")  # type: ignore[operator]
    assert slugs("neuron", "bias") == ["one"]
    assert slugs("bias", "weight") == []
    assert [hit.lesson.slug for hit in find_some(["bias", "weight"], NOBODY)] == ["one", "two"]
    assert find_some(["bias"], NOBODY) == []
    assert find([], NOBODY) == []


def test_a_plural_finds_the_singular(write: object) -> None:
    write("one", "one weight, a bias, a class")  # type: ignore[operator]
    for word in ("weights", "weight", "bias", "class"):
        assert slugs(word) == ["one"]
    assert slugs("biases") == []


def test_the_place_with_most_of_the_words_is_shown(write: object) -> None:
    filler = "lorem ipsum " * 40
    write("one", f"A bias here. {filler}Weights and biases meet here. {filler}")  # type: ignore[operator]
    found = shown("bias", "weight")
    assert "[Weights] and [biases] meet here." in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 230


def test_short_texts_and_strange_words_are_shown_as_they_are(write: object) -> None:
    write("one", "Use C++ (or not).")  # type: ignore[operator]
    assert shown("c++") == "Use [C++] (or not)."
    assert shown("(or") == "Use C++ [(or] not)."
    assert shown("se") == "U[se] C++ (or not)."
    assert shown("about") == "About it."


def test_terms_by_name_first_then_by_meaning(course: Course) -> None:
    course.terms.create(slug="b", title="bias", meaning="Added to the sum.")
    course.terms.create(slug="s", title="weighted sum", meaning="Products and the bias.")
    assert [term.slug for term in find_terms(["bias"], NOBODY)] == ["b", "s"]
    assert [term.slug for term in find_terms(["sums", "bias"], NOBODY)] == ["b", "s"]
    assert find_terms(["ias"], NOBODY) == []
    Course.objects.update(is_published=False)
    assert find_terms(["bias"], NOBODY) == []
