"""A lesson's network to take along: Keras text, JSON, and the weights as NumPy arrays."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.models import Resource


@dataclass(frozen=True)
class Download:
    """A file made from a network."""

    name: str
    content_type: str
    content: bytes


NAMES = {
    Resource.Kind.KERAS: "network.py",
    Resource.Kind.JSON: "network.json",
    Resource.Kind.NPZ: "weights.npz",
}


def download(kind: str, document: Mapping[str, Any]) -> Download:
    """The file of a resource of this kind; KeyError for a kind that is not made from a network."""
    name = NAMES[Resource.Kind(kind)]
    if kind == Resource.Kind.KERAS:
        return Download(name, "text/x-python; charset=utf-8", str(document["source"]).encode())
    if kind == Resource.Kind.JSON:
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        return Download(name, "application/json", text.encode())
    return Download(name, "application/octet-stream", _npz(document["weights"]))


def _npz(weights: Mapping[str, Any]) -> bytes:
    arrays = {}
    for n, (kernel, bias) in enumerate(zip(weights["W"], weights["b"], strict=True), start=1):
        arrays[f"W{n}"], arrays[f"b{n}"] = np.array(kernel, "float64"), np.array(bias, "float64")
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
