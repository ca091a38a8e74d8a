"""Questions as Moodle XML, written by an XML writer; see `moodle_reader` for its elements.

Texts are marked as Markdown, answers as plain text. What Moodle does not carry is a note.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizzes.interchange import answers, cloze
from quizzes.interchange.answers import Weighted, shown_percent
from quizzes.interchange.items import Note, Question, Written

CARRIED = {
    "single_choice": ("options", "shuffle"),
    "multiple_choice": ("options", "shuffle"),
    "short_text": ("answers", "slips", "hints"),
    "numeric": ("answer", "tolerance", "slips", "hints", "unit"),
    "matching": ("pairs", "others", "hints"),
    "blanks": ("text", "blanks", "is_code", "hints"),
}
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SORTS = {"short_text": "shortanswer", "numeric": "numerical", "matching": "matching", "blanks": "cloze"}


def write(questions: Iterable[Question]) -> Written:
    """The questions that Moodle XML carries, and a note on everything that it does not."""
    root = Element("quiz")
    notes = []
    for question in questions:
        if reason := _refusal(question):
            notes.append(Note(question.title, reason, is_left_out=True))
            continue
        lost = answers.losses(question, CARRIED[question.kind])
        notes += [Note(question.title, f"Moodle XML does not carry {name}.") for name in lost]
        _write(root, question)
    indent(root)
    return Written(tostring(root, "unicode", xml_declaration=True) + "\n", tuple(notes))


def _refusal(question: Question) -> str:
    if question.kind not in CARRIED:
        return "Moodle has no question of this kind."
    return cloze.refusal(question.data) if question.kind == "blanks" else ""


def _write(root: Element, question: Question) -> None:
    is_truth = answers.is_true_false(question)
    sort = "truefalse" if is_truth else _SORTS.get(question.kind, "multichoice")
    node = SubElement(root, "question", type=sort)
    SubElement(SubElement(node, "name"), "text").text = _NOT_XML.sub("", question.title)
    prompt = cloze.written(question.prompt, question.data) if sort == "cloze" else question.prompt
    _text(node, "questiontext", prompt, "markdown")
    _text(node, "generalfeedback", question.explanation, "markdown")
    _value(node, "defaultgrade", str(question.points))
    data = question.data
    if sort == "multichoice":
        _value(node, "single", "true" if question.kind == "single_choice" else "false")
    if sort in {"multichoice", "matching"}:
        _value(node, "shuffleanswers", "true" if data.get("shuffle", True) else "false")
    if sort == "shortanswer":
        _value(node, "usecase", "0")
    if sort == "matching":
        pairs = [(pair["left"], pair["right"]) for pair in data["pairs"]]
        for left, right in [*pairs, *(("", text) for text in data.get("others", []))]:
            part = _text(node, "subquestion", left)
            SubElement(SubElement(part, "answer", format="plain_text"), "text").text = _NOT_XML.sub("", right)
    elif sort != "cloze":
        for one in answers.weighted(question):
            _answer(node, one, is_truth=is_truth)
    if data.get("unit"):
        unit = SubElement(SubElement(node, "units"), "unit")
        _value(unit, "multiplier", "1")
        _value(unit, "unit_name", data["unit"])
    for hint in data.get("hints", []):
        _text(node, "hint", hint)


def _answer(parent: Element, one: Weighted, *, is_truth: bool) -> None:
    text = one.text.lower() if is_truth else one.text
    node = _text(parent, "answer", text, fraction=shown_percent(one.percent))
    if one.tolerance is not None:
        _value(node, "tolerance", str(answers.plain_number(one.tolerance)))
    _text(node, "feedback", one.feedback)


def _text(parent: Element, tag: str, text: str, notation: str = "plain_text", **attributes: str) -> Element:
    node = SubElement(parent, tag, {"format": notation, **attributes})
    SubElement(node, "text").text = _NOT_XML.sub("", text)
    return node


def _value(parent: Element, tag: str, value: str) -> None:
    SubElement(parent, tag).text = _NOT_XML.sub("", value)
