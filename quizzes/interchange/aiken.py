"""Aiken: single choice in plain lines.

    file     := question*
    question := text option option+ answer          blank lines mean nothing
    text     := line                                 one line; more are joined, with a warning
    option   := letter ("." | ")") space line        letter := "A" .. "Z"
    answer   := "ANSWER:" letter

Aiken carries the text, the options and which one is right. It has no titles, feedback, comments or escapes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizzes.interchange.answers import GENERAL
from quizzes.interchange.items import Item, Note, Question, Reading, RefusedError, Written
from quizzes.interchange.prose import escaped, unescaped
from quizzes.interchange.source import MOST_QUESTIONS, too_many

_OPTION = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_BARE_OPTION = re.compile(r"[A-Z][.)]")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read(text: str) -> list[Item]:
    """The questions of a file. Raises FileError when it has too many."""
    items: list[Item] = []
    block: _Block | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line:
            continue
        answer = _ANSWER.fullmatch(line)
        if block is not None and block.options and not answer and not _BARE_OPTION.match(line):
            items.append(block.item(None, number))  # a text after options begins the next question
            block = None
        block = block or _Block(number)
        if answer:
            items.append(block.item(answer[1], number))
            block = None
        else:
            block.add(line, number)
        if len(items) > MOST_QUESTIONS:
            raise too_many(len(items))
    return [*items, block.item(None, 0)] if block else items


def write(questions: Iterable[Question]) -> Written:
    """The questions that Aiken carries, and a note on everything that it does not."""
    texts, notes = [], []
    for question in questions:
        refusal = _refusal(question)
        if refusal:
            notes.append(Note(question.title, refusal, is_left_out=True))
            continue
        notes += [Note(question.title, reason) for reason in _losses(question)]
        options = question.data["options"]
        right = next(n for n, option in enumerate(options) if option.get("is_right"))
        lines = [unescaped(question.prompt)]
        lines += [f"{letter}. {option['text']}" for letter, option in zip(_LETTERS, options, strict=False)]
        texts.append("\n".join([*lines, f"ANSWER: {_LETTERS[right]}"]) + "\n")
    return Written("\n".join(texts), tuple(notes))


@dataclass
class _Block:
    """The lines of one question so far."""

    line: int
    texts: list[str] = field(default_factory=list)
    options: list[tuple[str, str, int]] = field(default_factory=list)
    crowded: list[int] = field(default_factory=list)  # the lines of options without a space

    def add(self, line: str, number: int) -> None:
        option = _OPTION.fullmatch(line)
        if option:
            self.options.append((option[1], option[2], number))
        elif self.options:
            if line[2:]:
                self.crowded.append(number)
            self.options.append((line[0], "", number))
        else:
            self.texts.append(line)

    def item(self, answer: str | None, number: int) -> Item:
        reading = Reading(self.line, " ".join(self.texts)[:80])
        try:
            return reading.done(self._question(reading, answer, number))
        except RefusedError as error:
            return reading.refused(error)

    def _question(self, reading: Reading, answer: str | None, number: int) -> Question:
        if not self.texts:
            raise RefusedError("There is no question text before the options.")
        if answer is None:
            raise RefusedError("The options must be followed by a line such as “ANSWER: A”.", number)
        letters = [letter for letter, _, _ in self.options]
        for place, (letter, said, line) in enumerate(self.options):
            if line in self.crowded:
                raise RefusedError(f"A space is missing behind the letter {letter} of this option.", line)
            if not said:
                raise RefusedError(f"Option {letter} has no text.", line)
            if letter in letters[:place]:
                raise RefusedError(f"Two options have the letter {letter}.", line)
        if answer not in letters:
            raise RefusedError(f"“ANSWER: {answer[:20]}” names none of the options.", number)
        if len(self.texts) > 1:
            reading.warn("Aiken wants the question on one line; the lines are joined.")
        reading.warn("Aiken carries no feedback; a general sentence stands at every other option.")
        options = [
            {"text": said, "is_right": True} if letter == answer else {"text": said, "feedback": GENERAL}
            for letter, said, _ in self.options
        ]
        prompt = " ".join(self.texts)
        return Question("", escaped(prompt), "single_choice", {"options": options})


def _refusal(question: Question) -> str:
    if question.kind != "single_choice":
        return "Aiken carries single choice only."
    texts = [unescaped(question.prompt), *(option["text"] for option in question.data["options"])]
    if any("\n" in text.strip() for text in texts):
        return "Aiken has one line for the question and one for each option; this has more."
    if _OPTION.fullmatch(texts[0]) or _ANSWER.fullmatch(texts[0]):
        return "The question begins like an option or an answer of Aiken."
    return ""


def _losses(question: Question) -> list[str]:
    options = question.data["options"]
    lost = {
        "the feedback": any(option.get("feedback", GENERAL) != GENERAL for option in options),
        "the explanation": bool(question.explanation),
        "the points": question.points != 1,
        "the order of the options": not question.data.get("shuffle", True),
        "Markdown (it stays as typed)": escaped(unescaped(question.prompt)) != question.prompt,
    }
    return [f"Aiken does not carry {name}." for name, is_lost in lost.items() if is_lost]
