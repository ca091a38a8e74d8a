"""Skills in the admin: they build on skills of their own course, and never on each other in a circle."""

import pytest
from django.test import Client

from course.models import Course, Skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return Course.objects.create(slug="sums", title="Sums", outcome="Add.")


def saved(client: Client, skill: Skill, slug: str, needs: list[Skill]) -> str:
    """Saves the skill under that slug; returns what the page says was amiss, as HTML."""
    values = {"course": skill.course_id, "slug": slug, "title": skill.title, "position": 0}
    values["needs"] = [need.pk for need in needs]  # type: ignore[assignment]
    response = client.post(f"/admin/course/skill/{skill.pk}/change/", values)
    return "" if response.status_code == 302 else response.content.decode()


def test_what_a_skill_builds_on(author_client: Client, course: Course) -> None:
    adding = course.skills.create(slug="adding", title="adding")
    multiplying = course.skills.create(slug="multiplying", title="multiplying")
    assert saved(author_client, multiplying, "multiplying", [adding]) == ""
    assert list(multiplying.needs.all()) == [adding]
    assert saved(author_client, adding, "addition", []) == ""
    said = saved(author_client, adding, "addition", [multiplying])
    assert "The skills need each other in a circle: multiplying needs addition needs multiplying." in said
    assert not adding.needs.exists()


def test_a_skill_of_another_course(author_client: Client, course: Course) -> None:
    adding = course.skills.create(slug="adding", title="adding")
    other = Course.objects.create(slug="other", title="Other", outcome="o")
    foreign = other.skills.create(slug="foreign", title="foreign")
    said = saved(author_client, adding, "adding", [foreign])
    assert "&#x27;adding&#x27; needs &#x27;foreign&#x27;, and there is no such skill. Skills: adding." in said
