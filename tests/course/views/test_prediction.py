"""Predictions: the answer comes after the commitment, for learners and visitors, and each has their own."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from course.account import account_export
from course.models import Act, Course, CourseNetwork, Lesson, Prediction
from course.services import save_lesson
from tests.course.figures.networks import ANIMALS_JSON

pytestmark = pytest.mark.django_db
PAGE = "/courses/demo/first/"
PREDICT = f"{PAGE}predict/which-class/"
TEXT = """\
::: predict Which class?
- cat
- [x] **llama**

Because of its neck.
:::
"""


@pytest.fixture(autouse=True)
def lesson(db: None) -> Lesson:
    course = Course.objects.create(slug="demo", title="Demo", outcome="o", is_published=True)
    chapter = course.chapters.create(slug="one", title="One")
    lesson = Lesson(course=course, chapter=chapter, slug="first", title="First", summary="s", text=TEXT)
    save_lesson(lesson)
    return lesson


def page_of(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_the_answer_is_shown_to_those_who_committed(who: str, client: Client, learner_client: Client) -> None:
    mine, other = (client, learner_client) if who == "visitor" else (learner_client, client)
    assert "Because of its neck." not in page_of(mine)
    response = mine.post(PREDICT, {"choice": "0", "sure": "certain"})
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}#which-class")
    page = page_of(mine)
    assert "You said cat, certain" in page
    assert "Not yet. It is <strong>llama</strong>" in page
    assert "Because of its neck." in page
    assert "Because of its neck." not in page_of(other)


def test_what_is_as_expected_is_said(learner_client: Client, learner: User) -> None:
    learner_client.post(PREDICT, {"choice": "1", "sure": "guess"})
    assert "As you expected: <strong>llama</strong>" in page_of(learner_client)
    assert Prediction.objects.for_learner(learner).get().choice == "llama"


def test_committing_to_every_question_is_an_act(learner_client: Client, learner: User) -> None:
    learner_client.post(PREDICT, {"choice": "0", "sure": "fairly"})
    learner_client.post(PREDICT, {"choice": "1", "sure": "fairly"})
    assert Act.objects.for_learner(learner).get().name == Act.Name.PREDICTED
    [exported] = account_export(learner)["predictions"]
    assert (exported["question"], exported["choice"], exported["sure"]) == ("which-class", "llama", "fairly")


@pytest.mark.parametrize("who", ["client", "learner_client"])
def test_predicting_again(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    client.post(PREDICT, {"choice": "0", "sure": "certain"})
    client.post(PREDICT, {"undo": "1"})
    assert "Because of its neck." not in page_of(client)
    assert "Commit prediction" in page_of(client)


@pytest.mark.parametrize(
    "data",
    [{}, {"choice": "0"}, {"sure": "guess"}, {"choice": "2", "sure": "guess"}, {"choice": "0", "sure": "x"}],
)
def test_an_incomplete_form_says_what_is_missing(client: Client, data: dict[str, str]) -> None:
    response = client.post(f"{PREDICT}?preset=cat&x=1,2", data)
    assert response["Location"] == f"{PAGE}?preset=cat&x=1,2&predict=which-class#which-class"
    page = page_of(client, response["Location"])
    assert "Choose an option, and say how sure you are." in page
    assert "Because of its neck." not in page


def test_a_prediction_survives_signing_in(client: Client, learner: User) -> None:
    client.post(PREDICT, {"choice": "1", "sure": "guess"})
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert "You said llama, a guess" in page_of(client)


def test_an_option_that_is_gone_asks_anew(learner_client: Client, lesson: Lesson) -> None:
    learner_client.post(PREDICT, {"choice": "0", "sure": "guess"})
    lesson.text = TEXT.replace("cat", "dog")
    save_lesson(lesson)
    assert "Because of its neck." not in page_of(learner_client)


def test_what_is_not_there_and_what_is_not_posted(client: Client) -> None:
    assert client.post(f"{PAGE}predict/none/", {"choice": "0", "sure": "guess"}).status_code == 404
    assert client.post("/courses/demo/none/predict/which-class/").status_code == 404
    assert client.get(PREDICT).status_code == 405
    Lesson.objects.update(is_published=False)
    assert client.post(PREDICT, {"choice": "0", "sure": "guess"}).status_code == 404


def with_figure(lesson: Lesson) -> None:
    lesson.network = CourseNetwork.objects.create(course=lesson.course, slug="animals", document=ANIMALS_JSON)
    save_lesson(lesson)


STATE = {"t": "8", "guess": "llama", "sure": "certain"}


def test_predicting_the_figure_s_answer_is_an_act(
    lesson: Lesson, client: Client, learner_client: Client, learner: User
) -> None:
    with_figure(lesson)
    assert f'method="post" action="{PAGE}predict/" data-part="predict"' in page_of(learner_client)
    assert 'method="get" action="#figure" data-part="predict"' in page_of(client)
    for mine in (client, learner_client):
        response = mine.post(f"{PAGE}predict/", STATE)
        assert (response.status_code, response["Location"]) == (
            302,
            f"{PAGE}?t=8&guess=llama&sure=certain#figure",
        )
        assert "You expected llama, certain" in page_of(mine, response["Location"])
    assert Act.objects.for_learner(learner).get().name == Act.Name.FIGURE_PREDICTED
    assert Act.objects.count() == 1


def test_what_is_no_prediction_of_the_figure_is_no_act(lesson: Lesson, learner_client: Client) -> None:
    assert learner_client.post(f"{PAGE}predict/", STATE).status_code == 404
    with_figure(lesson)
    for data in ({}, {"guess": "unicorn"}, {"guess": "llama", "sure": "maybe"}):
        assert learner_client.post(f"{PAGE}predict/", data).status_code == 302
    assert learner_client.get(f"{PAGE}predict/").status_code == 405
    assert learner_client.post("/courses/demo/none/predict/", STATE).status_code == 404
    assert not Act.objects.exists()


def test_a_lesson_that_asks_for_it_has_a_figure_that_chooses(lesson: Lesson) -> None:
    lesson.acts = ["figure-predicted"]
    with pytest.raises(ValidationError) as caught:
        save_lesson(lesson)
    assert caught.value.message_dict["acts"] == [
        "The lesson asks to predict its figure's answer, but its figure does not ask for it. "
        "Give it a network that chooses a class, and do not hide predict."
    ]
    with_figure(lesson)
    lesson.figure_hides = ["predict"]
    with pytest.raises(ValidationError):
        save_lesson(lesson)
