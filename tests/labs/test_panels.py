"""What labs shows on a lesson and on the dashboard, and what it tells of a person in an export."""

import pytest
from django.test import Client

from accounts.models import User
from course.models import Lesson
from labs import services
from labs.export import account_export
from labs.models import Challenge
from labs.panels import dashboard_panels, lesson_panels
from tests.labs.conftest import GOOD
from tests.labs.test_challenge_pages import graded

pytestmark = pytest.mark.django_db


def test_a_lesson_shows_its_challenge_and_where_one_stands(
    course_content: None, client: Client, learner: User, learner_client: Client
) -> None:
    lesson, challenge = Lesson.objects.get(slug="layers"), Challenge.objects.get(slug="first-network")
    assert "Not tried" in client.get(lesson.get_absolute_url()).content.decode()
    [panel] = lesson_panels(lesson, learner)
    assert (panel.tab, panel.label, panel.is_done) == ("text", "Build it", False)
    graded(learner, challenge)
    page = learner_client.get(lesson.get_absolute_url()).content.decode()
    assert challenge.get_absolute_url() in page
    assert "Latest of 1 submission" in page


def test_a_lesson_without_a_challenge_opens_its_network_in_the_lab(
    course_content: None, client: Client, learner: User
) -> None:
    Challenge.objects.update(is_published=False)
    lesson = Lesson.objects.get(slug="layers")
    [panel] = lesson_panels(lesson, learner)
    assert panel.is_done is None
    assert (
        'href="/lab/?lesson=neural-networks/layers"' in client.get(lesson.get_absolute_url()).content.decode()
    )
    lesson.network = None
    assert lesson_panels(lesson, learner) == []


def test_the_dashboard_lists_what_was_tried(
    learner: User, other_learner: User, learner_client: Client, challenge: Challenge
) -> None:
    assert dashboard_panels(learner) == []
    graded(learner, challenge)
    graded(learner, challenge)
    [panel] = dashboard_panels(learner)
    assert panel.badge == "0 of 1 passed"
    assert "Latest of 2 submissions" in learner_client.get("/dashboard/").content.decode()
    assert dashboard_panels(other_learner) == []


def test_an_export_holds_drafts_and_submissions(
    learner: User, other_learner: User, challenge: Challenge
) -> None:
    services.keep_draft(learner, None, "Mine", GOOD)
    graded(learner, challenge)
    told = account_export(learner)
    assert [draft["title"] for draft in told["drafts"]] == ["Mine"]
    [submission] = told["submissions"]
    assert (submission["challenge"], submission["points"], submission["source"]) == ("three-layers", 2, GOOD)
    assert not any(account_export(other_learner).values())
