"""A challenge that closes: what is taken until when, what its pages say, and the dashboard's list."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from course.content import ContentError, Tree
from course.models import Course, Lesson
from course.services import record_visit
from labs import dumping, loading, services
from labs.models import Challenge, Submission, Verdict
from labs.panels import deadlines
from tests.labs.conftest import GOOD, NOW
from tests.labs.test_challenge_pages import URL, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def closing(challenge: Challenge) -> Challenge:
    challenge.closes_at = NOW
    challenge.save()
    return challenge


def hand_in(learner: User, challenge: Challenge, after: timedelta) -> Submission:
    return services.submit(learner, challenge, GOOD, token=uuid4(), now=NOW + after, enqueue=lambda _: None)


@pytest.mark.parametrize("after", [timedelta(seconds=-1), timedelta()], ids=["a second before", "at"])
def test_it_is_taken_until_the_moment(closing: Challenge, learner: User, after: timedelta) -> None:
    assert hand_in(learner, closing, after).challenge == closing


def test_a_millisecond_later_nothing_is_taken(closing: Challenge, learner: User) -> None:
    with pytest.raises(services.ChallengeClosed):
        hand_in(learner, closing, timedelta(milliseconds=1))
    assert not Submission.objects.exists()


def test_what_was_taken_in_time_is_found_again_later(closing: Challenge, learner: User) -> None:
    sent = {"token": uuid4(), "enqueue": lambda _: None}
    first = services.submit(learner, closing, GOOD, now=NOW, **sent)
    assert services.submit(learner, closing, GOOD, now=NOW + timedelta(days=1), **sent) == first


def test_the_page_says_so_and_keeps_the_text(closing: Challenge, learner_client: Client) -> None:
    page = text_of(learner_client.get(URL).content.decode())
    assert "Closed on 2 March 2026" in page
    assert "It takes no more networks; go on trying in the lab." in page
    assert "Closed on 2 March 2026" in text_of(learner_client.get("/challenges/").content.decode())
    assert 'type="submit" data-submit' not in learner_client.get(URL).content.decode()
    response = learner_client.post(URL, {"source": GOOD})
    assert response.status_code == 409
    assert "This challenge has closed and takes no more networks." in response.content.decode()
    assert "Dense(units=6, input_shape=(8,)" in response.content.decode()


def test_before_that_it_says_until_when(challenge: Challenge, learner_client: Client) -> None:
    challenge.closes_at = timezone.now() + timedelta(days=400)
    challenge.save()
    assert "Submit until" in text_of(learner_client.get(URL).content.decode())
    assert "Submit until" in text_of(learner_client.get("/challenges/").content.decode())
    assert learner_client.post(URL, {"source": GOOD}).status_code == 302


def test_the_dashboard_lists_what_is_still_to_do(
    challenge: Challenge, learner: User, other_learner: User, learner_client: Client
) -> None:
    course = Course.objects.create(slug="c", title="C", is_published=True)
    chapter = course.chapters.create(slug="h", title="H")
    lesson = Lesson.objects.create(course=course, chapter=chapter, slug="l", title="L", summary="S", text="T")
    challenge.lesson, challenge.closes_at = lesson, timezone.now() + timedelta(days=2)
    challenge.save()
    assert deadlines(learner) == []
    record_visit(learner, lesson, sees_updates=False, now=timezone.now())
    assert [one.title for one in deadlines(learner)] == ["The challenge “Three layers” closes"]
    assert "The challenge “Three layers” closes" in learner_client.get("/dashboard/").content.decode()
    assert deadlines(other_learner) == []
    hand_in(other_learner, challenge, timedelta())
    assert len(deadlines(other_learner)) == 1
    Submission.objects.update(verdict=Verdict.PASSED)
    assert deadlines(other_learner) == []
    challenge.closes_at = timezone.now() - timedelta(minutes=1)
    challenge.save()
    assert deadlines(learner) == []


def test_a_file_says_it_as_a_moment(closing: Challenge) -> None:
    text = dumping.dump()["challenges/three-layers.toml"]
    assert "closes_at = 2026-03-02T12:00:00Z\n" in text
    closing.delete()
    loading.load(Tree({"challenges/three-layers.toml": text}), overwrite=False)
    assert Challenge.objects.get().closes_at == NOW


def test_a_file_says_of_which_zone(closing: Challenge) -> None:
    text = dumping.dump()["challenges/three-layers.toml"]
    with pytest.raises(ContentError) as caught:
        loading.load(Tree({"challenges/three-layers.toml": text.replace("00:00Z", "00:00")}), overwrite=False)
    assert str(caught.value) == (
        "challenges/three-layers.toml: `closes_at` needs an offset, such as 2026-03-02T12:00:00+01:00; "
        "Z means UTC."
    )
