"""Captions and chapters as WebVTT, read strictly: what a page shows is written anew from the cues read here.

file  = "WEBVTT" [words] { blank block }
block = "NOTE" lines | cue
cue   = [name] time "-->" time [settings] words
Settings, and marks of voice and emphasis in the words, are left out; a voice's name stays, before its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import NoReturn
from unicodedata import category

MAX_CUES = 5_000
MAX_WORDS = 500  # characters of one cue

TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?", re.ASCII)
MARK = re.compile(r"<[^<>]*>|<")
KNOWN_MARK = re.compile(rf"</?(?:[ibucv]|lang|ruby|rt)(?:[. \t][^<>]*)?>|<{TIME}>", re.ASCII)
VOICE = re.compile(r"<v(?:\.[^ \t<>]*)?[ \t]+([^<>]+)>")

Line = tuple[int, str]


class CaptionError(Exception):
    """What is not WebVTT as we read it; the message begins with the line."""


@dataclass(frozen=True)
class Cue:
    """Words, and when they are said: seconds from the beginning, `start` < `end`."""

    start: float
    end: float
    text: str


def read_cues(text: str) -> tuple[Cue, ...]:
    """The cues of a WebVTT file, in order. Raises CaptionError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]) is None:
        _refuse(1, "Captions begin with the word WEBVTT on a line of its own.")
    header, *blocks = _blocks(lines)
    for number, line in header[1:]:
        if "-->" in line:
            _refuse(number, "Leave an empty line between WEBVTT and the first cue.")
    cues: list[Cue] = []
    for block in blocks:
        if not re.match(r"NOTE(?:[ \t]|$)", block[0][1]):
            cues.append(_cue(block, cues[-1].start if cues else 0.0))
        if len(cues) > MAX_CUES:
            _refuse(block[0][0], f"There are more than {MAX_CUES} cues. Split the video.")
    if not cues:
        _refuse(len(lines), "There is no cue: times such as 00:01.000 --> 00:04.500, and words below them.")
    return tuple(cues)


def write_cues(cues: tuple[Cue, ...]) -> str:
    """The same cues as a WebVTT file that holds nothing else."""
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _blocks(lines: list[str]) -> Iterator[list[Line]]:
    """Lines that stand together, each with its number; what parts them are empty lines."""
    block: list[Line] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip(" \t"):
            _check_letters(number, line)
            block.append((number, line.strip(" \t")))
        elif block:
            yield block
            block = []


def _cue(block: list[Line], not_before: float) -> Cue:
    number, first = block[0]
    if re.match(r"(?:STYLE|REGION)(?:[ \t]|$)", first):
        _refuse(number, "Blocks of style and region are not read: the browser sets captions. Take it out.")
    timed = block if "-->" in first else block[1:]
    found = TIMES.fullmatch(timed[0][1]) if timed else None
    if found is None:
        at = timed[0][0] if timed else number
        _refuse(at, "A cue begins with its times, such as 00:01.000 --> 00:04.500.")
    number = timed[0][0]
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        _refuse(number, "The cue ends before it begins. Put the earlier time first.")
    if start < not_before:
        _refuse(number, "The cue begins before the one above it. Put cues in the order of time.")
    return Cue(start, end, _words(number, timed[1:]))


def _words(number: int, lines: list[Line]) -> str:
    words = "\n".join(filter(None, (_plain(at, line) for at, line in lines)))
    if not words:
        _refuse(number, "The cue has no words. Write them below its times.")
    if len(words) > MAX_WORDS:
        _refuse(number, f"The cue has {len(words)} letters, more than {MAX_WORDS}. Split it.")
    return words


def _plain(number: int, line: str) -> str:
    """The words of one line, without marks."""
    if "-->" in line:
        _refuse(number, "An arrow stands in the words. Leave an empty line before the next cue.")
    line = VOICE.sub(r"\1: ", line)
    for mark in MARK.findall(line):
        if KNOWN_MARK.fullmatch(mark) is None:
            _refuse(number, f"{mark} is no mark of captions. Write &lt; for the sign itself.")
    plain = unescape(MARK.sub("", line)).strip()
    _check_letters(number, plain)
    return plain


def _check_letters(number: int, line: str) -> None:
    odd = next((one for one in line if category(one) in ("Cc", "Cs") and one != "\t"), None)
    if odd is not None:
        _refuse(number, f"The letter U+{ord(odd):04X} cannot be shown. Take it out.")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 3600 + minutes * 60 + seconds) * 1000 + thousandths) / 1000


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


def _refuse(number: int, reason: str) -> NoReturn:
    raise CaptionError(f"Line {number}: {reason}")
