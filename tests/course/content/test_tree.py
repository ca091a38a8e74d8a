"""The content folder is read once, with limits, and its files keep their bytes."""

from pathlib import Path

import pytest

from course.content import ContentError, Tree
from course.content.tree import MAX_FILE_BYTES


def test_reads_text_files_with_their_line_ends_and_leaves_others(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "text.md").write_bytes(b"one\r\ntwo\n")
    (tmp_path / "a" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "link.md").symlink_to(tmp_path / "a" / "text.md")
    assert Tree.read(tmp_path).files == {"a/text.md": "one\r\ntwo\n"}


def test_matching_goes_part_by_part() -> None:
    tree = Tree({"a/b/quiz.toml": "1", "a/quiz.toml": "2", "a/b/c/quiz.toml": "3", "b/a/quiz.toml": "4"})
    assert list(tree.matching("*/*/quiz.toml")) == [("a/b/quiz.toml", "1"), ("b/a/quiz.toml", "4")]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_bytes(b"\xff")
    with pytest.raises(ContentError) as caught:
        Tree.read(tmp_path)
    assert str(caught.value) == "text.md: The file is not UTF-8 text. Save it as UTF-8."
    (tmp_path / "text.md").write_bytes(b"a" * (MAX_FILE_BYTES + 1))
    with pytest.raises(ContentError) as caught:
        Tree.read(tmp_path)
    assert str(caught.value) == "text.md: The file is larger than 512 KiB. Split it."


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        Tree.read(tmp_path / "none")
    assert caught.value.message == "There is no content folder here. Set CONTENT_DIR to one."
