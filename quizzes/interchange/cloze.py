r"""Moodle's embedded answers (cloze) and a text with blanks here.

    text  := prose (blank prose)*
    blank := "{" digits ":" TYPE ":" answer ("~" answer)* "}"
    answer := ("=" | "%" percent "%")? text ("#" feedback)?

TYPE is SHORTANSWER, NUMERICAL or MULTICHOICE, or one of their short names. A backslash stands before } # ~ /
" and itself. The paragraph of the first blank and what follows is the text with blanks; what stands before is
the question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quizzes.interchange.answers import SLIP_TITLE, read_percent
from quizzes.interchange.items import Reading, RefusedError, kept
from quizzes.interchange.prose import escaped, to_plain, unescaped
from quizzes.kinds import JsonObject

FIRST_MARK = 0xE000  # of the private use area: stands for a blank while Markdown is converted
MOST_BLANKS = 12
_BEGIN = re.compile(r"\{(\d{0,3}):([A-Z_]{2,24}):")
_MARKED = re.compile(r"[}#~/\"\\]")
_MARKS = re.compile(f"[{chr(FIRST_MARK)}-{chr(FIRST_MARK + MOST_BLANKS)}]")
_BLANK = re.compile(r"\{(\d{1,2})\}")
_TEXTS = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_EXACT = {"SHORTANSWER_C", "SAC", "MWC"}
_NUMBERS = {"NUMERICAL", "NM"}
_CHOICES = {
    "MULTICHOICE", "MC", "MULTICHOICE_H", "MCH", "MULTICHOICE_V", "MCV", "MULTICHOICE_S", "MCS",
    "MULTICHOICE_HS", "MCHS", "MULTICHOICE_VS", "MCVS",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A text in which every blank is one mark, and the blanks."""

    text: str
    blanks: tuple[JsonObject, ...]


def find(reading: Reading, text: str, line: int, notation: str) -> Found:
    """The blanks of a text; in HTML their answers have its signs and tags too. Raises RefusedError."""
    parts: list[str] = []
    blanks: list[JsonObject] = []
    weights: set[str] = set()
    place = 0
    while begin := _BEGIN.search(text, place):
        inner, end = _inside(text, begin.end(), line)
        if len(blanks) == MOST_BLANKS:
            raise RefusedError(f"The text has more than {MOST_BLANKS} blanks.", line)
        parts += [text[place : begin.start()], chr(FIRST_MARK + len(blanks))]
        blanks.append(_blank(reading, begin[2], inner, line, notation))
        weights.add(begin[1] or "1")
        place = end
    if not blanks:
        raise RefusedError("The text has no embedded answer.", line)
    if len(weights) > 1:
        reading.warn("The weights of the blanks are not kept: each counts alike.", line)
    return Found("".join([*parts, text[place:]]), tuple(blanks))


def split(markdown: str, found: Found) -> tuple[str, JsonObject]:
    """The question before the text with blanks, and the data of the text; `markdown` has the marks."""
    first = markdown.find(chr(FIRST_MARK))
    start = markdown.rfind("\n\n", 0, first) + 2 if "\n\n" in markdown[:first] else 0
    text = _MARKS.sub(lambda mark: f"{{{ord(mark[0]) - FIRST_MARK + 1}}}", unescaped(markdown[start:]))
    return markdown[:start].strip(), {"text": text.strip(), "blanks": list(found.blanks)}


def refusal(data: JsonObject) -> str:
    """Why a text with blanks cannot be written; empty when it can."""
    if data.get("is_code"):
        return "Moodle has blanks in running text only, not in code."
    if "\n\n" in _BLANK.split(data["text"])[0].strip():
        return "The first blank has to stand in the text's first paragraph."
    return ""


def written(prompt: str, data: JsonObject) -> str:
    """The question and its text with the blanks as Moodle writes them."""
    marked = _BLANK.sub(lambda blank: chr(FIRST_MARK + int(blank[1]) - 1), data["text"])
    codes = [_code(blank) for blank in data["blanks"]]
    text = _MARKS.sub(lambda mark: codes[ord(mark[0]) - FIRST_MARK], escaped(marked))
    return f"{prompt.strip()}\n\n{text}"


def _inside(text: str, start: int, line: int) -> tuple[str, int]:
    """What stands before the closing brace, and where the text goes on."""
    place = start
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == "}":
            return text[start:place], place + 1
        place += 1
    raise RefusedError("An embedded answer does not end: a closing brace is missing.", line)


def _blank(reading: Reading, sort: str, inner: str, line: int, notation: str) -> JsonObject:
    told = [_answer(part, line, notation) for part in _split(inner, "~")]
    if sort not in _TEXTS | _NUMBERS | _CHOICES:
        raise RefusedError(f"Embedded answers of type {sort} are not read.", line)
    if sort in _EXACT:
        reading.warn("Capitals do not count here; in this question they did.", line)
    rights = [text for text, percent, _ in told if percent >= 100]
    if not rights:
        raise RefusedError("An embedded answer has nothing that is right.", line)
    if any(0 < percent < 100 for _, percent, _ in told):
        reading.warn("Partly right answers are not kept: they count as not right.", line)
    if sort in _NUMBERS:
        told = [(_number(reading, text, line), percent, said) for text, percent, said in told]
        rights = [text for text, percent, _ in told if percent >= 100]
    if any(said for _, percent, said in told if percent >= 100):
        reading.warn("Feedback to a right answer is not kept.", line)
    if any(text == "*" for text, percent, _ in told if percent < 100):
        reading.warn("Feedback to any other answer is not kept.", line)
    slips = [
        {"text": text, **_titled(said)}
        for text, percent, said in told
        if percent < 100 and said and text != "*"
    ]
    options = [text for text, _, _ in told if text != "*"] if sort in _CHOICES else []
    return kept({"answers": rights}, options=options, slips=slips)


def _answer(part: str, line: int, notation: str) -> tuple[str, float, str]:
    """Its text, its percentage and its feedback."""
    body, *feedback = _split(part.strip(), "#")
    percent = 0.0
    if body.startswith("="):
        body, percent = body[1:], 100.0
    elif weight := re.match(r"%([^%]{1,12})%", body):
        try:
            body, percent = body[weight.end() :], float(read_percent(weight[1]))
        except ValueError:
            raise RefusedError(f"“{weight[1]}” is not a weight from -100 to 100.", line) from None
    return _plain(body, notation), percent, _plain("#".join(feedback), notation)


def _number(reading: Reading, text: str, line: int) -> str:
    value, _, tolerance = text.partition(":")
    if tolerance.strip() not in {"", "0"}:
        reading.warn("The tolerance of a number in a text is not kept: it has to be exact.", line)
    return value.strip()


def _split(text: str, mark: str) -> list[str]:
    r"""At every mark that has no backslash."""
    parts, last, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == mark:
            parts.append(text[last:place])
            last = place + 1
        place += 1
    return [*parts, text[last:]]


def _plain(text: str, notation: str) -> str:
    return to_plain(re.sub(r"\\([}#~/\"\\])", r"\1", text), notation)[0]


def _titled(feedback: str) -> dict[str, str]:
    title, mark, rest = feedback.partition(": ")
    if mark and title.strip() and rest.strip() and len(title) <= 80:
        return {"title": title, "feedback": rest}
    return {"title": SLIP_TITLE, "feedback": feedback}


def _code(blank: JsonObject) -> str:
    sort = "MULTICHOICE" if blank.get("options") else "SHORTANSWER"
    return f"{{1:{sort}:{'~'.join(_told(blank))}}}"


def _told(blank: JsonObject) -> Iterator[str]:
    slips: dict[str, dict[str, Any]] = {slip["text"]: slip for slip in blank.get("slips", [])}
    rights = blank["answers"]
    listed = blank.get("options") or [*rights, *slips]
    for text in [*listed, *(one for one in slips if one not in listed)]:
        sign = "=" if text in rights else "%0%"
        slip = slips.get(text)
        said = f"#{_marked(_joined(slip))}" if slip else ""
        yield f"{sign}{_marked(text)}{said}"


def _joined(slip: dict[str, Any]) -> str:
    is_plain = slip["title"] == SLIP_TITLE and ": " not in slip["feedback"]
    return str(slip["feedback"]) if is_plain else f"{slip['title']}: {slip['feedback']}"


def _marked(text: str) -> str:
    return _MARKED.sub(r"\\\g<0>", " ".join(text.split()))
