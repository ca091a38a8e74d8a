"""Lines of a notebook are passed over where they are its own, and nowhere else."""

import engine

CELL = """\
%matplotlib inline
!pip install -q "keras
%%time
from keras import *
def build(units=3):
    # a comment alone, before anything else
    %timeit 1

    # and one between
    model = Sequential([Input((2,)), layers.Dense(units)])  # and one behind
    !ls
    # the last line of the function
    return model
# between functions
model = build()
"""


def test_lines_of_a_notebook_are_passed_over_with_a_note() -> None:
    reading = engine.read(CELL)
    assert reading.diagnostics == ()
    assert reading.spec is not None
    assert [(note.line, note.column, note.message) for note in reading.notes] == [
        (line, column, "This is a notebook's own line; it is passed over.")
        for line, column in ((1, 1), (2, 1), (3, 1), (7, 5), (11, 5))
    ]


def test_places_stay_where_they_were() -> None:
    (wrong,) = engine.read(
        "!pip install keras\r\n%load_ext x\r\nmodel = Sequential([Dense(0, input_dim=1)])"
    ).diagnostics
    assert (wrong.line, wrong.column) == (3, 27)


def test_a_sign_in_a_string_or_a_bracket_is_no_line_of_a_notebook() -> None:
    text = '''
"""
!pip
"""
units = (7
% 4)
name = "a%s" \\
% "b"
model = Sequential([Dense(units, input_dim=2, name=name)])
'''
    reading = engine.read(text)
    assert reading.spec is not None
    assert reading.spec.layers[1].name == "ab"
    assert reading.spec.layers[1].config["units"] == 3
    assert not reading.notes or all("notebook" not in note.message for note in reading.notes)


def test_thousands_of_them_are_no_notebook() -> None:
    (told,) = engine.read("!\n" * 3_000).diagnostics
    assert (told.code, told.line) == ("syntax", 201)


def test_nothing_hides_behind_one() -> None:
    text = "%time model = Sequential([Dense(9, input_dim=2)])\nmodel = Sequential([Dense(1, input_dim=2)])"
    spec = engine.parse(text)
    assert engine.estimate(spec).parameters == 3
