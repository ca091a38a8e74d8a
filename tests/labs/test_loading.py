"""Challenges come from content files and go back to them unchanged."""

import pytest

from course.content import ContentError, Tree
from labs import dumping, loading
from labs.models import Challenge

pytestmark = [pytest.mark.django_db, pytest.mark.data]

TOML = """\
# A comment that must survive.
title = "Two layers"
summary = "Any two layers."
published = true   # for everybody

starter = '''
model = Sequential([])
'''

[[criterion]]
kind = "layers"
want = ["Dense", "Dense"]  # nothing else
points = 2

[[criterion]]
kind = "parameters"
title = "Small"
at_most = 40
"""
PATH = "neural-networks/challenges/two-layers.toml"
TASK = "neural-networks/challenges/two-layers.md"
FILES = {PATH: TOML, TASK: "Write **two** layers.\n"}


def load(files: dict[str, str], *, overwrite: bool = False) -> list[str]:
    return [str(outcome) for outcome in loading.load(Tree(files), overwrite=overwrite)]


def test_a_challenge_is_loaded_with_its_criteria() -> None:
    assert load(FILES) == ["labs.challenge two-layers: created"]
    challenge = Challenge.objects.get()
    assert (challenge.title, challenge.is_published) == ("Two layers", True)
    assert challenge.starter == "model = Sequential([])\n"
    assert challenge.task_html == "<p>Write <strong>two</strong> layers.</p>\n"
    assert [(c.kind, c.points, c.settings) for c in challenge.criteria.all()] == [
        ("layers", 2.0, 'want = ["Dense", "Dense"]\n'),
        ("parameters", 1.0, 'title = "Small"\nat_most = 40\n'),
    ]


def test_loading_again_changes_nothing_and_dumping_gives_the_same_files() -> None:
    load(FILES)
    assert load(FILES) == ["labs.challenge two-layers: unchanged"]
    assert dumping.dump() == FILES


def test_an_edit_is_kept_and_dumped_with_the_comments() -> None:
    load(FILES)
    challenge = Challenge.objects.get()
    criterion = challenge.criteria.get(kind="parameters")
    criterion.settings = 'title = "Small"\nat_most = 60\n'
    criterion.save()
    assert load(FILES) == ["labs.challenge two-layers: kept your edit"]
    assert dumping.dump()[PATH] == TOML.replace("at_most = 40", "at_most = 60")
    assert load(FILES, overwrite=True) == ["labs.challenge two-layers: updated"]
    assert dumping.dump() == FILES


def test_the_file_moves_on_while_an_edit_is_kept() -> None:
    load(FILES)
    Challenge.objects.update(title="Mine")
    changed = {**FILES, PATH: TOML.replace("Any two layers.", "Two layers of any kind.")}
    assert load(changed) == ["labs.challenge two-layers: kept your edit (the file differs in title, summary)"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "at_most = 40",
            "at_mots = 40",
            f"{PATH}: In criterion 2: The criterion parameters has no argument 'at_mots'; "
            "did you mean 'at_most'? at_most: the largest number allowed. It takes at_most, at_least, "
            "points, title and id.",
        ),
        ("title = \"Two layers\"\n", "", f"{PATH}: `title` is missing. Add a text in quotes."),
        (
            'published = true',
            'lesson = "neural-networks/nowhere"',
            f"{PATH}: There is no lesson 'neural-networks/nowhere'. Write it as course/lesson.",
        ),
        (
            'kind = "layers"',
            "kind = 3",
            f"{PATH}: In criterion 1: `kind` must be a text, `points` a number.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_told_with_its_file(old: str, new: str, message: str) -> None:
    with pytest.raises(ContentError) as error:
        load({**FILES, PATH: TOML.replace(old, new, 1)})
    assert str(error.value) == message


def test_a_challenge_without_criteria_is_refused() -> None:
    with pytest.raises(ContentError) as error:
        load({**FILES, PATH: TOML.partition("[[criterion]]")[0]})
    assert str(error.value) == f"{PATH}: There is nothing to meet. Add tables under [[criterion]]."


def test_a_task_that_cannot_be_shown_is_refused() -> None:
    with pytest.raises(ContentError) as error:
        load({**FILES, TASK: "# Too large a heading\n"})
    assert "Headings go from ## to ####" in str(error.value)


def test_a_challenge_made_in_the_admin_gets_a_file_of_its_own(challenge: Challenge) -> None:
    assert dumping.dump() == {
        "challenges/three-layers.toml": """\
title = "Three layers"
summary = "Three Dense layers, at most 124 parameters."
attempt_limit = 0
order = 0
published = true
starter = \"\"\"model = Sequential([])
\"\"\"
weights = false
board = "off"
shows_reference = false

[[criterion]]
kind = "layers"
points = 2
want = ["Dense", "Dense", "Dense"]

[[criterion]]
kind = "parameters"
points = 1
at_most = 124
"""
    }
