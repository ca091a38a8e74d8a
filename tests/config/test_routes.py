"""Who may do what where: every address, by role and by verb. A route without a row here fails.

The table says what happens, in words: "ok" (a page), "in" (to the sign-in page), "go" (done, or sent on), or
a status. Roles in this order: a stranger, the learner whose thing it is, another learner, an author.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from course.models import Lesson
from labs import services
from labs.models import Draft, DraftVersion, LongRun, Submission
from quizzes.models import Attempt
from tests.conftest import SignIn
from tests.course.videos import give_video

ROLES = ("stranger", "owner", "other", "author")
Outcomes = tuple[object, object, object, object]

NETWORK = """\
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(6, input_shape=(8,), activation='relu'), Dense(4, activation='softmax')])
"""


@dataclass(frozen=True)
class Row:
    """What GET and POST come to for each role; POST sends `data`."""

    get: Outcomes
    post: Outcomes
    data: tuple[tuple[str, object], ...] = ()
    content_type: str = ""


def everyone(outcome: object) -> Outcomes:
    return (outcome, outcome, outcome, outcome)


NEVER = everyone(405)
OPEN = everyone("ok")
PAGE = Row(OPEN, NEVER)
SIGNED_IN: Outcomes = ("in", "ok", "ok", "ok")
GO: Outcomes = ("in", "go", "go", "go")
OWN: Outcomes = ("in", "ok", 404, 404)
OWN_GO: Outcomes = ("in", "go", 404, 404)
TEXT = (("source", NETWORK), ("title", "mine"))
SOURCE = (("source", NETWORK),)
EIGHT = [2, 2, 0, 2, 2, 0, 0, 2]
NEW_PASSWORD = (("new_password1", "a quite different phrase"), ("new_password2", "a quite different phrase"))

ROWS = {
    "course:catalogue": PAGE,
    "course:course": PAGE,
    "course:lesson": PAGE,
    "course:read": Row(NEVER, GO),
    "course:place": Row(NEVER, ("in", "ok", "ok", "ok"), (("heading", "the-forward-pass"),)),
    "course:feed": PAGE,
    "course:glossary": PAGE,
    "course:predict-figure": Row(NEVER, everyone("go"), (("guess", "llama"), ("sure", "fairly"), ("t", "8"))),
    "course:predict": Row(NEVER, everyone("go")),
    "course:resource": PAGE,
    "course:media": PAGE,
    "course:captions": PAGE,
    "course:search": PAGE,
    "course:dashboard": Row(SIGNED_IN, NEVER),
    "quizzes:quiz": Row(OPEN, GO),
    "quizzes:attempt": Row(OWN, NEVER),
    "quizzes:answer": Row(NEVER, OWN_GO, (("answer", "0"), ("action", "save"))),
    "quizzes:answers": Row(NEVER, OWN_GO, (("p1-answer", "0"), ("p1-version", "0"), ("action", "save"))),
    "quizzes:finish": Row(OWN, OWN_GO),
    "quizzes:results": Row(OWN_GO, NEVER),
    "quizzes:practice": Row(NEVER, OWN_GO),
    "quizzes:reviews": Row(SIGNED_IN, ("in", 409, 409, 409)),
    "labs:challenges": PAGE,
    "labs:challenge": Row(OPEN, GO, SOURCE),
    "labs:board": Row(OPEN, ("in", 422, 422, 422)),
    "labs:submission": Row((404, "ok", 404, "ok"), NEVER),
    "labs:compare": Row((404, "ok", 404, "ok"), NEVER),
    "labs:cancel": Row(NEVER, (404, "go", 404, 404)),
    "labs:lab": Row(OPEN, GO, TEXT),
    "labs:playground": Row(OPEN, OPEN, (("go", "epoch"),)),
    "labs:points": Row(OPEN, everyone("go"), (("table", "1,1,a\n2,2,a\n-1,-1,b\n-2,-2,b"),)),
    "labs:comparison": Row(OPEN, OPEN, (("go", "epoch"),)),
    "labs:long-runs": Row(NEVER, GO, (("epochs", "5"),)),
    "labs:long-run": Row(OWN, NEVER),
    "labs:cancel-long-run": Row(NEVER, OWN_GO),
    "labs:export": Row(NEVER, OPEN, TEXT),
    "labs:import": Row(NEVER, everyone(422)),
    "labs:shared": PAGE,
    "labs:share": Row(NEVER, (404, "go", 404, 404)),
    "labs:versions": Row(NEVER, (404, "go", 404, 404), (("name", "first"),)),
    "labs:version": Row((404, "ok", 404, 404), (404, "go", 404, 404)),
    "labs:weights": Row((404, "ok", 404, 404), (404, "go", 404, 404), (("draw", "1"), ("seed", "3"))),
    "labs:weights-file": Row((404, "ok", 404, 404), NEVER),
    "labs:draft": Row((404, "ok", 404, 404), (404, "go", 404, 404), TEXT),
    "accounts:sign-in": Row(("ok", "go", "go", "go"), ("ok", "go", "go", "go")),
    "accounts:sign-up": Row(("ok", "go", "go", "go"), ("ok", "go", "go", "go")),
    "accounts:sign-out": Row(NEVER, everyone("go")),
    "accounts:password": Row(SIGNED_IN, SIGNED_IN),
    "accounts:reset": Row(OPEN, everyone("go"), (("email", "a@example.org"),)),
    "accounts:reset-sent": PAGE,
    "accounts:reset-confirm": Row(everyone(404), everyone(404), NEW_PASSWORD),
    "accounts:export": Row(SIGNED_IN, ("in", 405, 405, 405)),
    "accounts:delete": Row(SIGNED_IN, SIGNED_IN),
    "accounts:settings": Row(SIGNED_IN, SIGNED_IN),
    "accounts:theme": Row(("in", 405, 405, 405), ("in", "ok", "ok", "ok"), (("theme", "dark"),)),
    "accounts:help": PAGE,
    "accounts:privacy": PAGE,
    "api:openapi-json": Row(OPEN, OPEN),
    "api:api-root": Row(everyone(404), everyone(404)),
    "api:check_network": Row(NEVER, OPEN, SOURCE, "application/json"),
    "api:edit_network": Row(NEVER, OPEN, (*SOURCE, ("action", "more:0.units")), "application/json"),
    "api:vocabulary": PAGE,
    "api:train": Row(NEVER, OPEN, (("settings", {"dataset": "xor"}), ("steps", 1)), "application/json"),
    "api:compare": Row(NEVER, OPEN, (("settings", {"dataset": "xor"}), ("step", True)), "application/json"),
    "api:trace_network": Row(NEVER, OPEN, (*SOURCE, ("x", EIGHT)), "application/json"),
    "admin-entry": Row(("in", 403, 403, 403), NEVER),
    "admin-password": Row(everyone("go"), everyone("go")),
    "healthz": PAGE,
    "favicon": Row(everyone("go"), everyone("go")),
}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or namespace)
        else:
            yield f"{namespace}:{entry.name}" if namespace else str(entry.name), entry


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    names = {name for name, _ in patterns(get_resolver()) if not name.startswith("admin:")}

    assert names == set(ROWS)


@pytest.fixture
def clients(learner: User, other_learner: User, author: User, client_for: SignIn) -> dict[str, Client]:
    return {
        "stranger": Client(),
        "owner": client_for(learner),
        "other": client_for(other_learner),
        "author": client_for(author),
    }


@pytest.fixture
def addresses(course_content: None, clients: dict[str, Client]) -> dict[str, str]:
    return real_addresses(clients["owner"])


def real_addresses(owner: Client) -> dict[str, str]:
    """One address for each route; whatever belongs to someone belongs to the owner, who has nothing yet."""
    owner.post(reverse("quizzes:quiz", args=["layers"]))
    owner.post(reverse("labs:challenge", args=["first-network"]), {"source": NETWORK})
    owner.post(reverse("labs:lab"), {"source": NETWORK, "title": "mine"})
    owner.post(reverse("labs:long-runs"), {"epochs": "9"})
    attempt, draft = Attempt.objects.get(), Draft.objects.get()
    owner.post(reverse("labs:share", args=[draft.pk]))
    owner.post(reverse("labs:versions", args=[draft.pk]), {"name": "first"})
    draft.refresh_from_db()
    graded = Submission.objects.get()
    services.claim(graded.pk, 0, timezone.now())
    empty = {"verdict": "invalid", "points": 0, "possible": 1, "rows": [], "diagnostics": []}
    services.finish(graded.pk, 0, empty, timezone.now())
    lesson: list[object] = ["neural-networks", "layers"]
    video = give_video(Lesson.objects.get(slug="layers"))
    arguments: dict[str, list[object]] = {
        "course:course": lesson[:1],
        "course:lesson": lesson,
        "course:read": lesson,
        "course:place": lesson,
        "course:predict-figure": lesson,
        "course:feed": lesson[:1],
        "course:glossary": lesson[:1],
        "course:predict": [
            "neural-networks",
            "weights",
            Lesson.objects.get(slug="weights").predictions[0]["name"],
        ],
        "course:resource": [*lesson, "network.py"],
        "course:media": [video.file.name],
        "course:captions": lesson,
        "quizzes:quiz": ["layers"],
        "quizzes:attempt": [attempt.pk],
        "quizzes:answer": [attempt.pk, attempt.answers.order_by("position")[0].position],
        "quizzes:answers": [attempt.pk],
        "quizzes:finish": [attempt.pk],
        "quizzes:results": [attempt.pk],
        "quizzes:practice": [attempt.pk, 1],
        "labs:challenge": ["first-network"],
        "labs:board": ["animals"],
        "labs:submission": [Submission.objects.get().pk],
        "labs:compare": [graded.pk, graded.pk],
        "labs:cancel": [Submission.objects.get().pk],
        "labs:draft": [draft.pk],
        "labs:weights": [draft.pk],
        "labs:weights-file": [draft.pk, "weights.npz"],
        "labs:export": ["json"],
        "labs:long-run": [LongRun.objects.get().pk],
        "labs:cancel-long-run": [LongRun.objects.get().pk],
        "labs:shared": [draft.shared_as],
        "labs:share": [draft.pk],
        "labs:versions": [draft.pk],
        "labs:version": [draft.pk, DraftVersion.objects.get().pk],
        "accounts:reset-confirm": ["MQ", "made-up"],
    }
    return {name: reverse(name, args=arguments.get(name, [])) for name in ROWS}


def outcome(response: object) -> object:
    status: int = response.status_code  # type: ignore[attr-defined]
    if status in (200, 204):
        return "ok"
    if status in (301, 302):
        is_door = response["Location"].startswith(reverse("accounts:sign-in") + "?next=")  # type: ignore[index]
        return "in" if is_door else "go"
    return status


def send(client: Client, method: str, address: str, row: Row) -> object:
    """One request by one role; whatever it changes is taken back."""
    visitor = Client()
    visitor.cookies = client.cookies.copy()  # type: ignore[assignment]
    data = dict(row.data) if method == "post" else {}
    extra = {"content_type": row.content_type} if row.content_type and method == "post" else {}
    with transaction.atomic():
        response = getattr(visitor, method)(address, data, **extra)
        transaction.set_rollback(True)
    return outcome(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_matrix(clients: dict[str, Client], addresses: dict[str, str], method: str) -> None:
    differing = {}
    for name, row in ROWS.items():
        expected = row.get if method == "get" else row.post
        found = tuple(send(clients[role], method, addresses[name], row) for role in ROLES)
        if found != expected:
            differing[name] = f"expected {expected}, found {found}"

    assert differing == {}


def test_other_verbs_do_nothing_anywhere(clients: dict[str, Client], addresses: dict[str, str]) -> None:
    answered = {}
    for name, row in ROWS.items():
        found = {
            send(clients[role], method, addresses[name], row)
            for role in ROLES
            for method in ("put", "patch", "delete")
        }
        if not found <= {405, 404, 403, "in"}:
            answered[name] = found

    # Redirects and the schema answer any verb with the same words.
    assert answered == {"favicon": {"go"}, "admin-password": {"go"}, "api:openapi-json": {"ok"}}


def admin_addresses() -> Iterator[str]:
    """Every address of the admin, with 1 for whatever names a thing in it."""
    for name, pattern in patterns(get_resolver()):
        if name.startswith("admin:") and name != "admin:None":
            regex = pattern.pattern.regex
            named = {key: "course" if key == "app_label" else "1" for key in regex.groupindex}
            yield reverse(name, args=[] if named else ["1"] * regex.groups, kwargs=named)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["stranger", "owner"])
def test_the_admin_is_shut_to_all_but_staff(clients: dict[str, Client], role: str, method: str) -> None:
    ours = {reverse("admin-entry"), reverse("admin-password")}  # in the table above
    opened = []
    for address in sorted(set(admin_addresses()) - ours):
        response = getattr(clients[role], method)(address)
        if response.status_code != 302 or not response["Location"].startswith("/admin/"):
            opened.append((address, response.status_code))

    assert opened == []


def test_authors_see_what_they_may_change_and_nothing_of_people(clients: dict[str, Client]) -> None:
    author = clients["author"]

    for address in ("/admin/course/lesson/", "/admin/quizzes/question/", "/admin/labs/challenge/"):
        assert author.get(address).status_code == 200
    for address in ("/admin/accounts/user/", "/admin/auth/group/", "/admin/accounts/user/1/change/"):
        assert author.get(address).status_code == 403
        assert author.post(address).status_code == 403
