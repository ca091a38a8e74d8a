"""Hostile files by the thousand, from seeds: networks as JSON, weights, and criteria, damaged or made up."""

from __future__ import annotations

import copy
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

import engine
from engine.evaluation.kinds import KINDS
from tests.engine.evaluation.test_kinds import settings
from tests.engine.language.hostile_made import LESSON, ODD

NETWORKS = [
    engine.parse(text).to_json()
    for text in (
        LESSON,
        "model = Sequential([Input((8, 8, 3)), Conv2D(4, 3), MaxPooling2D(), Flatten(), Dense(2)])",
        "model = Sequential([Embedding(50, 4, mask_zero=True), Bidirectional(LSTM(3)), Dense(1)])\n"
        "model.build((None, 5))",
        "x = Input((4,))\na = Dense(3)(x)\nb = Dense(3)(x)\n"
        "model = Model(x, [Add()([a, b]), Concatenate()([a, b])])",
    )
]
CRITERIA = "\n".join(f'[[criterion]]\nkind = "{kind}"\nid = "{kind}"\n{settings(kind)}' for kind in KINDS)
VALUES: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63,
        10**400,
        -(10**30),
        0.5,
        1e308,
        "",
        "relu",
        "Dense",
        "é\u202e",
    ),
    *([], {}, [[]], [None], [[[[[1]]]]], {"class_name": "Lambda"}, {"module": "os", "class_name": "system"}),
    *("__import__('os')", "../../etc/passwd", "x" * 5000, [0] * 3000, list(range(100))),
]
RAW = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "[" * 5000,
    '{"a":' * 200,
    '"\\ud800"',
    "\0",
    '{"a": 1, "a": 2}',
)
"""What no writer of JSON writes."""


def cut(source: random.Random, text: str, pieces: tuple[str, ...]) -> str:
    """A text with a few places cut out, doubled or written over."""
    for _ in range(source.randrange(1, 5)):
        start = source.randrange(len(text) + 1)
        end = min(len(text), start + source.randrange(40))
        text = text[:start] + source.choice(("", text[start:end] * 2, source.choice(pieces))) + text[end:]
    return text


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead there."""
    found = [path] if path else []
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        found += places(entry, (*path, key))
    return found


def network(source: random.Random) -> str:
    """Keras's JSON of a network in which some values are others, or are missing; or its text damaged."""
    text = source.choice(NETWORKS)
    if source.random() < 0.3:
        return cut(source, text, (*RAW, *ODD, '"', "]", "}", ","))
    plain = json.loads(text)
    for _ in range(source.randrange(1, 4)):
        *way, last = source.choice(places(plain))
        inner = plain
        for key in way:
            inner = inner[key]
        if source.random() < 0.25:
            del inner[last]
        else:
            inner[last] = copy.deepcopy(source.choice([*VALUES, plain.get("config")]))
        if not places(plain):
            break
    text = json.dumps(plain)
    return (
        text.replace(source.choice(("1", "null", "8")), source.choice(RAW), 1)
        if source.random() < 0.2
        else text
    )


def weights(source: random.Random) -> bytes:
    """A file of weights that is none: JSON, .npy or .npz, with a wrong header, cut off, or of odd numbers."""
    return source.choice((_json_weights, _npy, _npz, _noise))(source)


def _json_weights(source: random.Random) -> bytes:
    kernel = [
        [source.choice((0.5, 1, -2, *VALUES[:12])) for _ in range(3)] for _ in range(source.randrange(4))
    ]
    plain = source.choice(
        ({"W": [kernel], "b": [source.choice(VALUES)]}, [kernel, *source.choices(VALUES, k=2)], kernel)
    )
    return cut(source, json.dumps(plain), (*RAW, "[", "]", ",")).encode("utf-8", "surrogatepass")


def _npy(source: random.Random) -> bytes:
    stream = io.BytesIO()
    dtype = source.choice(("f4", "f8", "i8", "?", "c16", "U3", "M8[s]"))
    np.save(stream, np.ones(source.choice(((), (2, 3), (0, 5))), dtype))
    data = bytearray(stream.getvalue())
    if source.random() < 0.5:
        shape = source.choice(
            ("(2147483647, 2147483647)", "(-1, 3)", "(1e9,)", "(None,)", "(2," * 3000, "((),)")
        )
        dtype = source.choice(("<f4", "|O", "<f8', 'x", "V1000000000", ">f4"))
        header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}".ljust(118) + "\n"
        data = (
            bytearray(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header) & 0xFFFF) + header.encode())
            + data[-24:]
        )
    for _ in range(source.randrange(3)):
        data[source.randrange(len(data))] = source.randrange(256)
    return bytes(data[: source.choice((len(data), source.randrange(len(data)) + 1))])


def _npz(source: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", source.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for number in range(source.randrange(5)):
            name = source.choice(
                (
                    f"arr_{number}.npy",
                    f"../../{number}.npy",
                    f"/etc/{number}",
                    f"{number}" * 300,
                    f"é{number}",
                )
            )
            archive.writestr(name, b"\0" * 10_000_000 if source.random() < 0.05 else _npy(source))
    data = bytearray(stream.getvalue())
    for _ in range(source.randrange(4)):
        data[source.randrange(len(data))] = source.randrange(256)
    return bytes(data[: source.choice((len(data), source.randrange(len(data)) + 1))])


def _noise(source: random.Random) -> bytes:
    start = source.choice((b"", b"PK\x03\x04", b"\x93NUMPY", b"\x93NUMPY\x03\x00", b"[", b"{", b"\xff\xfe"))
    return start + source.randbytes(source.randrange(2000))


def criteria(source: random.Random) -> str:
    """Criteria with lines damaged, exchanged or of other types."""
    lines = CRITERIA.splitlines()
    start = source.randrange(len(lines))
    kept = lines[start : start + source.randrange(3, 40)]
    for _ in range(source.randrange(1, 4)):
        place = source.randrange(len(kept))
        key = kept[place].partition("=")[0].strip() or "kind"
        value = source.choice(
            ("-1", "1e400", "nan", "inf", "[]", "{}", "''", "true", "1979-05-27", "10" * 300, "[[1, 'a']]")
        )
        kept[place] = source.choice(
            (f"{key} = {value}", f"{kept[place]}\n{kept[place]}", "[[criterion]]", "")
        )
    text = "\n".join(kept)
    if source.random() < 0.4:
        return cut(source, text, ("[[", "]]", "=", '"', "'''", "#", "\n", *ODD, "[" * 3000, "a.b.c = 1\n"))
    return text


FILES: dict[str, tuple[Callable[[random.Random], Any], Callable[[Any], object]]] = {
    "networks as JSON": (network, engine.Spec.from_json),
    "weights": (weights, engine.read_weights),
    "criteria": (criteria, engine.criteria),
}
"""How each is made, and what reads it."""
