"""What is sent to the admin in bad faith is refused, never answered with a fault; each address of the admin
is among those that are tried. Here, a part; `make prove` sends twenty times as much.
"""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from tests.config.admin_rows import rows
from tests.config.hostile_admin import TEXTS, names, places, some
from tests.config.hostile_requests import Sent
from tests.config.test_routes import patterns
from tests.conftest import SignIn
from tests.course.figures.networks import ANIMALS_JSON

pytestmark = [
    pytest.mark.django_db,
    # Filters by date take what has no time zone; Django says so only.
    pytest.mark.filterwarnings("ignore:DateTimeField .* received a naive datetime:RuntimeWarning"),
]
EACH = 7
"""Requests for each text and role."""


def send(client: Client, sent: Sent) -> tuple[int, str]:
    """The status and the page; whatever was changed is taken back."""
    verb = "GET" if sent.body is None else "POST"
    visitor = Client(raise_request_exception=False)
    visitor.cookies = client.cookies.copy()  # type: ignore[assignment]
    with transaction.atomic():
        answer = visitor.generic(verb, sent.path, sent.body or b"", sent.content_type)
        page = "" if answer.streaming else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    return answer.status_code, page


@pytest.fixture
def operator(make_user: Callable[..., User]) -> User:
    return make_user("operator", is_staff=True, is_superuser=True)


def test_every_address_of_the_admin_is_tried() -> None:
    real = {name for name, _ in patterns(get_resolver()) if name.startswith("admin:")} - {"admin:None"}
    assert {name.removeprefix("admin:") for name in real} == names()


@pytest.mark.parametrize("role", ["author", "operator"])
def test_odd_texts_everywhere_in_the_admin(
    role: str, learner: User, author: User, operator: User, client_for: SignIn
) -> None:
    client = client_for({"author": author, "operator": operator}[role])
    found = places(client, rows(learner, operator))
    for text in TEXTS:
        for sent in some(text, found, EACH):
            status, page = send(client, sent)
            assert status < 500, (sent.title, sent.path, text[:40])
            assert "<script>alert(1)" not in page, sent.title


@pytest.mark.parametrize("name", ["abc", "a%00b", "9" * 30, "1" * 5000])
def test_a_name_that_is_no_row_s_is_not_found(name: str, operator: User, client_for: SignIn) -> None:
    client = client_for(operator)
    for address in (
        f"/admin/course/contentrecord/{name}/change/",
        f"/admin/course/lesson/{name}/history/",
        f"/admin/quizzes/question/{name}/history/1/",
        f"/admin/labs/challenge/1/history/{name}/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_filter_beyond_all_years_is_refused_with_a_way_back(operator: User, client_for: SignIn) -> None:
    address = "/admin/accounts/user/?date_joined__year=" + "9" * 30
    status, page = send(client_for(operator), Sent("filter", address, None))
    assert status == 400
    assert "A number or a text in the address or the form is outside of what can be kept or searched" in page
    assert '<a href="/admin/accounts/user/">' in page


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("[1e999]", "Infinity, NaN and numbers beyond 1e308 cannot be kept."),
        ("9" * 5000, "This JSON cannot be read: a number in it has thousands of digits"),
        ("[" * 100_000, "This JSON cannot be read: a number in it has thousands of digits"),
        (r'{"a": "\u0000"}', "A text in it holds a character that no database can keep."),
        (r'{"a": "\ud800"}', "A text in it holds a character that no database can keep."),
    ],
    ids=["infinity", "digits", "depth", "NUL", "half surrogate"],
)
def test_json_that_cannot_be_kept_is_refused_in_its_field(
    document: str, says: str, learner: User, operator: User, client_for: SignIn
) -> None:
    made = rows(learner, operator)
    network = made["course.coursenetwork"]
    fields = {"course": made["course.course"].pk, "slug": "odd-animals", "document": document}
    page = client_for(operator).post(f"/admin/course/coursenetwork/{network.pk}/change/", fields)
    assert says in page.content.decode()
    network.refresh_from_db()
    assert network.document == ANIMALS_JSON  # type: ignore[attr-defined]


def test_what_contradicts_what_is_kept_is_refused(learner: User, operator: User, client_for: SignIn) -> None:
    """The form says that none of its chapters is there yet: each is made once more."""
    client = client_for(operator)
    found = places(client, rows(learner, operator))
    [course] = [one for one in found if one.name == "course_course_change"]
    fields = [
        (name, "-1" if name == "chapters-INITIAL_FORMS" else value) for name, value in course.forms[0].fields
    ]
    status, page = send(
        client, Sent("twice", course.address, urlencode([*fields, ("_save", "Save")]).encode())
    )
    assert status == 409
    assert "What was sent contradicts what is kept: somebody may have changed it meanwhile." in page
