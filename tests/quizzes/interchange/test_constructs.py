"""Every construct of `docs/interchange.md` has a file of its own that uses it, and reads as the page says.

Beside each file in `constructs/` lies what it reads as: each question with its warnings, or its refusal.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quizzes.interchange import FORMATS, FileError, Item

FILES = Path(__file__).parent / "constructs"
PAGE = Path(__file__).parents[3] / "docs" / "interchange.md"
HEADINGS = {"aiken": "Aiken", "gift": "GIFT", "moodle": "Moodle XML"}
ROWS = {
    "aiken": {
        "A line of text before the options": "text",
        "`A. …`, `A) …`, one letter from A to Z": "options",
        "`ANSWER: A`": "answer",
        "Blank lines": "blank_lines",
    },
    "gift": {
        "Blank line": "blank_line",
        "`// …`": "comment",
        "`$CATEGORY: …`": "category",
        "`::title::`": "title",
        "`[markdown]`, `[html]`, `[plain]`, `[moodle]`": "formats",
        "`{~… =… ~…}`": "single_choice",
        "`{~%50%… ~%50%… ~%-50%…}`": "multiple_choice",
        "`%50%` in single choice, text or number": "partly_right",
        "`{T}`, `{FALSE}`, `{T#if not right#if right}`": "true_false",
        "`{=… =…}`": "short_text",
        "`{…}` without a sign": "one_text",
        "`{#3}`, `{#3:0.5}`, `{#2.5..3.5}`, `{#=3:0 =%0%4#…}`": "number",
        "`{=a -> b =c -> d = -> e}`": "matching",
        "`text {…} text`": "missing_word",
        "`#feedback`": "feedback",
        "`####…`": "explanation",
        "`[id:…]`, `[tag:…]` in a comment": "ids_and_tags",
        r"`\~ \= \# \{ \} \: \\ \n`": "escapes",
        "`{}`": "essay",
        "No braces": "description",
    },
    "moodle": {
        "`<?xml …?>`, `<quiz>`, `<!-- … -->`, `<![CDATA[…]]>`": "document",
        '`<question type="category">`': "category",
        "`multichoice` with `single`, `shuffleanswers`, `answer` (`fraction`, `feedback`)": "multichoice",
        "`truefalse`": "truefalse",
        "`shortanswer` with `usecase`": "shortanswer",
        "`numerical` with `tolerance`, `units` (`unit`, `multiplier`, `unit_name`)": "numerical",
        "`answer` without `text`": "answer_without_text",
        "`matching`, `match` with `subquestion`, `shuffleanswers`": "matching",
        "`cloze` with `SHORTANSWER`, `SA`, `MW`": "cloze",
        "`SHORTANSWER_C`, `SAC`, `MWC`": "cloze_capitals",
        "`NUMERICAL`, `NM`": "cloze_numbers",
        (
            "`MULTICHOICE`, `MC`, `MULTICHOICE_H`, `MCH`, `MULTICHOICE_V`, `MCV`, `MULTICHOICE_S`, "
            "`MCS`, `MULTICHOICE_HS`, `MCHS`, `MULTICHOICE_VS`, `MCVS`"
        ): "cloze_lists",
        (
            "`MULTIRESPONSE`, `MR`, `MULTIRESPONSE_H`, `MRH`, `MULTIRESPONSE_S`, `MRS`, "
            "`MULTIRESPONSE_HS`, `MRHS`"
        ): "cloze_several",
        r"`{2:…}`, `~`, `=`, `%50%`, `#…`, `*`, `\} \# \~ \/ \" \\`": "cloze_marks",
        "`name`, `questiontext`, `generalfeedback`": "texts",
        "`defaultgrade`": "defaultgrade",
        "`hint` with `shownumcorrect`, `clearwrong`, `options`": "hints",
        '`format="html"`, `"markdown"`, `"plain_text"`, `"moodle_auto_format"`': "formats",
        "`correctfeedback`, `partiallycorrectfeedback`, `incorrectfeedback`": "whole_feedback",
        "`tags`": "tags",
        "`file`, `image`, `image_base64`": "files",
        (
            "`penalty`, `hidden`, `idnumber`, `answernumbering`, `showstandardinstruction`, "
            "`shownumcorrect`, `unitgradingtype`, `unitpenalty`, `showunits`, `unitsleft`"
        ): "steering",
        "`essay`, `description`": "not_graded",
        (
            "`calculated`, `calculatedsimple`, `calculatedmulti`, `ddwtos`, `gapselect`, "
            "`ddimageortext`, `ddmarker`, `randomsamatch`, `ordering` and every other type"
        ): "other_types",
        "`<!DOCTYPE …>`": "doctype",
    },
}
ALL = [(name, file) for name, rows in ROWS.items() for file in rows.values()]


def constructs(name: str) -> list[str]:
    """The first column of a format's table on the page."""
    section = PAGE.read_text().split(f"\n## {HEADINGS[name]}\n")[1].split("\n## ")[0]
    lines = [line for line in section.split("\n") if line.startswith("| ")]
    return [line.split(" | ")[0].removeprefix("| ") for line in lines[1:]]


def text_of(name: str, file: str) -> str:
    return (FILES / name / f"{file}{FORMATS[name].suffix}").read_text()


def told(item: Item) -> dict[str, Any]:
    """An item as the files of what is expected write it down."""
    said = [[problem.line, problem.reason] for problem in item.problems]
    question = item.question
    if question is None:
        return {"refused": said}
    made = {"title": question.title, "prompt": question.prompt, "kind": question.kind, "data": question.data}
    made |= {"explanation": question.explanation} if question.explanation else {}
    made |= {"points": question.points} if question.points != 1 else {}
    return {"question": made} | ({"warnings": said} if said else {})


@pytest.mark.parametrize("name", ROWS)
def test_the_page_and_the_files_name_the_same_constructs(name: str) -> None:
    assert constructs(name) == list(ROWS[name])
    assert sorted(path.stem for path in (FILES / name).glob("*.json")) == sorted(ROWS[name].values())


@pytest.mark.parametrize("row", ROWS["moodle"])
def test_a_file_of_moodle_uses_every_name_of_its_row(row: str) -> None:
    text = text_of("moodle", ROWS["moodle"][row])
    names = [name for code in re.findall("`([^`]+)`", row) for name in re.findall("[A-Za-z_]{2,}", code)]
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize(("name", "file"), ALL)
def test_it_reads_as_the_page_says(name: str, file: str) -> None:
    expected = json.loads((FILES / name / f"{file}.json").read_text())
    try:
        read: Any = [told(item) for item in FORMATS[name].read(text_of(name, file))]
    except FileError as error:
        read = {"file": str(error)}
    assert read == expected


@pytest.mark.parametrize(("name", "file"), [one for one in ALL if one[1] != "doctype"])
def test_what_was_read_is_written_and_read_again(name: str, file: str) -> None:
    form = FORMATS[name]
    for item in form.read(text_of(name, file)):
        written = form.write([item.question] if item.question else [])
        if item.question and not any(note.is_left_out for note in written.notes):
            assert [again.question for again in form.read(written.text)] == [item.question]
