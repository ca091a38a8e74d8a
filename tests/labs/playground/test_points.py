"""/lab/playground/points/: points of one's own, from tables that fit and tables that do not."""

import random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engine.playground.own import read as points_of
from labs.playground.bringing import brought, chosen, guessed
from labs.playground.sheets import SheetError, read_sheet

pytestmark = pytest.mark.django_db

URL = "/lab/playground/points/"
PLAIN = "x,y,class\n1,2,positive\n2,2,positive\n-1,-2.5,negative\n-2,-2,negative\n"
FLOWERS = """\
sepal;petal;name;leaves
5,1;1,4;setosa;3
4,9;1,5;setosa;3
7,0;4,7;versicolor;4
6,4;4,5;versicolor;4
6,3;6,0;virginica;5
5,8;5,1;virginica;5
"""


def own_of(location: str) -> dict[str, str]:
    query = parse_qs(urlsplit(location).query, keep_blank_values=True)
    return {name: query[name][0] for name in ("dataset", "own", "ownNames")}


def used(text: str) -> dict[str, Any]:
    sheet = read_sheet(text)
    return brought(sheet, guessed(sheet))


def told(text: str) -> tuple[str, ...]:
    with pytest.raises(SheetError) as caught:
        used(text)
    return caught.value.told


def test_a_plain_table_leads_to_the_playground(client: Client) -> None:
    response = client.post(f"{URL}?networkShape=3&noise_hide=true", {"table": PLAIN})

    assert response.status_code == 302
    assert "networkShape=3&" in response["Location"]
    assert "noise_hide=true" in response["Location"]
    own = own_of(response["Location"])
    assert own["ownNames"] == "x|y|positive|negative"
    assert points_of(own["own"]) == [(1, 2, 1), (2, 2, 1), (-1, -2.5, -1), (-2, -2, -1)]
    page = client.get(response["Location"]).content.decode()
    assert "Across: x. Up: y." in page
    assert "Change your own points" in page


def test_the_points_of_an_address_come_back_as_a_table(client: Client) -> None:
    location = client.post(URL, {"table": PLAIN})["Location"]
    page = client.get(f"{URL}?{urlsplit(location).query}").content.decode()

    assert PLAIN.strip() in page


def test_more_columns_and_classes_are_chosen_from(client: Client) -> None:
    page = client.post(URL, {"table": FLOWERS}).content.decode()
    assert "Which columns?" in page
    assert '<option value="2" selected>name</option>' in page
    assert '<option value="setosa" selected>setosa</option>' in page

    given = {"table": FLOWERS, "x": "1", "y": "0", "label": "2", "of": "2", "positive": "virginica"}
    own = own_of(client.post(URL, given)["Location"])
    assert own["ownNames"] == "petal, 1.4 to 6|sepal, 4.9 to 7|virginica|any other"
    assert points_of(own["own"])[0] == (5.0, pytest.approx(1.665, abs=0.003), 1.0)


def test_another_class_column_asks_for_its_classes(client: Client) -> None:
    given = {"table": FLOWERS, "x": "0", "y": "1", "label": "3", "of": "2", "positive": "setosa"}
    page = client.post(URL, given).content.decode()

    assert '<option value="5" selected>5</option>' in page


def test_a_file_counts_before_the_text(client: Client) -> None:
    file = SimpleUploadedFile("points.csv", b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode())
    response = client.post(URL, {"table": "nothing", "file": file})

    assert points_of(own_of(response["Location"])["own"])[0] == (1, 2, 1)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe1", "The file is no UTF-8 text. Save the table as CSV (UTF-8) and choose it again."),
        (b"1" * 70_000, "The file has 70,000 bytes; at most 65,536 can be read."),
    ],
)
def test_a_file_that_is_no_table_is_told(client: Client, content: bytes, fault: str) -> None:
    response = client.post(URL, {"file": SimpleUploadedFile("x.csv", content)})

    assert response.status_code == 422
    assert fault in response.content.decode()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "There is no table yet: paste one, choose a file, or place some points."),
        (
            "1,2\n3,4",
            "Line 1 has 2 columns; a row needs at least two numbers and a class, as in 1.5,-2,A, "
            "and at most 20 columns.",
        ),
        (
            "1,2,a\n3,4,a\n5,b\n1,1,b",
            "Line 3 has 2 columns, line 1 has 3. A value that has the separator in it stands in quotes.",
        ),
        (
            "x,y,class\n1,2,a\n3,nan,a\n5,1,b\n1,1,b",
            "Line 3, column 2 (y) must be a number such as 1.5 or -2; it is 'nan'.",
        ),
        (
            "1,2,a\n3,4,a\n5,1e999,b\n1,1,b",
            "Line 3, column 2 (column 2) must be a number such as 1.5 or -2; it is '1e999'.",
        ),
        (
            "1,2,a\n=1+1,4,a\n5,5,b\n1,1,b",
            "Line 2, column 1 (column 1) must be a number such as 1.5 or -2; it is '=1+1'.",
        ),
        (
            "1,2,a\n3,4,\x00a",
            "Line 2, character 5 is U+0000, which is no text. Save the table as plain CSV (UTF-8).",
        ),
        (
            '1,2,a\n3,4,"a',
            "Line 2 has a quotation mark that is not closed, or stands within a value. "
            'A value in quotes looks like "a, b".',
        ),
        ("1,2,a\n" * 301, "The table has 301 rows of values; from 4 to 300 fit."),
        ("1,2,a\n1,2,b\n1,2,b", "The table has 3 rows of values; from 4 to 300 fit."),
        (
            "1,2,a\n" * 4,
            "Column 3 (column 3) has 1 different value; a class needs from 2 to 20. Choose another column.",
        ),
        ("1,2,a\n2,2,b\n1,3,b\n4,4,b", "Each class needs at least 2 points; a has 1."),
        ("9" * 70_000, "The table has 70,000 bytes; at most 65,536 can be read. Leave some rows out."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, fault: str) -> None:
    assert told(text) == (fault,)


def test_a_table_of_faults_is_told_and_kept(client: Client) -> None:
    sent = "x,y,class\n<b>,2,a\n1,2,a\n1,2,b\n2,2,b\n"
    response = client.post(URL, {"table": sent})

    assert response.status_code == 422
    assert "it is &#x27;&lt;b&gt;&#x27;." in response.content.decode()
    assert "&lt;b&gt;,2,a" in response.content.decode()


def test_odd_names_are_only_text(client: Client) -> None:
    formula = "x|1,y,class\n1,2,=cmd()\n1,1,=cmd()\n2,2,<script>\n3,3,<script>\n"
    own = own_of(client.post(URL, {"table": formula})["Location"])
    assert own["ownNames"] == "x/1|y|=cmd()|<script>"
    page = client.get("/lab/playground/", own).content.decode()
    assert "Positive is =cmd(), negative is &lt;script&gt;." in page


def test_two_columns_cannot_be_one() -> None:
    sheet = read_sheet(FLOWERS)
    with pytest.raises(SheetError) as caught:
        brought(sheet, chosen(sheet, {"x": "1", "y": "1"}))
    assert caught.value.told == ("Choose three different columns: one across, one up, one for the class.",)
    assert chosen(sheet, {"x": "99", "label": "\N{SUPERSCRIPT TWO}", "positive": "none"}) == guessed(sheet)


def test_damaged_tables_are_read_or_refused_in_words() -> None:
    drawn = random.Random(7)
    for _ in range(400):
        text = list(FLOWERS)
        for _ in range(drawn.randint(1, 12)):
            text[drawn.randrange(len(text))] = drawn.choice('",;\t\n\x00\x1b\u202e=+-e9naif\N{SNOWMAN}')
        try:
            own = used("".join(text))["own"]
        except SheetError:
            continue
        assert 4 <= len(points_of(own)) <= 300


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put(URL).status_code == 405
