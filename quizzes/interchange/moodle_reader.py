"""Moodle XML: `<quiz>` with a `<question type="…">` for each question.

    multichoice  single, shuffleanswers, answer*       fraction, text, feedback
    truefalse    answer*                               the texts are true and false
    shortanswer  usecase, answer*
    numerical    answer*                               with tolerance; units
    matching     shuffleanswers, subquestion*          text, answer
    cloze        the answers stand in the questiontext
    all          name, questiontext, generalfeedback, defaultgrade, hint*, tags

A text says its format; without one it is HTML. What only steers Moodle (penalty, hidden, idnumber,
numbering of answers) has no meaning here and is passed over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from quizzes.interchange import answers, cloze
from quizzes.interchange.answers import Weighted
from quizzes.interchange.items import Item, Question, Reading, RefusedError
from quizzes.interchange.prose import to_markdown, to_plain
from quizzes.interchange.source import MOST_QUESTIONS, FileError, too_many
from quizzes.interchange.xml_tree import Node, read_tree
from quizzes.kinds import JsonObject

_NOTATIONS = {"html", "markdown", "plain_text", "moodle_auto_format"}
_REFUSED = {
    "essay": "This is an essay: nothing here can grade it.",
    "description": "This is a description: it asks nothing. Put it into the quiz's introduction.",
}
FILES = "Files that belong to a text are not kept."
FILL_IN = "Fill in the blanks."
_SAID = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(text: str) -> list[Item]:
    """The questions of a file. Raises FileError when it is not such a file, or has too many."""
    root = read_tree(text)
    if root.tag != "quiz":
        raise FileError(
            f"Line {root.line}: A Moodle XML file begins with <quiz>, this one with <{root.tag[:40]}>."
        )
    nodes = list(root.all("question"))
    if len(nodes) > MOST_QUESTIONS:
        raise too_many(len(nodes))
    items = []
    category = ""
    for node in nodes:
        if node.attributes.get("type") == "category":
            category = _category(node)
            continue
        items.append(_item(node, category))
        category = ""
    return items


def _category(node: Node) -> str:
    inner = node.first("category")
    return inner.value("text") if inner else ""


def _item(node: Node, category: str) -> Item:
    reading = Reading(node.line)
    if category:
        reading.warn(f"The category “{category[:80]}” is not kept: questions belong to the quiz you choose.")
    try:
        return reading.done(_Read(node, reading).question())
    except RefusedError as error:
        return reading.refused(error)


@dataclass
class _Read:
    """One question element while it is read."""

    node: Node
    reading: Reading
    prompt: str = ""  # where it is a part of the text only

    def question(self) -> Question:
        name = self.node.first("name")
        title = " ".join(name.value("text").split()) if name else ""
        self.reading.title = title or self.plain(self.node.first("questiontext"))
        sort = self.node.attributes.get("type", "")
        if sort not in _SORTS:
            message = f"Questions of type “{sort[:40]}” are not read."
            raise RefusedError(_REFUSED.get(sort, message))
        kind, data = _SORTS[sort](self)
        for tag in _SAID:
            if self.plain(self.node.first(tag)):
                self.reading.warn("Feedback to the whole of a response is not kept.")
        if any(self.node.value(tag) for tag in ("image", "image_base64")):
            self.reading.warn(FILES)
        if self.node.first("tags") is not None:
            self.reading.warn("Tags are not kept.")
        return Question(
            title,
            self.prompt or self.markdown(self.node.first("questiontext")),
            kind,
            data,
            self.markdown(self.node.first("generalfeedback")),
            self.points(),
        )

    def choice(self) -> tuple[str, JsonObject]:
        self._no_hints()
        is_single = self.node.value("single") not in {"false", "0"}
        told = self.answers()
        return answers.choice(self.reading, told, is_single=is_single, shuffle=self._is_shuffled())

    def truth(self) -> tuple[str, JsonObject]:
        self._no_hints()
        told = {one.text.lower(): one for one in self.answers()}
        if set(told) != {"true", "false"} or told["true"].is_right == told["false"].is_right:
            raise RefusedError("A true or false question has the answers true and false, one of them right.")
        return answers.true_false(told["true"].is_right, told["true"].feedback, told["false"].feedback)

    def short_text(self) -> tuple[str, JsonObject]:
        if self.node.value("usecase") == "1":
            self.reading.warn("Capitals do not count here; in this question they did.")
        told = self.answers()
        return answers.short_text(self.reading, told, self.hints())

    def numeric(self) -> tuple[str, JsonObject]:
        told = []
        for one, node in zip(self.answers(), self.node.all("answer"), strict=True):
            tolerance = answers.number_of(node.value("tolerance") or "0", node.line)
            if tolerance < 0:
                raise RefusedError(f"The tolerance “{node.value('tolerance')[:40]}” is below 0.", node.line)
            told.append(Weighted(one.text, one.percent, one.feedback, one.line, tolerance))
        return answers.numeric(self.reading, told, self.hints(), self._unit())

    def matching(self) -> tuple[str, JsonObject]:
        if not self._is_shuffled():
            self.reading.warn("The order of the pairs is not kept: they are shuffled.")
        pairs = []
        found = list(self.node.all("subquestion"))
        answers.check_count(len(found), self.node.line)
        for node in found:
            right = node.first("answer")
            pairs.append((self.plain(node), self.plain(right, "plain_text")))
        return answers.matching(pairs, self.hints())

    def blanks(self) -> tuple[str, JsonObject]:
        node = self.node.first("questiontext")
        inner = node.first("text") if node else None
        if node is None or inner is None:
            raise RefusedError("There is no question text.")
        notation = node.attributes.get("format", "html")
        found = cloze.find(self.reading, inner.text, node.line, notation)
        inner.parts[:] = [found.text]
        self.prompt, data = cloze.split(self.markdown(node), found)
        self.prompt = self.prompt or FILL_IN
        hints = self.hints()
        return "blanks", data | ({"hints": hints} if hints else {})

    def answers(self) -> list[Weighted]:
        found = list(self.node.all("answer"))
        answers.check_count(len(found), self.node.line)
        return [self.weighted(node) for node in found]

    def weighted(self, node: Node) -> Weighted:
        fraction = node.attributes.get("fraction", "0")
        try:
            percent = answers.read_percent(fraction)
        except ValueError:
            raise RefusedError(f"“{fraction[:40]}” is not a weight from -100 to 100.", node.line) from None
        return Weighted(self.plain(node), percent, self.plain(node.first("feedback")), node.line)

    def hints(self) -> list[str]:
        return [text for node in self.node.all("hint") if (text := self.plain(node))]

    def points(self) -> int:
        grade = self.node.value("defaultgrade") or "1"
        value = answers.number_of(grade, self.node.line)
        points = max(1, min(100, round(value)))
        if points != value:
            self.reading.warn(f"{grade[:20]} points become {points}: whole points from 1 to 100.")
        return points

    def markdown(self, node: Node | None) -> str:
        return self._text(node, to_markdown)

    def plain(self, node: Node | None, notation: str = "html") -> str:
        return self._text(node, to_plain, notation)

    def _text(
        self, node: Node | None, convert: Callable[[str, str], tuple[str, list[str]]], notation: str = "html"
    ) -> str:
        if node is None:
            return ""
        if node.first("file") is not None:
            self.reading.warn(FILES, node.line)
        inner = node.first("text") or node  # in old files a number stands outside of <text>
        notation = node.attributes.get("format", notation)
        if notation not in _NOTATIONS:
            raise RefusedError(f"“{notation[:40]}” is not a format of a text.", node.line)
        made, lost = convert(inner.text, notation)
        for what in lost:
            self.reading.warn(f"{what} is not kept.", node.line)
        return made

    def _is_shuffled(self) -> bool:
        return self.node.value("shuffleanswers") not in {"0", "false"}

    def _no_hints(self) -> None:
        if self.hints():
            self.reading.warn("Hints are not kept: a choice has none here.")

    def _unit(self) -> str:
        units = self.node.first("units")
        told = list(units.all("unit")) if units else []
        if not told:
            return ""
        if len(told) > 1 or answers.number_of(told[0].value("multiplier") or "1", told[0].line) != Fraction(
            1
        ):
            self.reading.warn("Other units than one are not kept.", told[0].line)
        return told[0].value("unit_name")


_SORTS: dict[str, Callable[[_Read], tuple[str, JsonObject]]] = {
    "multichoice": _Read.choice,
    "truefalse": _Read.truth,
    "shortanswer": _Read.short_text,
    "numerical": _Read.numeric,
    "matching": _Read.matching,
    "match": _Read.matching,
    "cloze": _Read.blanks,
}
