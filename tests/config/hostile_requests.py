"""Requests that nobody sends in good faith, with networks, files, numbers and states in them that are none.

Each is plain bytes, so that a test's client and a real connection send the same. `Places` says where.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from labs.playground.addresses import _FIELDS as PLAYGROUND_FIELDS
from tests.engine.hostile_files import network as damaged_network
from tests.engine.hostile_files import weights as damaged_weights

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
READABLE = """\
from keras import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(2, input_shape=(2,), activation="tanh"),
    Dense(1, activation="sigmoid"),
])
"""
BOUNDARY = "hostile-boundary"


@dataclass(frozen=True)
class Places:
    """Addresses on the site under test: a challenge, one whose weights are set by hand, a kept draft, and
    answers of an open attempt.
    """

    challenge: str
    by_hand: str
    draft: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """One request: POST of a body, or GET where there is none. `text` is the network in it, where the page
    has to say what is wrong with that. A stranger is not signed in.
    """

    title: str
    path: str
    body: bytes | None
    content_type: str = FORM
    text: str = ""
    is_stranger: bool = False


def form(
    title: str, path: str, fields: Mapping[str, str], text: str = "", *, is_stranger: bool = False
) -> Sent:
    """A posted form; half surrogates go out as the three bytes that no browser sends."""
    body = urlencode(fields, errors="surrogatepass").encode()
    return Sent(title, path, body, FORM, text, is_stranger)


def as_json(title: str, path: str, value: object, text: str = "") -> Sent:
    return Sent(title, path, json.dumps(value).encode(), JSON, text)


def multipart(
    title: str, path: str, field: str, name: str, content: bytes, fields: Mapping[str, str]
) -> Sent:
    """A form with a file in it."""
    parts = [(f'name="{key}"', value.encode()) for key, value in fields.items()]
    parts.append((f'name="{field}"; filename="{name}"', content))
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
        for head, value in parts
    )
    return Sent(
        title, path, body + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"
    )


def upload(title: str, name: str, content: bytes) -> Sent:
    """A file for the lab."""
    return multipart(f"{title} as {name}", "/lab/import/", "file", name, content, {})


def with_text(text: str, places: Places) -> Iterator[Sent]:
    """A text wherever one may be sent."""
    token = str(uuid4())
    yield form("hand in", places.challenge, {"source": text, "token": token}, text)
    yield form("read", places.challenge, {"source": text, "read": "1"}, text)
    yield form("mend", places.challenge, {"source": text, "mend": "0"})
    yield form("by hand", places.by_hand, {"source": text, "token": token, "w.0.0": text[:3000]}, text)
    yield form("lab", "/lab/", {"source": text, "read": "1"}, text)
    yield form("rewrite", "/lab/", {"source": text, "edit": "rewrite"})
    yield form("unit field", "/lab/", {"source": READABLE, "edit": "set", "a.0.units": text, "shape": text})
    yield form("action", "/lab/", {"source": READABLE, "edit": text})
    yield form("title", "/lab/", {"source": READABLE, "title": text[:2000]})
    yield form("autosave", places.draft, {"source": text, "title": "x", "autosave": "1", "saved": text[:99]})
    for kind in ("json", "npz", "keras"):
        yield form(f"export {kind}", f"/lab/export/{kind}/", {"source": text, "title": text[:300]})
    yield upload("text", "network.py", text.encode("utf-8", "surrogatepass"))
    for answer in places.answers:
        yield form(
            "answer", answer, {"action": "check", "answer": text, "tab": text[:9], "version": text[:9]}
        )
        yield form("saved answer", answer, {"action": "save", "answer": text})
    yield form("playground", "/lab/playground/", {"go": "epoch", "state": text})
    yield as_json("check", "/api/networks/check", {"source": text, "fragments": True, "builder": True}, text)
    yield as_json("edit", "/api/networks/edit", {"source": text, "action": "add:0", "fields": {"new": text}})
    yield as_json("trace", "/api/networks/trace", {"source": text, "x": [1, 2]})
    yield as_json("train", "/api/playground/train", {"settings": {}, "state": text, "until": 1})
    field = random.Random(len(text)).choice(sorted(PLAYGROUND_FIELDS))
    yield as_json("setting", "/api/playground/train", {"settings": {field: text}, "until": 1})


NUMBERS = [
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "1" * 5000,
    "1e308",
    "null",
    "true",
    '"1"',
    "{}",
    "[[[1]]]",
]


def with_number(number: str, places: Places) -> Iterator[Sent]:
    """A number, as it is written, wherever one may be sent."""
    source = json.dumps(READABLE)
    for place in ("{n}, 2], [3, 4]], [0, 0]]", "1, 2], [3, 4]], [0, {n}]]", "1, 2]], [{n}]]"):
        weights = ("[[[" + place).replace("{n}", number)
        body = f'{{"source": {source}, "x": [1, 2], "weights": {weights}}}'
        yield Sent(f"weights {number:.9}", "/api/networks/trace", body.encode(), JSON)
    for body in (
        f'{{"source": {source}, "x": [{number}, 2]}}',
        f'{{"source": {source}, "x": [1, 2], "seed": {number}}}',
        f'{{"source": {source}, "x": [1, 2], "weights": {{"W": {number}, "b": [{number}]}}}}',
    ):
        yield Sent(f"number {number:.9}", "/api/networks/trace", body.encode(), JSON)
    for field in ("steps", "until", "state", "edit", "settings"):
        yield Sent(f"{field} {number:.9}", "/api/playground/train", f'{{"{field}": {number}}}'.encode(), JSON)
    for field in PLAYGROUND_FIELDS:
        sent = {"settings": {field: number}, "until": 1}
        yield as_json(f"{field} {number:.9}", "/api/playground/train", sent)
    yield form("weight by hand", places.by_hand, {"source": READABLE, "w.0.0": number, "w.9.9": number})
    for answer in places.answers:
        yield form(f"answer {number:.9}", answer, {"action": "check", "answer": number})


def bodies() -> Iterator[Sent]:
    """Bodies that are no JSON, no form, or far too much of either."""
    deep = b'{"source": "", "x": ' + b"[" * 5000 + b"]" * 5000 + b"}"
    wide = b'{"source": "' + b"x" * 300_000 + b'", "x": []}'
    for path in ("networks/trace", "networks/check", "networks/edit", "playground/train"):
        for title, body in {
            "nothing": b"",
            "NUL": b"\0",
            "half a text": b'{"source": "model',
            "a half surrogate": b'{"source": "\\ud800", "x": [], "action": "\\udfff"}',
            "Latin-1": '{"source": "é", "x": []}'.encode("latin-1"),
            "UTF-16": '{"source": "", "x": []}'.encode("utf-16"),
            "deep": deep,
            "300 KB": wide,
            "doubled keys": b'{"source": "", "source": 1, "x": [], "x": {}}',
            "4 MB": b'{"source": "' + b"x" * 4_000_000 + b'"}',
        }.items():
            yield Sent(f"{path} {title}", f"/api/{path}", body, JSON)
            yield Sent(f"{path} {title}, called XML", f"/api/{path}", body, "application/xml")
    config = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Lambda", "config": {}}]}}
    for _ in range(60):
        config = {"class_name": "Sequential", "config": {"layers": [config]}}
    yield as_json("nested config", "/api/networks/trace", {"config": config, "x": [1]})
    for path in ("/lab/", "/lab/import/", "/lab/playground/"):
        yield Sent(f"{path} many fields", path, b"&".join(b"a%d=1" % n for n in range(3000)))
        yield Sent(f"{path} 300 KB", path, b"source=" + b"x" * 300_000 + b"&state=" + b"x" * 300_000)
        yield Sent(f"{path} 4 MB", path, b"source=" + b"x" * 4_000_000)
        yield Sent(f"{path} no UTF-8", path, b"source=%ff%fe%ed%a0%80&title=%00&state=%ff")
        yield Sent(f"{path} multipart without end", path, b"--x\r\n", "multipart/form-data; boundary=x")
        yield Sent(f"{path} multipart without boundary", path, b"--x\r\n", "multipart/form-data")


NAMES = ("network.json", "weights.npz", "weights.npy", "matrix.csv", "../../x.py", "\u202e.py", "x" * 250)


def files(source: random.Random) -> Iterator[Sent]:
    """A damaged network as JSON and damaged weights, under a name that may be another's."""
    yield upload("JSON", source.choice(NAMES), damaged_network(source).encode("utf-8", "surrogatepass"))
    yield upload("weights", source.choice(NAMES), damaged_weights(source))
    config = damaged_network(source)
    for body in (f'{{"config": {config}, "x": [1, 2]}}', f'{{"source": "", "weights": {config}, "x": []}}'):
        yield Sent("network", "/api/networks/trace", body.encode("utf-8", "surrogatepass"), JSON)
