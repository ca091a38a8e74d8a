"""What is sent in bad faith is refused by every page and the interface: with the reason, never with a fault.

`make prove` sends a hundred times as much, to a real web server and worker (tests.proofs.hostile_http).
"""

import random
from collections.abc import Callable, Iterable
from html import escape
from itertools import chain, islice, product

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

import engine
from accounts.models import User
from labs.models import Challenge, Draft
from quizzes.models import Question, Quiz
from quizzes.services import start
from tests.config.hostile_addresses import ASKED, FILES, FORMS, JSON_FIELDS, anywhere, some, with_file
from tests.config.hostile_requests import (
    NUMBERS,
    READABLE,
    Places,
    Sent,
    bodies,
    files,
    with_number,
    with_text,
)
from tests.config.test_routes import ROWS, clients, patterns, real_addresses  # noqa: F401
from tests.engine.hostile_files import weights as damaged_weights
from tests.engine.language.hostile_made import CORPUS, made
from tests.labs.conftest import challenge  # noqa: F401
from tests.labs.test_weights import by_hand  # noqa: F401
from tests.quizzes.conftest import NOW, make_question, quiz  # noqa: F401
from tests.quizzes.written import WRITTEN

pytestmark = pytest.mark.django_db

KINDS = ("network", "numeric", "blanks", "matrix")
EACH = 7
"""So many groups of texts, each with some of the written corpus; `make prove` sends them all."""
ODD = (
    "model = Sequential([Dense(10**9, input_shape=(10**9,))])",
    "a\0b",
    "\ud800",
    "x" * 300_000,
    "</script><script>alert(1)</script>",
    "\u202e" * 40,
    "(" * 9000,
)


@pytest.fixture
def places(
    settings: Settings,
    learner: User,
    challenge: Challenge,  # noqa: F811
    by_hand: Challenge,  # noqa: F811
    quiz: Quiz,  # noqa: F811
    make_question: Callable[..., Question],  # noqa: F811
) -> Places:
    settings.PLAYGROUND_PER_MINUTE = 10**9
    draft = Draft.objects.create(learner=learner, title="Kept", source=READABLE)
    for kind in KINDS:
        make_question(kind, WRITTEN[kind][0])
    attempt = start(learner, quiz, NOW)
    answers = (reverse("quizzes:answer", args=[attempt.pk, one.position]) for one in attempt.answers.all())
    addresses = (challenge.get_absolute_url(), by_hand.get_absolute_url(), draft.get_absolute_url())
    return Places(*addresses, answers=tuple(answers))


@pytest.fixture
def everywhere(settings: Settings, course_content: None, learner_client: Client) -> dict[str, str]:
    settings.PLAYGROUND_PER_MINUTE = settings.API_PER_MINUTE = 10**9
    return real_addresses(learner_client)


def refuse(client: Client, requests: Iterable[Sent]) -> None:
    """Sends them all. None is a fault of ours, and a page or answer that shows a text says what it lacks."""
    client.raise_request_exception = False
    stranger = Client(raise_request_exception=False)
    for sent in requests:
        visitor, verb = stranger if sent.is_stranger else client, "GET" if sent.body is None else "POST"
        answer = visitor.generic(verb, sent.path, sent.body or b"", sent.content_type)
        assert answer.status_code < 500, (sent.title, sent.path, (sent.body or b"")[:300])
        if answer["Content-Type"].startswith("text/html"):
            assert b"<script>alert(1)" not in answer.content, sent.title
        if sent.text and answer.status_code in (200, 422):
            assert says_why(answer.content.decode(), sent.text), (sent.title, sent.text[:300])


def says_why(answer: str, text: str) -> bool:
    """Whether an answer tells the first thing that is wrong with a text, or that it is too long."""
    if "bytes; at most 32,768 can be read" in answer or "at most 32768 characters" in answer:
        return len(text) > 32_768
    arrived = text.encode("utf-8", "surrogatepass").decode(errors="replace")
    found = engine.read(arrived.replace("\r\n", "\n").replace("\r", "\n")).diagnostics
    return not found or escape(found[0].message) in answer or "string_unicode" in answer


@pytest.mark.parametrize("first", range(EACH))
def test_texts_that_are_no_networks(learner_client: Client, places: Places, first: int) -> None:
    texts = [ODD[first], *CORPUS[first :: EACH * 30], made(random.Random(first))]
    refuse(learner_client, chain.from_iterable(with_text(text, places) for text in texts))


@pytest.mark.parametrize("number", NUMBERS, ids=[number[:9] for number in NUMBERS])
def test_numbers_that_are_none(learner_client: Client, places: Places, number: str) -> None:
    refuse(learner_client, islice(with_number(number, places), NUMBERS.index(number) % 3, None, 3))


def test_files_that_hold_no_network(learner_client: Client, places: Places) -> None:
    refuse(learner_client, chain.from_iterable(files(random.Random(seed)) for seed in range(15)))


def test_every_address_that_takes_something_is_among_them() -> None:
    """The table of addresses and roles (test_routes) is held against the address configuration itself."""
    sent_to = {name for name, row in ROWS.items() if not set(row.post) <= {405, "in"}}
    assert sent_to == FORMS.keys() | JSON_FIELDS.keys()
    assert ASKED.keys() | FILES.keys() <= ROWS.keys()


@pytest.mark.parametrize("text", ["a\0b", "1" * 5000], ids=["NUL", "5,000 digits"])
def test_a_text_or_number_in_every_field_of_every_address(
    learner_client: Client, everywhere: dict[str, str], text: str
) -> None:
    refuse(learner_client, anywhere(text, everywhere))


def test_other_texts_in_some_fields_of_all(learner_client: Client, everywhere: dict[str, str]) -> None:
    for text in (*ODD[2:6], "-1", "[[1e999]]", "' OR 1=1 --", "%00/../x", "\u0663\u00b2"):
        refuse(learner_client, some(text, everywhere, 20))


def test_files_at_every_address_that_takes_one(learner_client: Client, everywhere: dict[str, str]) -> None:
    contents = (b"", b"\0" * 9000, b"\xff\xfe", b"1,1,a\n" * 90_000, b"PK\x03\x04" + b"\0" * 99)
    made = (damaged_weights(random.Random(seed)) for seed in range(10))
    for content, name in product((*contents, *made), ("weights.npz", "../table.csv")):
        refuse(learner_client, with_file(content, name, everywhere))


def test_bodies_that_hold_nothing_at_all(learner_client: Client, places: Places) -> None:
    refuse(learner_client, bodies())


def test_a_network_too_long_for_a_quiz_is_told_so_and_not_cut(learner_client: Client, places: Places) -> None:
    text = READABLE + "# " + "x" * 8000
    page = learner_client.post(places.answers[0], {"action": "check", "answer": text}).content.decode()
    assert "That is longer than 8,000 characters. Leave out what is not the network." in page
