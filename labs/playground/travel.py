"""Runs on their way between servers: signed, bounded, and bound to the settings they started from."""

import base64
import binascii

from django.core.signing import BadSignature, Signer

from engine.playground import Pair, Run, Settings, resume, resume_pair, start, start_pair
from labs.playground.addresses import start_of, without_stops, write

MOST_STATE = 40_000
"""Characters; the largest network with Adam and a full history takes 30,000."""

MOST_PAIR_STATE = 120_000
"""Characters of two runs and their tape; the largest take 116,000."""

CHUNK_MICROSECONDS = 10_000
STRANGER = "This state belongs to other settings, or was changed on its way. Start over."


class StateError(ValueError):
    """A state that this site did not make for these settings; the message is for the learner."""


def packed(run: Run) -> str:
    """A run as text that `opened` accepts and nobody else can make."""
    return _signer(run.settings).sign(base64.urlsafe_b64encode(run.to_bytes()).decode())


def opened(settings: Settings, state: str) -> Run:
    """The run that a state holds; without one, the start. Raises StateError."""
    if not state:
        return start(settings)
    try:
        text = _signer(settings).unsign(state)
        return resume(settings, base64.urlsafe_b64decode(text))
    except (BadSignature, binascii.Error, ValueError):
        raise StateError(STRANGER) from None


def packed_pair(pair: Pair) -> str:
    """Two runs as text, as `packed` does it for one."""
    one, other = pair.runs
    signer = _pair_signer((one.settings, other.settings))
    return signer.sign(base64.urlsafe_b64encode(pair.to_bytes()).decode())


def opened_pair(setups: tuple[Settings, Settings], state: str) -> Pair:
    """The two runs that a state holds; without one, the start of both. Raises StateError."""
    if not state:
        return start_pair(setups)
    try:
        text = _pair_signer(setups).unsign(state)
        return resume_pair(setups, base64.urlsafe_b64decode(text))
    except (BadSignature, binascii.Error, ValueError):
        raise StateError(STRANGER) from None


def chunk_steps(settings: Settings) -> int:
    """As many steps as fit in a chunk: a step takes about 40 us and 20 us for each layer."""
    return CHUNK_MICROSECONDS // (40 + 20 * len(settings.hidden))


def _pair_signer(setups: tuple[Settings, Settings]) -> Signer:
    one, other = (write(without_stops(settings)) for settings in setups)
    return Signer(salt=f"labs.playground {one} beside {other}")


def _signer(settings: Settings) -> Signer:
    return Signer(salt=f"labs.playground {start_of(settings)}")
