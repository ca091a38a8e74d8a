import pytest

from engine.errors import CriteriaError
from engine.evaluation import criteria
from engine.evaluation.kinds import KINDS

FIRST_NETWORK = """
[[criterion]]
kind = "layers"
want = ["Dense", "Dense", "Dense"]
points = 2

[[criterion]]
kind = "units"
want = [6, 6, 4]
points = 2

[[criterion]]
kind = "activations"
want = ["relu", "relu", "softmax"]
points = 2

[[criterion]]
kind = "input_shape"
want = [8]

[[criterion]]
kind = "output_shape"
want = [4]

[[criterion]]
id = "small"
title = "Small enough to write down"
kind = "parameters"
at_most = 124
points = 2
"""


def test_reads_what_an_author_writes() -> None:
    read = criteria(FIRST_NETWORK)
    assert [(each.id, each.kind.name, each.title, each.points) for each in read] == [
        ("layers-1", "layers", "Layers: Dense, Dense, Dense", 2),
        ("units-2", "units", "Units: 6, 6, 4", 2),
        ("activations-3", "activations", "Activations: relu, relu, softmax", 2),
        ("input_shape-4", "input_shape", "Takes samples of shape (8,)", 1),
        ("output_shape-5", "output_shape", "Gives outputs of shape (4,)", 1),
        ("small", "parameters", "Small enough to write down", 2),
    ]


@pytest.mark.parametrize(
    ("bounds", "title"),
    [
        ("at_most = 1240", "At most 1,240 parameters"),
        ("at_least = 5", "At least 5 parameters"),
        ("at_least = 5\nat_most = 9", "5 to 9 parameters"),
    ],
)
def test_titles_of_bounds(bounds: str, title: str) -> None:
    (read,) = criteria(f'[[criterion]]\nkind = "parameters"\n{bounds}')
    assert read.title == title


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: There is no criterion. Begin each one with a line [[criterion]]."),
        (
            "\n[[criterion]]\nkind = \n",
            "line 3: This is not TOML: Invalid value. Strings need quotation marks; lists need [ ].",
        ),
        ("\n[[criteria]]\n", "line 2: There is no setting 'criteria' among criteria. Write [[criterion]]."),
        (
            "[[criterion]]\npoints = 2\n",
            f"line 1: A criterion needs a kind. The kinds are {', '.join(sorted(KINDS)[:-1])} "
            f"and {sorted(KINDS)[-1]}.",
        ),
        (
            '[[criterion]]\npoints = 1\nkind = "paramters"\n',
            "line 3: There is no kind of criterion named 'paramters'; did you mean 'parameters'? "
            f"The kinds are {', '.join(sorted(KINDS)[:-1])} and {sorted(KINDS)[-1]}.",
        ),
        (
            '[[criterion]]\nkind = "units"\nwant = [1]\n\n[[criterion]]\nkind = "units"\nwant = [0]\n',
            "line 7: The criterion units: want must be a whole number of at least 1; it is (0,). "
            "want: the units, first layer to last.",
        ),
        (
            '[[criterion]]\nkind = "parameters"\natmost = 3\n',
            "line 3: The criterion parameters has no argument 'atmost'; did you mean 'at_most'? "
            "at_most: the largest number allowed. It takes at_most, at_least, points, title and id.",
        ),
        (
            '[[criterion]]\nkind = "parameters"\n',
            "line 1: The criterion parameters needs at_most, at_least or both.",
        ),
        (
            '[[criterion]]\nkind = "parameters"\nat_most = 1\nat_least = 2\n',
            "line 1: The criterion parameters asks for at_least more than at_most.",
        ),
        (
            '[[criterion]]\nid = "a"\nkind = "units"\nwant = [1]\n[[criterion]]\nid = "a"\nkind = "units"\n'
            "want = [1]\n",
            "line 6: Two criteria have the id 'a'. Give each its own, or none.",
        ),
        (
            '[[criterion]]\nkind = "units"\nwant = 2026-01-01\n',
            "line 1: A criterion holds a date or time. Use numbers or strings.",
        ),
        (
            '[[criterion]]\nkind = "layers"\nwant = ["Dence"]\n',
            "line 3: The criterion layers: want must be a list of layers such as "
            "['Dense', 'Dropout', 'Dense']; it is ('Dence',). Did you mean 'Dense'?",
        ),
        ("criterion = 3", "line 1: There is no criterion. Begin each one with a line [[criterion]]."),
        (
            '[[criterion]]\nkind = "parameters"\nat_most = 3\npoints = nan\n',
            "line 4: The criterion parameters: points must be a number at least 0 and at most 1000; "
            "it is nan. points: what it is worth.",
        ),
    ],
)
def test_tells_what_is_wrong_and_where(text: str, message: str) -> None:
    with pytest.raises(CriteriaError) as caught:
        criteria(text)
    assert str(caught.value) == message


def test_refuses_a_flood() -> None:
    with pytest.raises(CriteriaError) as caught:
        criteria('[[criterion]]\nkind = "units"\nwant = [1]\n' * 51)
    assert str(caught.value) == "line 1: There are more than 50 criteria. Split the challenge."
