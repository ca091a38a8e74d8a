"""What is sent to the admin in bad faith: every field of every form on its pages, read from the pages
themselves, what may stand behind its question marks, and the names in its addresses.

`OWN` has each address that is not one of Django's for every model; a test holds it against those there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.config.hostile_requests import FORM, Sent, multipart

Rows = Mapping[str, Model]
TEXTS = (
    "a\0b",
    "1" * 5000,
    "9" * 19,
    "2147483648",
    "-1",
    "1e999",
    "NaN",
    "\ud800",
    "x" * 300_000,
    "</script><script>alert(1)</script>",
    "[[1e999]]",
    '{"a": {"b": null}}',
    "null",
    "\u0663\u00b2",
    "0001-01-01",
    "9999-12-31 23:59:59",
    "%00/../x",
    "' OR 1=1 --",
)
"""Texts, numbers and dates that no field of the admin expects, or no database has room for."""


@dataclass(frozen=True)
class Own:
    """An address of ours: the models of the rows that its arguments name, or a word; what may stand behind
    the question mark; and the fields of its form where that is on another page.
    """

    arguments: str = ""
    asked: str = ""
    posted: tuple[str, ...] = ()


OWN: dict[str, Own] = {
    "index": Own(),
    "login": Own(asked="next", posted=("username password next",)),
    "logout": Own(posted=("next",)),
    "password_change": Own(),
    "password_change_done": Own(),
    "jsi18n": Own(),
    "autocomplete": Own(asked="term app_label model_name field_name page"),
    "view_on_site": Own("1 1"),
    "app_list": Own("quizzes"),
    "auth_user_password_change": Own("accounts.user"),
    "course_lesson_preview": Own(posted=("lesson_id", "title text", "lesson_id=1 network text slug course")),
    "course_lesson_simple_history": Own("course.lesson version"),
    "quizzes_regrade_file": Own("quizzes.regrade"),
    "quizzes_regrade_go_on": Own("quizzes.regrade", posted=("x",)),
    "quizzes_regrade_commit": Own("quizzes.regrade", posted=("x",)),
    "quizzes_regrade_undo": Own("quizzes.regrade", posted=("x",)),
    "quizzes_quiz_analysis": Own("quizzes.quiz", "attempts"),
    "quizzes_quiz_analysis_file": Own("quizzes.quiz", "attempts"),
    "quizzes_quiz_files": Own("quizzes.quiz", "variants"),
    "quizzes_quiz_file": Own("quizzes.quiz gift", "variants"),
    "quizzes_quiz_import": Own(),
    "quizzes_quiz_report": Own("quizzes.questionimport", "show"),
    "quizzes_quiz_import_undo": Own("quizzes.questionimport", posted=("x",)),
    "quizzes_quiz_import_discard": Own("quizzes.questionimport", posted=("x",)),
    "quizzes_quiz_regrade": Own("quizzes.quiz", "question reason"),
    "quizzes_question_preview": Own("quizzes.question", "seed version answer action sure hint show"),
    "quizzes_question_variants": Own("quizzes.question", "from", ("do seed", "do=vet", "do=approve seed")),
    "quizzes_question_versions": Own("quizzes.question", "version"),
    "quizzes_question_accept": Own("quizzes.question", posted=("text",)),
    "quizzes_question_exclude": Own("quizzes.question", posted=("seed",)),
    "quizzes_question_simple_history": Own("quizzes.question version"),
    "labs_submission_queue": Own("", "page", ("retry submission", "give_up submission", "stop run", "stop")),
    "labs_rejudge_commit": Own("labs.rejudge", posted=("x",)),
    "labs_rejudge_undo": Own("labs.rejudge", posted=("x",)),
    "labs_challenge_preview": Own(posted=("challenge_id", "title task", "challenge_id=1 title slug")),
    "labs_challenge_simple_history": Own("labs.challenge version"),
}
STANDARD = ("add", "change", "changelist", "history", "delete")
EVERY_LIST = ["q", "o", "p", "e", "all", "_to_field", "_popup", "_facets", "nonsense", "pk__in", "id__exact"]
GONE = ("sign-out", "logout", "theme")
"""Forms around every page, which are tried elsewhere."""


@dataclass
class Form:
    """A form as a browser would send it, without its buttons."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    is_posted: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "a":
            self.links.append(has.get("href", ""))
        elif tag == "form":
            self._form = Form(has.get("action", ""), is_posted=has.get("method", "").lower() == "post")
            self.forms.append(self._form)
        elif self._form is None or "disabled" in has or name == "csrfmiddlewaretoken":
            return  # whoever sends it has a token of their own
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in has and self._select:
            self._form.fields.append((self._select, value))
        elif tag == "textarea":
            self._area = (name, [])
        elif tag == "button" or (tag == "input" and has.get("type") == "submit"):
            self._form.buttons.append((name, value))
        elif tag == "input" and has.get("type") == "file":
            self._form.files.append(name)
        elif tag == "input" and (has.get("type") not in ("checkbox", "radio") or "checked" in has):
            self._form.fields.append((name, value or "on" if has.get("type") == "checkbox" else value))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            self._form.fields.append((self._area[0], "".join(self._area[1])))
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


@dataclass(frozen=True)
class Place:
    """An address of the admin, with the forms on its page and what may stand behind its question mark."""

    name: str
    address: str
    forms: tuple[Form, ...] = ()
    asked: tuple[str, ...] = ()


def names() -> set[str]:
    """The names of all addresses that are tried."""
    models = (f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
    return {f"{model}_{what}" for model in models for what in STANDARD} | OWN.keys()


def places(client: Client, rows: Rows) -> list[Place]:
    """Every address that this person may open or post to, with its forms as they stand."""
    return [place for name, address in _addresses(rows) if (place := _read(client, name, address, rows))]


def _addresses(rows: Rows) -> Iterator[tuple[str, str]]:
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = [rows[model._meta.label_lower].pk]
        for what in STANDARD:
            arguments = row if what in ("change", "history", "delete") else []
            yield f"{name}_{what}", reverse(f"admin:{name}_{what}", args=arguments)
    for name, own in OWN.items():
        yield name, reverse(f"admin:{name}", args=list(_arguments(own.arguments.split(), rows)))


def _arguments(given: list[str], rows: Rows) -> Iterator[object]:
    for before, one in zip(["", *given], given, strict=False):
        if one == "version":
            yield rows[before].history.latest().pk  # type: ignore[attr-defined]
        else:
            yield rows[one].pk if one in rows else one


def _read(client: Client, name: str, address: str, rows: Rows) -> Place | None:
    own = OWN.get(name, Own())
    written = tuple(
        Form(address, [tuple(one.partition("=")[::2]) for one in group.split()], is_posted=True)  # type: ignore[misc]
        for group in own.posted
    )
    answer = client.get(address)
    if answer.status_code in (403, 302) and not written:
        return None
    reader = _Reader()
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        reader.feed(answer.content.decode())
    forms = [one for one in reader.forms if one.is_posted and not any(part in one.action for part in GONE)]
    asked = own.asked.split()
    if name.endswith("_changelist"):
        here = (urlsplit(link) for link in reader.links if link.startswith("?"))
        asked += EVERY_LIST + sorted({key for link in here for key, _ in parse_qsl(link.query)})
    elif name.endswith("_add"):  # a form may be filled in by its address
        asked += ["kind", *(field for one in forms for field, _ in one.fields[:9])]
    for one in forms:
        one.action = urljoin(address, one.action)
    return Place(name, address, (*forms, *written), tuple(dict.fromkeys(asked)))


def everywhere(text: str, places: list[Place]) -> Iterator[Sent]:
    """A text in all fields of each form at once, in each by itself, behind question marks, in addresses."""
    for place in places:
        for one in place.forms:
            fields = list(dict.fromkeys(name for name, _ in one.fields if name and _is_tried(name)))
            yield _sent(place, one, fields, text)
            for name in fields:
                for button in one.buttons[:1] or [("", "")]:
                    yield _sent(place, one, [name], text, button)
            for button in one.buttons:
                yield _sent(place, one, [], text, button)
            for name in one.files:
                content = text.encode("utf-8", "surrogatepass")
                yield multipart(
                    f"{place.name} {name}", one.action, name, "odd.png", content, dict(one.fields)
                )
        for key in place.asked:
            query = urlencode({key: text[:4000]}, errors="surrogatepass")
            yield Sent(f"{place.name}?{key}", f"{place.address}?{query}", None)
        for part in _keys(place.address):
            named = quote(text[:200], safe="", errors="surrogatepass")
            yield Sent(f"{place.name} named", place.address.replace(f"/{part}/", f"/{named}/"), None)


def some(text: str, places: list[Place], count: int) -> list[Sent]:
    """So many of them, drawn by the text."""
    found = list(everywhere(text, places))
    return Random(repr(text)).sample(found, min(count, len(found)))


def _keys(address: str) -> list[str]:
    """Parts of an address that name a row: numbers, and the long names of submissions."""
    return [part for part in address.split("/") if part.isdecimal() or len(part) == 36]


def _is_tried(name: str) -> bool:
    """Of forms that repeat, the first is tried, and not the empty one that scripts copy; nor how many there
    are, which Django bounds at two thousand, and takes its time for those.
    """
    if name.endswith("-TOTAL_FORMS") or "__prefix__" in name:
        return False
    return not any(f"-{n}-" in name for n in range(1, 40))


def _sent(place: Place, one: Form, hostile: list[str], text: str, button: tuple[str, str] = ("", "")) -> Sent:
    pairs = [(name, text if name in hostile else value) for name, value in one.fields]
    if button[0]:
        pairs.append(button)
    body = urlencode(pairs, errors="surrogatepass").encode()
    return Sent(f"{place.name} {' '.join(hostile)[:90]} {button[0]}", one.action, body, FORM)
