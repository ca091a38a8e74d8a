"""Every address of the site that takes something, with what it takes: the fields of its forms, files, and
what may stand behind its question mark. A test holds the list against the addresses that there are.
"""

import random
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from labs.playground.addresses import _FIELDS as PLAYGROUND_FIELDS
from tests.config.hostile_requests import READABLE, Sent, as_json, form, multipart

FORMS: dict[str, tuple[str, ...]] = {
    "course:read": (),
    "course:place": ("heading",),
    "course:predict-figure": ("guess", "sure=fairly guess", "x step focus preset edit to w t hide"),
    "course:predict": ("choice sure", "choice=0 sure", "undo"),
    "quizzes:quiz": ("password question", "answer question", "practice"),
    "quizzes:answer": ("action", "action=check answer", "action=save answer tab version confidence"),
    "quizzes:answers": ("action", "action=save p1-answer p1-version p1-tab", "action=check:1 p1-answer"),
    "quizzes:finish": (),
    "quizzes:practice": (),
    "quizzes:reviews": ("kind",),
    "labs:challenge": ("source token seen", "source=x mend", "source=x edit shape new a.0.units"),
    "labs:board": ("submission pseudonym", "pseudonym"),
    "labs:cancel": (),
    "labs:lab": ("source title origin seen", "source=x origin", "source=x mend", "source=x edit"),
    "labs:playground": ("go", "go=epoch state", "go=reset state"),
    "labs:points": ("table", "table x y label of positive", "table=1,1,a x y label=2 of=2 positive"),
    "labs:comparison": ("go", "go=step state", "go=show state shown", "go=show shown"),
    "labs:long-runs": ("state", "epochs", "state epochs"),
    "labs:cancel-long-run": (),
    "labs:export": ("source", "source title origin"),
    "labs:import": ("file",),
    "labs:share": ("stop",),
    "labs:versions": ("name",),
    "labs:version": ("back",),
    "labs:weights": ("draw=1 seed", "paste=1 array matrix", "paste=1 array=0 matrix", "w.0.0", "w.0.0 w.9.9"),
    "labs:draft": ("source title", "autosave=1 saved source title", "source=x origin"),
    "accounts:sign-in": ("username password", "username password next"),
    "accounts:sign-up": ("username email password1 password2 time_zone", "username"),
    "accounts:sign-out": (),
    "accounts:password": ("old_password new_password1 new_password2",),
    "accounts:reset": ("email",),
    "accounts:reset-confirm": ("new_password1 new_password2",),
    "accounts:delete": ("password",),
    "accounts:settings": ("first_name email theme time_zone vectors has_shortcuts", "first_name"),
    "accounts:theme": ("theme", "theme next"),
    "admin-password": (),
    "favicon": (),
    "api:openapi-json": (),
    "api:api-root": (),
}
"""What a form of each address sends: groups of fields, those with a value as they are, the others hostile.
Nothing but the press of a button where there are none.
"""

JSON_FIELDS: dict[str, Mapping[str, object]] = {
    "api:check_network": {
        "source": READABLE,
        "challenge": None,
        "weights": None,
        "weights.w.0.0": None,
        "fragments": True,
        "builder": True,
    },
    "api:edit_network": {"source": READABLE, "action": "add:0", "fields": None, "fields.new": None},
    "api:train": {
        "settings": {},
        "settings.networkShape": None,
        "settings.own": None,
        "state": None,
        "steps": 1,
        "until": None,
        "edit": None,
    },
    "api:compare": {
        "settings": {},
        "settings.b.batchSize": None,
        "state": None,
        "step": True,
        "until": None,
        "shown": None,
    },
    "api:trace_network": {"source": READABLE, "x": [1, 2], "weights": None, "seed": None, "config": None},
}
"""What the JSON of each address holds: honest, or None where it may be left out; each in turn is made so."""

FILES: dict[str, str] = {
    "labs:import": "file",
    "labs:points": "file",
    "labs:weights": "file load=1",
}
"""The file that an address takes, and what is sent with it."""

STRANGERS = ("accounts:sign-in", "accounts:sign-up", "accounts:reset", "accounts:reset-confirm")
"""Only who is not signed in is asked for something here."""

ASKED: dict[str, str] = {
    "course:catalogue": "level skill time order x preset focus page",
    "course:lesson": "tab predict x w preset focus step edit to guess sure hide scene t other",
    "course:search": "q",
    "quizzes:attempt": "item",
    "labs:challenge": "from",
    "labs:board": "sort show",
    "labs:lab": "starter lesson challenge submission shared",
    "labs:playground": " ".join(("edit look showTestData", *PLAYGROUND_FIELDS)),
    "labs:comparison": " ".join(f"{name} b.{name}" for name in PLAYGROUND_FIELDS),
    "labs:points": " ".join(PLAYGROUND_FIELDS),
    "labs:weights": "x",
    "accounts:sign-in": "next",
    "accounts:sign-up": "next",
}
"""What may stand behind the question mark."""


PATHS = (
    "/media/",
    "/courses/neural-networks/layers/files/",
    "/courses/",
    "/quizzes/",
    "/challenges/",
    "/lab/shared/",
    "/accounts/password/reset/",
)
"""Addresses that end in a name."""


def anywhere(text: str, addresses: Mapping[str, str]) -> Iterator[Sent]:
    """A text in every field of every address, and behind every question mark."""
    for name, groups in FORMS.items():
        for group in groups:
            fields = _filled(group, text)
            yield form(f"{name} {group}", addresses[name], fields, is_stranger=name in STRANGERS)
    for name, honest in JSON_FIELDS.items():
        for field in honest:
            yield as_json(f"{name} {field}", addresses[name], _with(honest, field, text))
    for path in PATHS:
        yield Sent(f"path {path}", path + quote(text[:200], safe="", errors="surrogatepass"), None)
    for name, fields in ASKED.items():
        for field in fields.split():
            query = urlencode({field: text[:4000]}, errors="surrogatepass")
            yield Sent(f"{name}?{field}", f"{addresses[name]}?{query}", None)


def some(text: str, addresses: Mapping[str, str], count: int) -> list[Sent]:
    """So many of them, drawn by the text."""
    return random.Random(repr(text)).sample(list(anywhere(text, addresses)), count)


def with_file(content: bytes, name: str, addresses: Mapping[str, str]) -> Iterator[Sent]:
    """A file wherever one may be sent."""
    for route, group in FILES.items():
        field, *others = group.split()
        yield multipart(f"{route} {name}", addresses[route], field, name, content, _filled(" ".join(others)))


def _filled(group: str, text: str = "") -> dict[str, str]:
    pairs = (field.partition("=") for field in group.split())
    return {name: value if is_fixed else text for name, is_fixed, value in pairs}


def _with(honest: Mapping[str, object], field: str, text: str) -> dict[str, object]:
    outer, _, inner = field.partition(".")
    sent = {name: value for name, value in honest.items() if value is not None}
    return {**sent, outer: {inner: text} if inner else text}
