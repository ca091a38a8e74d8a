"""An author writes challenges and criteria in the admin, looks at submissions and has them graded again."""

import pytest
from django.test import Client

from accounts.models import User
from course.models import ContentRecord
from labs.models import Challenge, Status, Submission
from tests.labs.conftest import GOOD
from tests.labs.test_challenge_pages import graded, hand_in

pytestmark = pytest.mark.django_db


def form_of(challenge: Challenge, **changes: str) -> dict[str, str]:
    """What the admin's page of this challenge would send."""
    form = {
        "title": challenge.title,
        "slug": challenge.slug,
        "summary": challenge.summary,
        "task": challenge.task,
        "starter": challenge.starter,
        "order": "0",
        "board": "off",
        "is_published": "on",
        "criteria-TOTAL_FORMS": "2",
        "criteria-INITIAL_FORMS": "2",
        "solutions-TOTAL_FORMS": "0",
        "solutions-INITIAL_FORMS": "0",
    }
    for place, criterion in enumerate(challenge.criteria.all()):
        form |= {
            f"criteria-{place}-id": str(criterion.pk),
            f"criteria-{place}-challenge": str(challenge.pk),
            f"criteria-{place}-order": str(criterion.order),
            f"criteria-{place}-kind": criterion.kind,
            f"criteria-{place}-settings": criterion.settings,
            f"criteria-{place}-points": f"{criterion.points:g}",
        }
    return form | changes


def save(client: Client, challenge: Challenge, **changes: str) -> str:
    response = client.post(f"/admin/labs/challenge/{challenge.pk}/change/", form_of(challenge, **changes))
    return "" if response.status_code == 302 else str(response.content.decode())


def test_an_author_changes_a_criterion_and_sees_it_on_the_site(
    author_client: Client, client: Client, challenge: Challenge
) -> None:
    assert save(author_client, challenge, **{"criteria-1-settings": "at_most = 99"}) == ""
    assert "At most 99 parameters" in client.get(challenge.get_absolute_url()).content.decode()
    assert challenge.criteria.get(kind="parameters").history.count() == 2


def test_an_author_changes_the_task(author_client: Client, client: Client, challenge: Challenge) -> None:
    assert save(author_client, challenge, task="Write **three**.\r\n") == ""
    assert "Write <strong>three</strong>." in client.get(challenge.get_absolute_url()).content.decode()
    challenge.refresh_from_db()
    assert challenge.task == "Write **three**.\n"


def test_an_author_limits_the_attempts_and_takes_the_limit_away(
    author_client: Client, client: Client, challenge: Challenge
) -> None:
    for limit, is_told in (("3", True), ("", False)):
        assert save(author_client, challenge, attempt_limit=limit) == ""
        page = client.get(challenge.get_absolute_url()).content.decode()
        assert ("3 of 3 attempts left." in page) is is_told
    assert "3 of 3 attempts left." in preview(author_client, challenge, attempt_limit="3")[1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"criteria-1-settings": "\nat_mots = 3"},
            "Line 1: The criterion parameters has no argument &#x27;at_mots&#x27;; did you mean "
            "&#x27;at_most&#x27;?",
        ),
        (
            {"criteria-0-settings": 'want = ["Dense"]\nwant ='},
            "Line 2: This is not TOML: Invalid value.",
        ),
        (
            {"criteria-1-settings": 'at_most = 3\n[[criterion]]\nkind = "parameters"\nat_most = 4'},
            "Settings describe one criterion. Remove the [[criterion]] headings from them.",
        ),
        (
            {"criteria-0-DELETE": "on", "criteria-1-DELETE": "on"},
            "There is nothing to meet. Add a criterion.",
        ),
        (
            {"criteria-0-settings": 'want = ["Dense"]\nid = "a"',
             "criteria-1-settings": 'at_most = 1\nid = "a"'},
            "Two criteria have the id &#x27;a&#x27;.",
        ),
        ({"task": "# Too large"}, "Headings go from ## to ####"),
        ({"attempt_limit": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"attempt_limit": "101"}, "Ensure this value is less than or equal to 100."),
    ],
)  # fmt: skip
def test_faults_are_told_where_they_are(
    author_client: Client, challenge: Challenge, changes: dict[str, str], message: str
) -> None:
    assert message in save(author_client, challenge, **changes)
    assert challenge.criteria.get(kind="parameters").settings == "at_most = 124"


def test_what_criteria_take_stands_beside_the_form(author_client: Client) -> None:
    page = author_client.get("/admin/labs/challenge/add/").text
    assert "<summary><code>accuracy</code>: The share of samples whose class the network gets right" in page
    takes = "needed: a number at least 0 and at most 1. The smallest share allowed."
    assert f"<li><code>at_least</code>, {takes}</li>" in page
    assert "<li><code>moons</code>: Two half moons that reach into each other.</li>" in page


def test_who_publishes_what_nothing_passes_is_told(author_client: Client, challenge: Challenge) -> None:
    address = f"/admin/labs/challenge/{challenge.pk}/change/"
    told = "Nothing shows yet that this challenge can be passed."
    assert told in author_client.post(address, form_of(challenge), follow=True).text
    assert told not in author_client.post(address, form_of(challenge, is_published=""), follow=True).text
    challenge.solutions.create(title="It passes", source=GOOD)
    form = form_of(challenge) | {"solutions-TOTAL_FORMS": "0"}
    assert told not in author_client.post(address, form, follow=True).text


def test_an_author_looks_at_submissions_and_changes_nothing_in_them(
    author_client: Client, learner: User, challenge: Challenge
) -> None:
    submission = graded(learner, challenge)
    page = author_client.get(f"/admin/labs/submission/{submission.pk}/change/").content.decode()
    assert "Too many by 6." in page
    assert 'name="source"' not in page
    assert author_client.get("/admin/labs/submission/add/").status_code == 403
    found = author_client.get("/admin/labs/submission/?q=learner&status__exact=graded")
    assert str(submission.pk) in found.content.decode()


def test_an_author_has_finished_submissions_graded_again(
    author_client: Client, learner: User, challenge: Challenge
) -> None:
    finished, waiting = graded(learner, challenge), hand_in(learner, challenge)
    form = {"action": "grade_again", "_selected_action": [str(finished.pk), str(waiting.pk)]}
    page = author_client.post("/admin/labs/submission/", form, follow=True).content.decode()
    assert "1 handed to the workers." in page
    assert "1 left alone: being graded, or waiting for it." in page
    finished.refresh_from_db()
    assert (finished.status, finished.fence) == (Status.QUEUED, 1)


def test_the_lists_ask_the_database_as_often_for_many(
    author_client: Client, learner: User, challenge: Challenge, django_assert_max_num_queries: object
) -> None:
    for _ in range(8):
        graded(learner, challenge)
    with django_assert_max_num_queries(16):
        author_client.get("/admin/labs/submission/")
    assert Submission.objects.count() == 8


def test_learners_have_no_way_in(learner_client: Client) -> None:
    assert learner_client.get("/admin/labs/challenge/").status_code == 302


def preview(client: Client, challenge: Challenge, **changes: str) -> tuple[int, str]:
    form = form_of(challenge, challenge_id=str(challenge.pk), **changes)
    response = client.post("/admin/labs/challenge/preview/", form)
    return response.status_code, response.content.decode()


def test_an_author_sees_a_change_before_it_is_stored(author_client: Client, challenge: Challenge) -> None:
    changes = {"title": "Renamed", "task": "Write **three**.", "criteria-1-settings": "at_most = 99"}
    status, page = preview(author_client, challenge, **changes)
    assert status == 200
    assert "<h1>Renamed</h1>" in page
    assert "Write <strong>three</strong>." in page
    assert "At most 99 parameters" in page
    assert "Preview: nothing is stored or sent" in page
    assert "data-submit" not in page
    challenge.refresh_from_db()
    assert (challenge.title, challenge.task_html) == ("Three layers", "")
    assert challenge.criteria.get(kind="parameters").settings == "at_most = 124"


def test_a_preview_tells_every_fault(author_client: Client, challenge: Challenge) -> None:
    changes = {"title": "", "criteria-1-settings": "at_most = 'x'"}
    status, page = preview(author_client, challenge, **changes)
    assert status == 422
    assert "<strong>title: </strong>This field is required." in page
    assert "<strong>criterion 2, settings: </strong>Line 1:" in page


def test_a_new_challenge_can_be_previewed(author_client: Client, challenge: Challenge) -> None:
    changes = {"challenge_id": "", "slug": "new-one", "criteria-INITIAL_FORMS": "0"}
    kept = form_of(challenge).items()
    form = {name: value for name, value in kept if not name.endswith(("-id", "-challenge"))}
    response = author_client.post("/admin/labs/challenge/preview/", form | changes)
    assert response.status_code == 200
    assert Challenge.objects.count() == 1


def test_a_preview_is_for_authors_and_asked_by_post(
    author_client: Client, learner_client: Client, challenge: Challenge
) -> None:
    assert author_client.get("/admin/labs/challenge/preview/").status_code == 405
    assert learner_client.post("/admin/labs/challenge/preview/", form_of(challenge)).status_code == 302


def test_a_file_that_differs_is_shown_to_the_author(
    author_client: Client, client: Client, challenge: Challenge
) -> None:
    ContentRecord.objects.create(kind="labs.challenge", key=challenge.slug, values={}, offered={"title": "F"})
    page = author_client.get(f"/admin/labs/challenge/{challenge.pk}/change/").content.decode()
    assert "The file says something else." in page
    record = ContentRecord.objects.get()
    assert author_client.get(f"/admin/course/contentrecord/{record.pk}/change/").status_code == 200
    assert author_client.get("/admin/labs/challenge/").status_code == 200
