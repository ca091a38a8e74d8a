"""Nothing secret reaches a learner before its release: canaries in every secret field, every page crawled.

The crawl starts where a learner starts and follows every link; the buttons of the runner are pressed, and its
script's replies read. What was found is asked for again by a stranger and by another learner.
"""

import base64
import hmac
import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from course.models import Lesson
from quizzes.kinds import KINDS
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import finish, start
from tests.quizzes.conftest import MULTIPLE, NOW, NUMERIC, SINGLE, TEXT, MakeQuestion
from tests.quizzes.kinds.generated.cases import CASES
from tests.quizzes.written import WRITTEN

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOLERANCE = 0.0271828
LINK = re.compile(r'(?:href|action|src|data-[a-z-]+)="(/[^"]*|\?[^"]*)"')
# Each of these is one page in many states; states of a quiz are all visited.
MANY_STATES = re.compile(r"^/attempts/")


@pytest.fixture
def seeds(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every seed that is drawn while the test runs, written down as it is made."""
    made: list[bytes] = []
    digest = hmac.digest

    def written_down(key: bytes, message: bytes, name: str) -> bytes:
        made.append(digest(key, message, name))
        return made[-1]

    monkeypatch.setattr("quizzes.services.variants.hmac.digest", written_down)
    return made


@pytest.fixture
def everything(
    course_content: None, seeds: list[bytes], quiz: Quiz, make_question: MakeQuestion, learner: User
) -> Attempt:
    """An attempt at a question of every kind, in a lesson's quiz, with a canary in every secret."""
    Quiz.objects.exclude(pk=quiz.pk).delete()
    quiz.lesson = Lesson.objects.get(slug="layers")
    quiz.save()
    for kind, data in (("single_choice", SINGLE), ("multiple_choice", MULTIPLE), ("short_text", TEXT)):
        make_question(kind, data, slug=f"fixed-{kind}", explanation="CANARY-explanation")
    make_question("numeric", NUMERIC | {"tolerance": TOLERANCE}, explanation="CANARY-explanation")
    for kind, (data, _) in WRITTEN.items():
        make_question(kind, data, slug=f"written-{kind}", explanation="CANARY-explanation")
    for case, (kind, data) in CASES.items():
        make_question(kind, data, slug=f"drawn-{case}", explanation="CANARY-explanation")
    attempt = start(learner, quiz, NOW)
    for answer in attempt.answers.all():
        _plant(answer)
    return attempt


def _plant(answer: Answer) -> None:
    """Let everything of a variant but what it shows be a canary; options are shown with their names."""
    variant = answer.variant
    options = [one["id"] for one in variant["shown"].get("options", []) if isinstance(one, dict)]
    for place, known in enumerate(variant["answers"]):
        known |= {
            "value": known["value"] if known["value"] in options else f"CANARY-key-{place}",
            "feedback": ["CANARY-feedback"],
            "title": "CANARY-title",
            "code": "CANARY-code",
        }
    variant["tolerance"] = TOLERANCE
    variant["hints"] = [f"CANARY-hint-{level}" for level in (1, 2, 3)]
    variant["steps"] = [{"text": "CANARY-step", "codes": ["CANARY-code"]}]
    answer.explanation_html = "<p>CANARY-explanation</p>"
    answer.save()


def secrets_in(response: HttpResponse, seeds: list[bytes]) -> list[str]:
    """Every secret that stands in a response: its body, its headers, its cookies."""
    body = b"".join(response) if response.streaming else response.content
    text = unescape(body.decode(errors="replace")) + str(response.headers) + response.cookies.output()
    found = re.findall(r"CANARY[-\w ]*", text)
    found += [word for word in (str(TOLERANCE), "is_right") if word in text]
    for seed in seeds:
        ways = (seed.hex(), base64.b64encode(seed).decode(), str(int.from_bytes(seed)))
        found += [way for way in ways if way in text]
    return found


def crawl(client: Client, start_at: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every page that links lead to, each path once, and the pages of attempts in all their states."""
    waiting, known = deque([start_at]), {start_at}
    while waiting:
        address = waiting.popleft()
        response: Any = client.get(address)
        yield address, response
        if not response["Content-Type"].startswith("text/html") or response.streaming:
            continue
        links = LINK.findall(unescape(response.content.decode()))
        if "Location" in response:
            links.append(response["Location"])
        for link in links:
            there = urlsplit(urljoin(address, link))
            name = f"{there.path}?{there.query}" if MANY_STATES.match(there.path) else there.path
            if name not in known and not there.path.startswith(("/static/", "/accounts/sign-out/")):
                known.add(name)
                waiting.append(f"{there.path}?{there.query}" if there.query else there.path)


def test_no_page_and_no_endpoint_tells_a_secret_before_its_release(
    everything: Attempt,
    seeds: list[bytes],
    learner_client: Client,
    other_client: Client,
    client: Client,
) -> None:
    assert {answer.kind for answer in everything.answers.all()} == set(KINDS)
    assert len(seeds) >= len(KINDS)
    found = {address: secrets_in(page, seeds) for address, page in crawl(learner_client, "/")}
    for position in range(1, everything.answers.count() + 1):
        assert f"/attempts/{everything.pk}/?item={position}" in found
    for address in ("/", "/dashboard/", "/quizzes/small/", f"/attempts/{everything.pk}/finish/"):
        assert address in found, sorted(found)
    extra = [
        "/accounts/export/",
        f"/attempts/{everything.pk}/results/",
        "/search/?q=canary",
        "/reviews/",
        f"/attempts/{everything.pk}/answers/1/",
        f"/attempts/{everything.pk}/answers/999/",
        "/admin/quizzes/answer/",
        "/api/openapi.json",
    ]
    found |= {address: secrets_in(learner_client.get(address), seeds) for address in extra}
    for visitor in (client, other_client):
        found |= {f"{address} ": secrets_in(visitor.get(address), seeds) for address in list(found)}
    assert {address: told for address, told in found.items() if told} == {}


def test_no_button_and_no_save_tells_a_secret(
    everything: Attempt, seeds: list[bytes], learner_client: Client
) -> None:
    as_json = {"accept": "application/json"}
    told: dict[tuple[int, str], list[str]] = {}
    for answer in everything.answers.in_order():
        address = f"/attempts/{everything.pk}/answers/{answer.position}/"
        for action, headers, tab in (
            ("save", as_json, "a" * 8),
            ("save", as_json, "b" * 8),
            ("save", {}, ""),
            ("flag", {}, ""),
            ("skip", {}, ""),
            ("again", {}, ""),
        ):
            form = {"answer": f"1{tab}", "action": action, "version": "0", "tab": tab}
            response = learner_client.post(address, form, headers=headers)
            told.setdefault((answer.position, action), []).extend(secrets_in(response, seeds))
        page = learner_client.get(f"/attempts/{everything.pk}/?item={answer.position}")
        told[answer.position, "page"] = secrets_in(page, seeds)
        learner_client.post(address, {"action": "hint", "hint": "3"})
        learner_client.post(address, {"action": "hint", "hint": "1"})
        page = learner_client.get(f"/attempts/{everything.pk}/?item={answer.position}")
        told[answer.position, "hint"] = sorted({*secrets_in(page, seeds)} - {"CANARY-hint-1"})
    assert {place: found for place, found in told.items() if found} == {}


def test_all_questions_on_one_page_tell_no_secret(
    everything: Attempt, seeds: list[bytes], learner_client: Client
) -> None:
    Quiz.objects.update(layout="all")
    page = learner_client.get(f"/attempts/{everything.pk}/")
    assert page.content.decode().count("data-quiz-part") == everything.answers.count()
    form = {
        f"p{answer.position}-{field}": "0"
        for answer in everything.answers.all()
        for field in ("answer", "version")
    }
    replies = [
        page,
        learner_client.post(f"/attempts/{everything.pk}/answers/", form | {"action": "save"}, follow=True),
    ]
    assert [secrets_in(reply, seeds) for reply in replies] == [[], []]


def test_the_canaries_sing_once_they_are_released(
    everything: Attempt, seeds: list[bytes], learner_client: Client
) -> None:
    """The control: the same search does find them on the results page."""
    everything.answers.exclude(kind="short_text").delete()
    finish(everything, NOW)
    found = secrets_in(learner_client.get(f"/attempts/{everything.pk}/results/"), seeds)
    assert {"CANARY-key-0", "CANARY-step", "CANARY-explanation"} <= set(found)
    page = HttpResponse(json.dumps({"seed": seeds[0].hex(), "tolerance": TOLERANCE}))
    assert secrets_in(page, seeds) == [str(TOLERANCE), seeds[0].hex()]
