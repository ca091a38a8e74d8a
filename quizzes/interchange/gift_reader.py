r"""GIFT: questions in plain text, separated by blank lines.

    file     := (comment | category | question)*
    comment  := "//" line                              category := "$CATEGORY:" line
    question := ("::" title "::")? format? text "{" answers "}" text?     text behind makes it a missing word
    format   := "[markdown]" | "[html]" | "[plain]" | "[moodle]"
    answers  := (true | choice | short | number | matching) ("####" explanation)?
    true     := ("T" | "TRUE" | "F" | "FALSE") ("#" if not right)? ("#" if right)?
    choice   := (("=" | "~") weight? text ("#" feedback)?)+             at least one "~"
    short    := ("=" weight? text ("#" feedback)?)+ | text ("#" feedback)?
    matching := ("=" text? "->" text)+
    number   := "#" (amount | ("=" weight? amount ("#" feedback)?)+)
    amount   := value (":" tolerance)? | low ".." high
    weight   := "%" percentage "%"

A backslash before ~ = # { } : makes them letters; \n is a line break and \\ a backslash. Escaped characters
are control characters while a question is read: `decode` lets none of them in.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from quizzes.interchange import answers
from quizzes.interchange.answers import Weighted
from quizzes.interchange.items import Item, Question, Reading, RefusedError
from quizzes.interchange.prose import to_markdown, to_plain
from quizzes.interchange.source import MOST_QUESTIONS, too_many
from quizzes.kinds import JsonObject

ESCAPABLE = "~=#{}:\\"
BLANK = "_____"
UNCLEAR = "The part in { } begins with a text and goes on with = or ~. Write a sign before every answer."
NO_ARROW = "The answers with an arrow -> make a matching; this one has none."
COMMENT = "\x00"  # stands for a comment inside a question, so that its lines are counted right
_HIDDEN = {f"\\{one}": chr(place) for place, one in enumerate(ESCAPABLE, start=1)} | {"\\n": "\x08"}
_SHOWN = {
    ord(hidden): "\n" if escape == "\\n" else escape[1] for escape, hidden in _HIDDEN.items()
}  # fmt: skip
_ESCAPE = re.compile(r"\\[~=#{}:\\n]")
_FORMATS = {
    "html": "html", "plain": "plain_text", "moodle": "moodle_auto_format", "markdown": "markdown",
}  # fmt: skip
_FORMAT = re.compile(r"\s*\[([a-z]+)\]")
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%([^%]{0,12})%")
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")


def read(text: str) -> list[Item]:
    """The questions of a file. Raises FileError when it has too many."""
    items: list[Item] = []
    category = ""
    for line, block in _blocks(text):
        found = _CATEGORY.match(block)
        if found and "\n" not in block:
            category = found[1].strip()
            continue
        reading = Reading(line)
        if category:
            reading.warn(
                f"The category “{category[:80]}” is not kept: questions belong to the quiz you choose."
            )
            category = ""
        try:
            items.append(reading.done(_question(reading, _ESCAPE.sub(lambda m: _HIDDEN[m[0]], block))))
        except RefusedError as error:
            items.append(reading.refused(error))
        if len(items) > MOST_QUESTIONS:
            raise too_many(len(items))
    return items


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands between blank lines, without comments; a category is a block of its own."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate(f"{text}\n\n".split("\n"), start=1):
        if line.lstrip().startswith("//"):
            lines += [COMMENT] if lines else []
            continue
        is_category = _CATEGORY.match(line.strip()) is not None
        if lines and (not line.strip() or is_category):
            yield start, "\n".join(lines)
            lines = []
        if is_category:
            yield number, line.strip()
        elif line.strip():
            start = start if lines else number
            lines.append(line)


def _question(reading: Reading, block: str) -> Question:
    """The question of a block whose escapes are hidden. Raises RefusedError."""
    block, title = _split_title(reading, block)
    notation, block = _split_format(block)
    before, mark, rest = block.partition("{")
    if not mark and "}" not in before:
        raise RefusedError(
            "This is a description: it has no answers in { }. Put it into the quiz's introduction."
        )
    inside, mark, behind = rest.partition("}")
    opened = reading.line + before.count("\n")
    if not mark or "{" in inside:
        raise RefusedError(
            "The answers begin with { and end with }; one of the two is missing. A blank line ends a "
            "question; a brace in a text is written \\{.",
            opened,
        )
    if "{" in behind or "}" in behind:
        raise RefusedError(
            "There are two parts in { }. A question has one; a brace in a text is written \\{.", opened
        )
    before, behind = _without_comments(before), _without_comments(behind)
    if behind.strip():
        blank = BLANK if notation != "markdown" else BLANK.replace("_", "\\_")
        before = f"{before.rstrip()} {blank}{'' if behind[:1] in '.,;:!?)' else ' '}{behind.strip()}"
    prompt = _markdown(reading, before, notation)
    reading.title = title or _plain(reading, before, notation)
    inside, _, general = inside.partition("####")
    kind, data = _answers(reading, inside, notation, opened)
    explanation = _markdown(reading, general, notation) if general.strip() else ""
    return Question(title, prompt, kind, data, explanation)


def _answers(reading: Reading, inside: str, notation: str, line: int) -> tuple[str, JsonObject]:
    if not inside.replace(COMMENT, "").strip():
        raise RefusedError("This is an essay: nothing here can grade it.", line)
    if truth := _TRUTH.fullmatch(inside.replace(COMMENT, "")):
        wrong, _, right = (truth[2] or "").partition("#")
        is_true = truth[1].upper().startswith("T")
        said = [_plain(reading, text, notation) for text in (right, wrong)]
        return answers.true_false(is_true, *(said if is_true else reversed(said)))
    if inside.lstrip(f"{COMMENT} \t\n").startswith("#"):
        return answers.numeric(reading, _numbers(reading, inside.partition("#")[2], notation, line), [])
    if not re.search("[=~]", inside):  # one answer needs no sign
        inside = f"={inside.replace(COMMENT, '').lstrip()}"
    parts = list(_parts(inside, line))
    if all(sign == "=" for sign, _, _ in parts) and any("->" in _said(text) for _, text, _ in parts):
        return answers.matching([_pair(reading, text, place, notation) for _, text, place in parts], [])
    told = [_weighted(reading, *part, notation) for part in parts]
    if any(sign == "~" for sign, _, _ in parts):
        return answers.choice(reading, told, is_single=any(sign == "=" for sign, _, _ in parts))
    return answers.short_text(reading, told, [])


def _parts(inside: str, line: int) -> Iterator[tuple[str, str, int]]:
    """Each answer with its sign and its line."""
    pieces = re.split(r"([=~])", inside)
    if pieces[0].replace(COMMENT, "").strip():
        raise RefusedError(UNCLEAR, line)
    answers.check_count(len(pieces) // 2, line)
    line += pieces[0].count("\n")
    for sign, text in zip(pieces[1::2], pieces[2::2], strict=True):
        yield sign, text, line
        line += text.count("\n")


def _weighted(reading: Reading, sign: str, text: str, line: int, notation: str) -> Weighted:
    percent = Fraction(100 if sign == "=" else 0)
    if found := _WEIGHT.match(text):
        text = text[found.end() :]
        try:
            percent = answers.read_percent(found[1])
        except ValueError:
            raise RefusedError(f"“%{found[1]}%” is not a weight from -100 to 100.", line) from None
    text, _, feedback = text.partition("#")
    said = _plain(reading, text, notation)
    if not said:
        raise RefusedError("An answer has no text.", line)
    return Weighted(said, percent, _plain(reading, feedback, notation), line)


def _pair(reading: Reading, text: str, line: int, notation: str) -> tuple[str, str]:
    left, arrow, right = _said(text).partition("->")
    if not arrow:
        raise RefusedError(NO_ARROW, line)
    if text.partition("#")[2].strip():
        reading.warn("Feedback to a pair is not kept.", line)
    return _plain(reading, left, notation), _plain(reading, right, notation)


def _said(text: str) -> str:
    return text.partition("#")[0]


def _numbers(reading: Reading, inside: str, notation: str, line: int) -> list[Weighted]:
    if "=" not in inside:
        amount, _, feedback = inside.partition("#")
        return [_number(Weighted(amount, Fraction(100), _plain(reading, feedback, notation), line))]
    found = []
    for sign, text, place in _parts(inside, line):
        if sign == "~":
            found.append(Weighted("*", Fraction(0), "", place))
        else:
            found.append(_number(_weighted(reading, sign, text, place, notation)))
    return found


def _number(answer: Weighted) -> Weighted:
    """With the amount read: a value and how far off it may be."""
    amount = answer.text.translate(_SHOWN).replace(COMMENT, "").strip()
    low, dots, high = amount.partition("..")
    if dots:
        least, most = answers.number_of(low, answer.line), answers.number_of(high, answer.line)
        if least > most:
            raise RefusedError(f"“{amount[:40]}” begins above its end.", answer.line)
        middle = answers.plain_number((least + most) / 2)
        return replace(answer, text=str(middle), tolerance=(most - least) / 2)
    value, mark, off = amount.partition(":")
    tolerance = answers.number_of(off, answer.line) if mark else Fraction(0)
    if tolerance < 0:
        raise RefusedError(f"The tolerance “{off.strip()[:40]}” is below 0.", answer.line)
    return replace(answer, text=value, tolerance=tolerance)


def _split_title(reading: Reading, block: str) -> tuple[str, str]:
    """The block behind its title, and the title."""
    found = _TITLE.match(block.lstrip())
    if not found:
        return block, ""
    reading.title = " ".join(found[1].replace(COMMENT, "").translate(_SHOWN).split())
    return block.lstrip()[found.end() :], reading.title


def _split_format(block: str) -> tuple[str, str]:
    found = _FORMAT.match(block)
    if found and found[1] in _FORMATS:
        return _FORMATS[found[1]], block[found.end() :]
    return "moodle_auto_format", block


def _markdown(reading: Reading, text: str, notation: str) -> str:
    notation, text = _own_format(text, notation)
    made, lost = to_markdown(_joined(text, notation), notation)
    for what in lost:
        reading.warn(f"{what} is not kept.")
    return made


def _plain(reading: Reading, text: str, notation: str) -> str:
    notation, text = _own_format(text, notation)
    made, lost = to_plain(_joined(text, notation), notation)
    for what in lost:
        reading.warn(f"{what} is not kept.")
    return made


def _own_format(text: str, notation: str) -> tuple[str, str]:
    """An answer may name a format of its own."""
    found = _FORMAT.match(text)
    if found and found[1] in _FORMATS:
        return _FORMATS[found[1]], text[found.end() :]
    return notation, text


def _joined(text: str, notation: str) -> str:
    """Its escapes shown again, without the places of comments."""
    lines = _without_comments(text.strip("\n")).split("\n")
    return "\n".join(line.strip() for line in lines).translate(_SHOWN)


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line != COMMENT)
