"""Two runs side by side, as an address and as a form. Run A is set up as the playground is; what B has
another way stands after `b.`, as in `learningRate=0.03&b.learningRate=0.3`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote

from engine.playground import Settings
from labs.playground.addresses import read, write
from labs.playground.form import Field, batch_size, selects

OTHER = "b."
LARGEST_RATE = 10.0

Setups = tuple[Settings, Settings]


def read_pair(given: Mapping[str, str]) -> tuple[Setups, tuple[str, ...]]:
    """The settings of both, and what is wrong with the address. One that says nothing of B gets a B that
    learns ten times as fast.
    """
    one, faults = read(given)
    other, more = read(
        {**given, **{name: given[OTHER + name] for name in _compared() if OTHER + name in given}}
    )
    if not any(name.startswith(OTHER) for name in given):
        rate = one.learning_rate
        other = replace(one, learning_rate=rate * 10 if rate * 10 <= LARGEST_RATE else rate / 10)
    return (one, other), (*faults, *(f"Run B: {fault}" for fault in more if fault not in faults))


def write_pair(setups: Setups) -> str:
    """Both settings as the query of an address; `read_pair` gives them back."""
    one, other = (dict(parse_qsl(write(settings))) for settings in setups)
    changed = [name for name in _compared() if one[name] != other[name]] or ["learningRate"]
    return write(setups[0]) + "".join(f"&{OTHER}{name}={quote(other[name])}" for name in changed)


def comparison_form(setups: Setups) -> dict[str, Any]:
    """Context of the form: for each setting that may differ a field for A and one for B, and what stays."""
    fields = [_fields(settings) for settings in setups]
    names = {field.name for field in fields[0]}
    kept = [(name, text) for name, text in parse_qsl(write(setups[0])) if name not in names]
    return {"rows": list(zip(*fields, strict=True)), "kept": kept}


def differences(setups: Setups) -> tuple[str, str]:
    """What each has that the other has not, in words."""
    pairs = [each for each in zip(*map(_fields, setups), strict=True) if each[0].value != each[1].value]
    if not pairs:
        return "the same settings", "the same settings"
    one, other = (", ".join(_told(each) for each in side) for side in zip(*pairs, strict=True))
    return one, other


def _told(field: Field) -> str:
    return f"{field.label.lower()} {field.said}"


def _fields(settings: Settings) -> list[Field]:
    return [*selects(settings), batch_size(settings)]


def _compared() -> tuple[str, ...]:
    return tuple(field.name for field in _fields(Settings()))
