"""Parts of files: what players ask for, what is longer than we send at once, and what is not there."""

import pytest

from course.video import ByteRange, UnsatisfiableError, byte_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", ByteRange(0, 49)),
        ("bytes=10-19", ByteRange(10, 19)),
        ("bytes=90-", ByteRange(90, 99)),
        ("bytes=90-500", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-500", ByteRange(0, 49)),
        ("", None),
        ("bytes=-", None),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("bytes=٣-", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 16 + "-", None),
    ],
)
def test_a_range_is_at_most_what_is_sent_at_once(header: str, part: ByteRange | None) -> None:
    assert byte_range(header, 100, longest=50) == part


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_what_lies_outside_the_file_cannot_be_sent(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableError):
        byte_range(header, size, longest=50)
