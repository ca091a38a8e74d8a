"""WebVTT is read strictly: what editors write is understood, what is hostile or broken has its line told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.video import CaptionError, Cue, read_cues, write_cues

CUE = "00:01.000 --> 00:02.000"


def refusal(text: str) -> str:
    with pytest.raises(CaptionError) as error:
        read_cues(text)
    return str(error.value)


def test_what_editors_write_is_read() -> None:
    text = (
        "\ufeffWEBVTT - by hand\r\nKind: captions\r\nLanguage: en\r\n\r\nNOTE to me\r\nnot shown\r\n\r\n"
        "1\r\n00:00.500 --> 00:02.000 align:start position:0%\r\nOne line,\r\nand one more.\r\n\r\n"
        "00:00:02.000 --> 01:00:04.250\r\n"
        "<v.loud Ann>So &lt;layers&gt;\r\n<i>add</i> <00:03.000>up &amp; on.</v>\r\n"
    )
    assert read_cues(text) == (
        Cue(0.5, 2.0, "One line,\nand one more."),
        Cue(2.0, 3604.25, "Ann: So <layers>\nadd up & on."),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Line 1: Captions begin with the word WEBVTT on a line of its own."),
        ("WEBVTTX\n", "Line 1: Captions begin with the word WEBVTT on a line of its own."),
        (f"WEBVTT\n{CUE}\nHi\n", "Line 2: Leave an empty line between WEBVTT and the first cue."),
        (
            "WEBVTT\n\n",
            "Line 3: There is no cue: times such as 00:01.000 --> 00:04.500, and words below them.",
        ),
        ("WEBVTT\n\nHi\n", "Line 3: A cue begins with its times, such as 00:01.000 --> 00:04.500."),
        ("WEBVTT\n\n1\nHi\n", "Line 4: A cue begins with its times, such as 00:01.000 --> 00:04.500."),
        (
            "WEBVTT\n\n1.0 --> 2.0\nHi\n",
            "Line 3: A cue begins with its times, such as 00:01.000 --> 00:04.500.",
        ),
        (
            "WEBVTT\n\n00:61.000 --> 01:00.000\nHi\n",
            "Line 3: A cue begins with its times, such as 00:01.000 --> 00:04.500.",
        ),
        (
            "WEBVTT\n\n00:02.000 --> 00:02.000\nHi\n",
            "Line 3: The cue ends before it begins. Put the earlier time first.",
        ),
        (
            f"WEBVTT\n\n00:09.000 --> 00:10.000\nB\n\n{CUE}\nA\n",
            "Line 6: The cue begins before the one above it. Put cues in the order of time.",
        ),
        (f"WEBVTT\n\n{CUE}\n<i> </i>\n", "Line 3: The cue has no words. Write them below its times."),
        (
            f"WEBVTT\n\n{CUE}\n<script>alert(1)</script>\n",
            "Line 4: <script> is no mark of captions. Write &lt; for the sign itself.",
        ),
        (
            f"WEBVTT\n\n{CUE}\nHi <img src=x onerror=alert(1)\n",
            "Line 4: < is no mark of captions. Write &lt; for the sign itself.",
        ),
        (
            f"WEBVTT\n\n{CUE}\nHi\n{CUE}\nHo\n",
            "Line 5: An arrow stands in the words. Leave an empty line before the next cue.",
        ),
        (
            "WEBVTT\n\nSTYLE\n::cue { color: red }\n",
            "Line 3: Blocks of style and region are not read: the browser sets captions. Take it out.",
        ),
        (f"WEBVTT\n\n{CUE}\nA\x00B\n", "Line 4: The letter U+0000 cannot be shown. Take it out."),
        (
            f"WEBVTT\n\n{CUE}\n{'a' * 501}\n",
            "Line 3: The cue has 501 letters, more than 500. Split it.",
        ),
        (
            "WEBVTT\n" + f"\n{CUE}\nHi\n" * 5_001,
            "Line 15003: There are more than 5000 cues. Split the video.",
        ),
    ],
)
def test_what_is_refused_is_told_with_its_line(text: str, message: str) -> None:
    assert refusal(text) == message


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=40)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6), WORDS), min_size=1, max_size=8))
def test_whatever_words_a_cue_has_it_is_written_so_that_it_reads_the_same(
    drawn: list[tuple[int, int, str]],
) -> None:
    cues = tuple(Cue(start / 1000, (start + lasts) / 1000, text) for start, lasts, text in sorted(drawn))
    written = write_cues(cues)
    assert "<" not in written
    assert written.count("-->") == len(cues)
    assert read_cues(written) == cues


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"WEBVTT\n\n{text}", f"WEBVTT\n\n{CUE}\n{text}"):
        refused = ""
        try:
            cues = read_cues(whole)
        except CaptionError as error:
            refused = str(error)
        if refused:
            assert refused.startswith("Line ")
        else:
            assert read_cues(write_cues(cues)) == cues
