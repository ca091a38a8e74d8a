"""TOML is rewritten value by value: what did not change keeps its comments and layout, byte for byte."""

import pytest

from course.content import ContentError, read_toml, rewrite

TEXT = """# A course.
title   =  "Networks"   # its title
position = 1

[figure]
network = 'animals'  # which one

# The first.
[[chapter]]
slug = "one"
title = "One"
lessons = [
  "a",  # first
  "b",
]

# The second.
[[chapter]]
slug = "two"
title = "Two"
lessons = []
"""


def values(**changes: object) -> dict[str, object]:
    return {**read_toml("course.toml", TEXT), "about": "", **changes}


def test_nothing_changed_is_the_same_bytes() -> None:
    assert rewrite(TEXT, values(), values()) == TEXT


def test_a_default_nobody_wrote_is_not_written() -> None:
    assert "about" not in rewrite(TEXT, values(about="x"), values(about="x"))


def test_one_value_changes_and_its_comment_stays() -> None:
    assert rewrite(TEXT, values(), values(title="Nets")) == TEXT.replace('"Networks"', '"Nets"')


def test_a_value_in_a_table_changes_in_place() -> None:
    changed = rewrite(TEXT, values(), values(figure={"network": "plants"}))
    assert changed == TEXT.replace("'animals'", '"plants"')


def test_a_new_value_is_written_and_an_emptied_one_removed() -> None:
    assert read_toml("c", rewrite(TEXT, values(), values(about="More.")))["about"] == "More."
    assert "position" not in read_toml("c", rewrite(TEXT, values(), values(position=None)))


def test_tables_in_a_list_are_known_by_their_slug() -> None:
    one, two = values()["chapter"]  # type: ignore[misc]
    changed = rewrite(TEXT, values(), values(chapter=[{**two, "title": "Zwei"}, one]))
    assert [chapter["slug"] for chapter in read_toml("c", changed)["chapter"]] == ["two", "one"]
    assert read_toml("c", changed)["chapter"][0]["title"] == "Zwei"
    assert '"a",  # first' in changed


def test_a_text_of_several_lines_reads_back() -> None:
    said = 'Two\nlines with "quotes", """three""" and a \\ backslash.'
    assert read_toml("c", rewrite(TEXT, values(), values(about=said)))["about"] == said


def test_a_file_that_does_not_exist_yet() -> None:
    made = {
        "title": "New",
        "about": "",
        "chapter": [{"slug": "one", "lessons": ["a"]}],
        "figure": {"network": ""},
    }
    text = rewrite("", {}, made)
    assert read_toml("c", text) == {"title": "New", "chapter": [{"slug": "one", "lessons": ["a"]}]}


def test_what_is_not_toml_names_file_and_line() -> None:
    with pytest.raises(ContentError) as caught:
        read_toml("a/course.toml", 'title = "A"\nlevel = \n')
    assert str(caught.value).startswith("a/course.toml, line 2: This is not TOML: ")
    assert caught.value.line == 2
