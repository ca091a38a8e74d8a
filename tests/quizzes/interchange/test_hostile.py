"""Files that mean harm, and files damaged at random: read or refused, in words and in time."""

import pytest

from quizzes.interchange import FORMATS, FileError, decode
from tests.quizzes.interchange.damaged import damaged, outcome


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \r\n \r\n", "The file is empty."),
        (b"a\nb\xff", "Line 2 is not UTF-8. Save the file again with the encoding UTF-8."),
        ("é".encode("utf-16"), "Line 1 is not UTF-8. Save the file again with the encoding UTF-8."),
        (
            b"a\r\nb\x00",
            "Line 2 has a control character (U+0000). This is not a text file, or it is damaged.",
        ),
        (b"a" * (2 * 1024**2 + 1), "The file has 2.0 MB; at most 2 MB are read. Split it."),
    ],
)
def test_bytes_that_are_no_text(content: bytes, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        decode(content)
    assert str(caught.value) == reason


def test_a_byte_order_mark_and_line_ends_are_no_matter() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("seed", range(100))
def test_damaged_files_are_read_or_refused(name: str, seed: int) -> None:
    outcome(name, damaged(name, seed))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "{" * 500_000,
        "~" * 500_000,
        "::" * 250_000,
        "Q?{" + "=a" * 250_000 + "}",
        "Q?{~" + "%" * 500_000 + "}",
        "[html]" + "<" * 500_000 + "{=a}",
        "[html]" + "<!--" * 100_000 + "{=a}",
        "A. x\n" * 100_000,
        "\\" * 500_000 + "{=a}",
        "[markdown]" + "[" * 7_000 + "{=a ~b}",
        "[markdown]" + "*a_" * 2_500 + "{=a ~b}",
        "#" * 500_000,
        "// \n" * 100_000,
        "[html]" + "<a " * 100_000 + "{=a}",
        "[html]" + "</a <" * 100_000 + "{=a}",
        "\n\n".join(["[html]" + "<!--<a <!x <b " * 700 + "{=a}"] * 100),
        "<quiz><question type='essay'><name><text>" + "&lt;a" * 100_000 + "</text></name></question></quiz>",
        "<quiz><question type='shortanswer'><questiontext><text>" + "&lt;!--" * 50_000
        + "</text></questiontext></question></quiz>",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_long_and_monotonous_files_take_no_time(name: str, text: str) -> None:
    assert outcome(name, text.encode())[0] < 2
