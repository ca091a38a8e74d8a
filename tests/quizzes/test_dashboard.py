"""The dashboard's cards: in their order, each empty and filled, and each alone when another fails."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from course.models import Skill
from course.panels import Panel
from quizzes import dashboard
from quizzes.models import Answer, Attempt, Card, Quiz
from quizzes.services import finish, start
from tests.quizzes.conftest import NOW
from tests.quizzes.test_memory import answered, skilled

__all__ = ["skilled"]
pytestmark = pytest.mark.django_db


def broken(user: User) -> list[Panel]:
    raise RuntimeError("CANARY-broken")


def badly_shown(user: User) -> list[Panel]:
    return [Panel("bad", "Badly shown", "course/no_such_template.html")]


def page_of(client: Client) -> str:
    response = client.get("/dashboard/")
    assert response.status_code == 200
    return response.content.decode()


def days(quiz: Quiz, learner: User, count: int) -> None:
    """So many attempts, a day apart, with a slip in each and the rest right."""
    for day in range(count):
        at = NOW + timedelta(days=day)
        one, two, three, four = start(learner, quiz, at).answers.all()
        answered(one, at, certainty=3)
        answered(two, at, certainty=2)
        answered(three, at, certainty=3)
        answered(four, at, is_right=False, certainty=1)
        finish(one.attempt, at)


def test_nothing_yet(learner_client: Client, learner: User) -> None:
    page = page_of(learner_client)
    assert "Nothing to review yet." in page
    assert page.index(">Reviews<") < page.index(">Begin<")
    for heading in ("Deadlines", "Skills", "Mix-ups", "Certainty"):
        assert f">{heading}<" not in page


def test_the_cards_in_their_order(skilled: Quiz, learner: User, learner_client: Client) -> None:
    skilled.certainty = Quiz.Certainty.PRACTICE
    skilled.closes_at = timezone.now() + timedelta(days=3)
    skilled.save()
    days(skilled, learner, 2)
    Answer.objects.filter(state="not-yet").update(
        misconception="B0", misconception_title="Bias forgotten", could_show=["B0"]
    )
    Card.objects.update(due_at=timezone.now() - timedelta(days=1), reviewed_at=timezone.now())
    page = page_of(learner_client)
    names = ["Reviews", "Continue", "Deadlines", "Quizzes", "Skills", "Mix-ups", "Certainty"]
    places = [page.index(f'">{name}') for name in names]
    assert places == sorted(places)
    assert "1 skill due, about 1 minute." in page
    assert "A small quiz closes" in page
    assert "Times of UTC." in page
    assert "<td>Holding</td>" in page
    assert "right, right, right" in page
    assert "Bias forgotten" in page
    assert "shown 2 times; gone after 3 more right answers where it could show" in page
    assert '<th scope="row">C3, over 80% sure</th><td>4</td><td>4</td><td>too few to tell</td>' in page


def test_recall_is_predicted_only_of_what_was_right_once(skilled: Quiz, learner: User) -> None:
    answer = start(learner, skilled, NOW).answers.all()[0]
    answered(answer, NOW, is_right=False)
    (panel,) = dashboard.skills(learner)
    assert [one.percent for one in panel.context["skills"]] == [None]


def test_deadlines_are_told_in_the_learners_zone(
    skilled: Quiz, learner: User, learner_client: Client
) -> None:
    end = (timezone.now() + timedelta(days=400)).replace(hour=12, minute=0)
    Quiz.objects.update(closes_at=end, title="Small <quiz>")
    User.objects.update(time_zone="Asia/Tokyo")
    page = page_of(learner_client)
    assert "Small &lt;quiz&gt; closes" in page
    assert "21:00</time>" in page
    assert "Times of Asia/Tokyo." in page
    start(learner, skilled, timezone.now())
    page = page_of(learner_client)
    assert "Your attempt at Small &lt;quiz&gt; ends" in page
    assert "quiz&gt; closes" not in page


def test_what_is_withheld_is_on_no_card(skilled: Quiz, learner: User) -> None:
    skilled.scores_release, skilled.closes_at = "close", NOW + timedelta(days=9_000)
    skilled.save()
    assert skilled.lesson is not None
    skilled.lesson.skills.add(Skill.objects.get())
    days(skilled, learner, 1)
    assert Answer.objects.filter(state=Answer.State.RIGHT).exists()
    (panel,) = dashboard.skills(learner)
    assert [(one.strength, one.results) for one in panel.context["skills"]] == [("New", ())]
    assert dashboard.misconceptions(learner) == dashboard.calibration(learner) == []
    (panel,) = dashboard.reviews(learner)
    assert (panel.context["queue"].count, panel.context["queue"].coming) == (0, ())


@pytest.mark.parametrize("provider", ["broken", "badly_shown"])
def test_a_card_that_fails_fails_alone(
    provider: str,
    learner_client: Client,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = f"tests.quizzes.test_dashboard.{provider}"
    settings.DASHBOARD_PANELS = {name: "Ours", **settings.DASHBOARD_PANELS}
    page = page_of(learner_client)
    assert "This could not be shown" in page
    assert "Nothing to review yet." in page
    assert "Nothing started yet" in page
    assert "CANARY" not in page
    assert len(caplog.records) == 1
    assert caplog.records[0].levelname == "ERROR"


def test_a_thousand_answers_cost_no_more_queries_than_ten(
    skilled: Quiz, learner: User, learner_client: Client
) -> None:
    days(skilled, learner, 3)
    few = counted(learner_client)
    multiply(learner, 1_000)
    assert Answer.objects.for_learner(learner).count() >= 1_000
    assert counted(learner_client) == few
    assert few < 40


def multiply(learner: User, wanted: int) -> None:
    """Copy the learner's answers into attempts of days before, until there are so many; and more skills."""
    rows = list(Answer.objects.for_learner(learner))
    made = 0
    while made < wanted:
        at = NOW - timedelta(days=made + 1)
        attempt = Attempt.objects.create(
            learner=learner, quiz=rows[0].attempt.quiz, status="finished", started_at=at, finished_at=at
        )
        copies = [Answer(**values(row, attempt, place)) for place, row in enumerate(rows, start=1)]
        Answer.objects.bulk_create(copies)
        made += len(copies)
    course = Skill.objects.get().course
    for n in range(30):
        skill = course.skills.create(slug=f"s{n}", title=f"skill {n}")
        Card.objects.create(
            learner=learner, skill=skill, stability=2.0, difficulty=5.0, reviewed_at=NOW, due_at=NOW
        )


def values(row: Answer, attempt: Attempt, position: int) -> dict[str, object]:
    kept = {field.attname: getattr(row, field.attname) for field in Answer._meta.concrete_fields}
    return kept | {"id": None, "attempt_id": attempt.pk, "position": position}


def counted(client: Client) -> int:
    page_of(client)
    with CaptureQueriesContext(connection) as asked:
        page_of(client)
    return len(asked)
