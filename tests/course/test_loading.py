"""Files become rows and rows become files: twice is once, edits are kept, a round trip changes no byte."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from course.content import ContentError, Status, Tree
from course.content.settle import differences, keep_mine, take_file
from course.dumping import dump
from course.loading import load
from course.models import ContentRecord, Course, CourseNetwork, Lesson
from course.services import save_lesson

pytestmark = pytest.mark.django_db
LESSON = "neural-networks/layers"
OUTLINE = re.compile(r"lessons = \[.*?\]", re.DOTALL)


@pytest.fixture
def tree() -> Tree:
    """The course's own part of the shipped content, with one lesson of it."""
    files = Tree.read(settings.CONTENT_DIR).files
    kept = (f"{LESSON}/lesson.toml", f"{LESSON}/text.md", f"{LESSON}/film.toml")
    shared = ("neural-networks/course.toml", "neural-networks/glossary.toml", "neural-networks/networks/")
    found = {path: text for path, text in files.items() if path in kept or path.startswith(shared)}
    start, _, _ = found[shared[0]].partition('\n[[chapter]]\nslug = "forward"')
    outline = OUTLINE.sub('lessons = ["layers"]', start)
    return Tree({**found, shared[0]: outline})


def changed(tree: Tree, path: str, old: str, new: str) -> Tree:
    assert old in tree.files[path]
    return Tree({**tree.files, path: tree.files[path].replace(old, new)})


def statuses(outcomes: list[object]) -> dict[str, str]:
    return {f"{o.entry_kind} {o.key}": o.status.value for o in outcomes}  # type: ignore[attr-defined]


def edit_title(title: str) -> None:
    lesson = Lesson.objects.get(slug="layers")
    lesson.title = title
    save_lesson(lesson)


def test_the_shipped_course(tree: Tree) -> None:
    assert set(statuses(load(tree, overwrite=False)).values()) == {"created"}
    lesson = Lesson.objects.published().get(slug="layers")
    assert (lesson.course.slug, lesson.chapter and lesson.chapter.slug) == ("neural-networks", "one-network")
    assert lesson.resources.count() == 3
    assert "<math" in lesson.html
    assert "<math" not in lesson.plain
    assert lesson.history.first().history_change_reason == "Loaded from the content files"


def test_loading_twice_changes_nothing(tree: Tree) -> None:
    load(tree, overwrite=False)
    before = Lesson.objects.get(slug="layers").updated_at
    assert set(statuses(load(tree, overwrite=False)).values()) == {"unchanged"}
    assert Lesson.objects.get(slug="layers").updated_at == before


def test_dumping_gives_the_same_bytes(tree: Tree) -> None:
    load(tree, overwrite=False)
    assert dump() == tree.files


def test_an_edit_is_dumped_with_the_comments_around_it(tree: Tree) -> None:
    load(tree, overwrite=False)
    edit_title("Layers, anew")
    dumped = dump()
    path = f"{LESSON}/lesson.toml"
    assert dumped[path] == tree.files[path].replace('"Layers of a neural network"', '"Layers, anew"')
    assert {**dumped, path: ""} == {**tree.files, path: ""}
    assert set(statuses(load(Tree(dumped), overwrite=False)).values()) == {"unchanged"}


def test_a_film_is_dumped_as_it_was_written_and_an_edit_with_it(tree: Tree) -> None:
    load(tree, overwrite=False)
    lesson, path = Lesson.objects.get(slug="layers"), f"{LESSON}/film.toml"
    assert lesson.film == tree.files[path]
    lesson.film = lesson.film.replace("seconds = 11", "seconds = 12  # slower", 1)
    save_lesson(lesson)
    assert dump()[path] == lesson.film
    assert set(statuses(load(Tree(dump()), overwrite=False)).values()) == {"unchanged"}


def test_a_film_that_was_taken_away_does_not_come_back(tree: Tree) -> None:
    load(tree, overwrite=False)
    lesson = Lesson.objects.get(slug="layers")
    lesson.film = ""
    save_lesson(lesson)
    assert dump()[f"{LESSON}/film.toml"] == ""
    load(Tree(dump()), overwrite=False)
    assert Lesson.objects.get(slug="layers").film == ""


def test_a_film_that_cannot_be_played_is_not_loaded(tree: Tree) -> None:
    path = f"{LESSON}/film.toml"
    with pytest.raises(ContentError) as refused:
        load(changed(tree, path, 'preset = "llama"', 'preset = "owl"'), overwrite=False)
    assert str(refused.value).startswith(
        f"{path}: Line 4: In scene 1: The figure cannot show this. There is no"
    )


def test_a_film_needs_a_network(tree: Tree) -> None:
    load(tree, overwrite=False)
    lesson = Lesson.objects.get(slug="layers")
    lesson.network, lesson.preset, lesson.focus, lesson.text = None, "", "", "Words.\n"
    lesson.acts = ["text-read"]
    with pytest.raises(ValidationError) as refused:
        save_lesson(lesson)
    assert refused.value.message_dict == {
        "film": ["A film plays the lesson's figure, and this lesson has none. Choose a network for it first."]
    }


def test_a_new_revision_in_the_admin_is_dumped_as_a_date(tree: Tree) -> None:
    load(tree, overwrite=False)
    Lesson.objects.get(slug="layers").revisions.create(date="2025-07-01", change="A second look.")
    text = dump()[f"{LESSON}/lesson.toml"]
    assert "date = 2025-07-01\n" in text
    assert set(statuses(load(Tree(dump()), overwrite=False)).values()) == {"unchanged"}


def test_the_file_s_change_reaches_a_row_nobody_edited(tree: Tree) -> None:
    load(tree, overwrite=False)
    newer = changed(tree, f"{LESSON}/lesson.toml", "minutes = 20", "minutes = 25")
    assert statuses(load(newer, overwrite=False))[f"course.lesson {LESSON}"] == "updated"
    assert Lesson.objects.get(slug="layers").minutes == 25


def test_an_edited_row_is_kept_and_the_difference_shown(tree: Tree) -> None:
    load(tree, overwrite=False)
    edit_title("Mine")
    newer = changed(tree, f"{LESSON}/lesson.toml", "Layers of a neural network", "Theirs")
    [kept] = [o for o in load(newer, overwrite=False) if o.status is Status.KEPT]
    assert str(kept) == f"course.lesson {LESSON}: kept your edit (the file differs in title)"
    assert Lesson.objects.get(slug="layers").title == "Mine"
    [difference] = differences(ContentRecord.objects.get(kind="course.lesson", key=LESSON))
    assert difference.name == "title"
    assert [(line.side, line.text) for line in difference.lines if line.side != "gap"] == [
        ("mine", "Mine"),
        ("file", "Theirs"),
    ]


def test_an_edit_of_a_row_whose_file_did_not_change_is_kept_without_a_difference(tree: Tree) -> None:
    load(tree, overwrite=False)
    edit_title("Mine")
    [kept] = [o for o in load(tree, overwrite=False) if o.status is Status.KEPT]
    assert str(kept) == f"course.lesson {LESSON}: kept your edit"
    assert ContentRecord.objects.filter(offered__isnull=False).count() == 0


def test_overwriting_takes_the_file(tree: Tree) -> None:
    load(tree, overwrite=False)
    edit_title("Mine")
    assert statuses(load(tree, overwrite=True))[f"course.lesson {LESSON}"] == "updated"
    assert Lesson.objects.get(slug="layers").title == "Layers of a neural network"


@pytest.mark.parametrize(("takes_file", "title"), [(True, "Theirs"), (False, "Mine")])
def test_a_difference_is_settled_once(tree: Tree, takes_file: bool, title: str) -> None:
    load(tree, overwrite=False)
    edit_title("Mine")
    newer = changed(tree, f"{LESSON}/lesson.toml", "Layers of a neural network", "Theirs")
    load(newer, overwrite=False)
    record = ContentRecord.objects.get(kind="course.lesson", key=LESSON)
    (take_file if takes_file else keep_mine)(record)
    load(newer, overwrite=False)
    assert Lesson.objects.get(slug="layers").title == title
    assert ContentRecord.objects.filter(offered__isnull=False).count() == 0


def test_a_dump_after_a_kept_edit_starts_from_the_newest_file(tree: Tree) -> None:
    load(tree, overwrite=False)
    edit_title("Mine")
    newer = changed(tree, f"{LESSON}/lesson.toml", "# Newest first.", "# The newest stands first.")
    load(newer, overwrite=False)
    text = dump()[f"{LESSON}/lesson.toml"]
    assert "# The newest stands first." in text
    assert 'title = "Mine"' in text


def test_a_changed_network_renders_its_lessons_anew(tree: Tree) -> None:
    load(tree, overwrite=False)
    path = "neural-networks/networks/animals.json"
    newer = changed(tree, path, '"llama": [2, 2, 0, 2, 2, 0, 0, 2]', '"llama": [2, 2, 0, 2, 2, 0, 0, 1]')
    load(newer, overwrite=False)
    assert CourseNetwork.objects.get().document["presets"]["llama"][-1] == 1
    assert "has the sum 3.5 and passes on 3.5" in Lesson.objects.get(slug="layers").plain


def test_a_lesson_that_left_the_outline_is_no_longer_shown_but_stays(tree: Tree) -> None:
    load(tree, overwrite=False)
    load(
        changed(tree, "neural-networks/course.toml", 'lessons = ["layers"]', "lessons = []"), overwrite=False
    )
    assert Lesson.objects.count() == 1
    assert not Lesson.objects.published().exists()


def test_a_lesson_that_left_the_files_is_told_and_stays(tree: Tree) -> None:
    load(tree, overwrite=False)
    fewer = changed(tree, "neural-networks/course.toml", 'lessons = ["layers"]', "lessons = []")
    files = {path: text for path, text in fewer.files.items() if not path.startswith(LESSON)}
    [gone] = [o for o in load(Tree(files), overwrite=False) if o.status is Status.MISSING]
    assert str(gone) == f"course.lesson {LESSON}: no longer in the files"
    assert Lesson.objects.count() == 1


def test_a_course_names_its_successor_whatever_the_order(tree: Tree) -> None:
    newer = 'title = "Second"\noutcome = "More."\n'
    older = changed(
        tree, "neural-networks/course.toml", "position = 1\n", 'position = 1\nsuccessor = "second"\n'
    )
    load(Tree({**older.files, "second/course.toml": newer}), overwrite=False)
    successor = Course.objects.get(slug="neural-networks").successor
    assert successor is not None
    assert successor.slug == "second"


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (
            f"{LESSON}/lesson.toml",
            'network = "animals"',
            'network = "plants"',
            f"{LESSON}/lesson.toml: In figure: there is no file networks/plants.json in this course.",
        ),
        (
            f"{LESSON}/lesson.toml",
            'skills = ["layer-types"',
            'skills = ["layer-kinds"',
            f"{LESSON}/lesson.toml: There is no skill 'layer-kinds' in course.toml. Its skills: networks,"
            " layer-types, weighted-sums, activations, forward-pass, softmax, counting-parameters,"
            " keras-text, training.",
        ),
        (
            f"{LESSON}/lesson.toml",
            '"text-read"',
            '"text-seen"',
            f"{LESSON}/lesson.toml: There is no act named 'text-seen'. Known acts: text-read, quiz-passed,"
            " challenge-passed, predicted, figure-predicted.",
        ),
        (
            f"{LESSON}/text.md",
            "{{ llama.h1.3.z }}",
            "{{ llama.h1.9.z }}",
            None,
        ),
        (
            "neural-networks/course.toml",
            'lessons = ["layers"]',
            'lessons = ["layer"]',
            "neural-networks/course.toml: Chapter 'one-network' names the lesson 'layer', and there is no"
            " folder of that name.",
        ),
        (
            "neural-networks/course.toml",
            "position = 1\n",
            'successor = "none"\n',
            "neural-networks/course.toml: There is no course 'none' to be the successor.",
        ),
    ],
)
def test_files_that_name_what_does_not_exist(
    tree: Tree, path: str, old: str, new: str, message: str | None
) -> None:
    with pytest.raises(ContentError) as caught:
        load(changed(tree, path, old, new), overwrite=False)
    if message is None:
        assert "There is no neuron 'h1.9' in the network" in str(caught.value)
        assert str(caught.value).startswith(f"{path}: Line ")
    else:
        assert str(caught.value) == message


def test_a_lesson_without_its_text(tree: Tree) -> None:
    files = {path: text for path, text in tree.files.items() if not path.endswith("text.md")}
    with pytest.raises(ContentError) as caught:
        load(Tree(files), overwrite=False)
    assert str(caught.value) == f"{LESSON}/text.md: The lesson's text is missing. Write it in this file."


def test_the_command_loads_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "course.toml").write_text(
        'title = "A"\noutcome = "B"\n[[chapter]]\nslug = "c"\ntitle = "C"\nlessons = ["none"]\n'
    )
    with pytest.raises(CommandError) as caught:
        call_command("load_content", root=tmp_path, verbosity=0)
    assert str(caught.value) == (
        "Nothing was loaded. a/course.toml: Chapter 'c' names the lesson 'none',"
        " and there is no folder of that name."
    )
    assert not Course.objects.exists()


def test_the_commands_round_trip_every_app_s_part(tmp_path: Path) -> None:
    call_command("load_content", verbosity=0)
    call_command("dump_content", root=tmp_path, verbosity=0)
    shipped, dumped = Tree.read(settings.CONTENT_DIR).files, Tree.read(tmp_path).files
    assert dumped == shipped


def test_skills_and_courses_that_others_build_on(tree: Tree) -> None:
    path = "neural-networks/course.toml"
    other = 'title = "Sums"\noutcome = "Add."\n'
    needy = changed(tree, path, 'level = "first-steps"', 'level = "first-steps"\nneeds = ["sums"]')
    load(Tree({**needy.files, "sums/course.toml": other}), overwrite=False)
    course = Course.objects.get(slug="neural-networks")
    assert [needed.slug for needed in course.needs.all()] == ["sums"]
    assert course.checked_on is not None
    skill = course.skills.get(slug="activations")
    assert [needed.slug for needed in skill.needs.all()] == ["weighted-sums"]
    assert dump()[path] == needy.files[path]
    skill.needs.clear()
    course.needs.clear()
    dumped = dump()[path]
    assert 'slug = "activations"\ntitle = "activations"\n\n' in dumped
    assert 'sums"]\n' in dumped
    assert 'needs = ["sums"]' not in dumped


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'needs = ["layer-types"]',
            'needs = ["typos"]',
            "'weighted-sums' needs 'typos', and there is no such skill. Skills: ",
        ),
        (
            'needs = ["layer-types"]',
            'needs = ["activations"]',
            "The skills need each other in a circle: weighted-sums needs activations needs weighted-sums. "
            "Take one need away.",
        ),
    ],
)
def test_skills_that_cannot_be_are_told_with_their_line(tree: Tree, old: str, new: str, said: str) -> None:
    path = "neural-networks/course.toml"
    broken = changed(tree, path, old, new)
    line = broken.files[path].splitlines().index(new) + 1
    with pytest.raises(ContentError) as caught:
        load(broken, overwrite=False)
    assert str(caught.value).startswith(f"{path}, line {line}: {said}")


def test_a_course_that_needs_what_is_not_there(tree: Tree) -> None:
    path = "neural-networks/course.toml"
    with pytest.raises(ContentError) as caught:
        load(changed(tree, path, 'level = "first-steps"', 'needs = ["neural-networks"]'), overwrite=False)
    assert str(caught.value) == (
        f"{path}: The course needs 'neural-networks', and there is no other course of that name."
    )


def test_a_value_that_a_newer_version_knows_is_no_edit(tree: Tree) -> None:
    load(tree, overwrite=False)
    record = ContentRecord.objects.get(kind="course.course")
    record.values = {
        name: [{"slug": skill["slug"], "title": skill["title"]} for skill in value]
        if name == "skill"
        else value
        for name, value in record.values.items()
        if name != "checked"
    }
    record.save()
    course = Course.objects.get()
    course.checked_on = None
    course.save()
    for skill in course.skills.all():
        skill.needs.clear()
    assert statuses(load(tree, overwrite=False))["course.course neural-networks"] == "updated"


def test_a_figure_that_hides_parts(tree: Tree) -> None:
    path = f"{LESSON}/lesson.toml"
    reduced = changed(tree, path, 'preset = "llama"', 'preset = "llama"\nhide = ["compare", "edit"]')
    load(reduced, overwrite=False)
    assert Lesson.objects.get(slug="layers").figure_hides == ["compare", "edit"]
    assert dump()[path] == reduced.files[path]
    with pytest.raises(ContentError) as caught:
        load(changed(tree, path, 'preset = "llama"', 'hide = ["tables"]'), overwrite=True)
    assert "A figure cannot hide 'tables'." in str(caught.value)
