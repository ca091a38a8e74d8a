"""Whole models that goldens are made of, as functions of the keras module: families of them by name."""

from collections.abc import Callable
from typing import Any

MODELS: dict[str, dict[str, Callable[[Any], Any]]] = {}
