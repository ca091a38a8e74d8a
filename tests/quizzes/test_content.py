"""Quiz files: loaded, kept when edited, dumped byte for byte; what a file's author is told."""

import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from course.content import ContentError, Status, Tree
from course.models import Lesson
from quizzes import dumping, loading
from quizzes.files import read_quiz
from quizzes.kinds import KINDS, make_variant
from quizzes.models import Question, Quiz
from quizzes.services import save_question

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PATH = "neural-networks/layers/quiz.toml"
ALONE = """\
# A quiz without a lesson.
title = "Alone"   # its title

[[question]]
slug = "one"
kind = "short_text"
title = "One"
prompt = "Say yes."

[question.data]
answers = ["yes"]   # the only one
"""


def shipped() -> str:
    return (settings.CONTENT_DIR / PATH).read_text()


def load(files: dict[str, str], overwrite: bool = False) -> dict[str, Status]:
    return {o.key: o.status for o in loading.load(Tree(files), overwrite=overwrite)}


def test_the_shipped_quiz_round_trips_byte_for_byte(course_content: None) -> None:
    assert dumping.dump()[PATH] == shipped()
    mine = {status for key, status in load({PATH: shipped()}).items() if key.startswith("layers")}
    assert mine == {Status.UNCHANGED}


def test_the_limits_of_attempts_round_trip_byte_for_byte() -> None:
    path, text = "quizzes/alone.toml", f"attempt_limit = 2  # no more\nattempt_delay = 30\n{ALONE}"
    load({path: text})
    quiz = Quiz.objects.get(slug="alone")
    assert (quiz.attempt_limit, quiz.attempt_delay) == (2, 30)
    assert dumping.dump()[path] == text
    quiz.attempt_limit = 3
    quiz.save()
    assert dumping.dump()[path] == text.replace("= 2  # no more", "= 3  # no more")


RULES = """\
opens_at = 2026-11-20T08:00:00+01:00   # Friday
closes_at = 2026-11-24T17:00:00Z
password = "axon"
counts = "average"
penalty_percent = 25
hint_penalty_percent = 10
allows_hints = true
scores_release = "finish"
feedback_release = "close"
keys_release = "never"
"""


def test_the_rules_of_a_quiz_round_trip_byte_for_byte() -> None:
    path, text = "quizzes/alone.toml", f"{RULES}{ALONE}"
    load({path: text})
    quiz = Quiz.objects.get(slug="alone")
    assert quiz.opens_at == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    assert quiz.closes_at == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert (quiz.password, quiz.counts, quiz.penalty_percent) == ("axon", "average", 25)
    assert (quiz.hint_penalty_percent, quiz.allows_hints) == (10, True)
    assert (quiz.scores_release, quiz.feedback_release, quiz.keys_release) == ("finish", "close", "never")
    assert dumping.dump()[path] == text
    assert load({path: text})["alone"] == Status.UNCHANGED
    quiz.closes_at = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    quiz.opens_at = None
    quiz.save()
    dumped = dumping.dump()[path]
    assert "opens_at" not in dumped
    assert tomllib.loads(dumped)["closes_at"] == quiz.closes_at


def test_the_shipped_quiz_is_complete() -> None:
    """Every wrong choice has feedback of its own, every question a skill, and generated ones draw."""
    values = [entry.values for entry in read_quiz(PATH, shipped()).questions]
    assert len(values) >= 8
    kinds = [value["kind"] for value in values]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "single_choice": 3,
        "multiple_choice": 2,
        "numeric": 2,
        "short_text": 1,
        "matching": 1,
        "parameter_count": 1,
        "weighted_sum": 2,
    }
    for value in values:
        kind = KINDS[value["kind"]]
        assert kind.validate(value["data"]) == []
        assert value["skill"]
        options = value["data"].get("options", [])
        said = [option["feedback"] for option in options]
        assert len(set(said)) == len(said)
        make_variant(kind, value["data"], lambda k: bytes([k]) * 16)


def test_the_lessons_neuron_has_the_lessons_weights(course_content: None) -> None:
    network = Lesson.objects.get(slug="layers").network
    assert network is not None
    document = network.document
    data = Question.objects.get(quiz__slug="layers", slug="lesson-neuron").data
    assert data["features"] == document["features"]
    weights = document["weights"]
    first_kernel, first_bias = (weights["W"][0], weights["b"][0]) if "W" in weights else weights[:2]
    assert (data["kernel"], data["bias"]) == (first_kernel, first_bias)


def test_an_edit_is_kept_unless_told_otherwise() -> None:
    assert load({"quizzes/alone.toml": ALONE}) == {"alone": Status.CREATED, "alone/one": Status.CREATED}
    question = Question.objects.get()
    question.prompt = "Say yes, please."
    save_question(question)
    changed = ALONE.replace("Say yes.", "Say yes now.")
    assert load({"quizzes/alone.toml": changed}) == {"alone": Status.UNCHANGED, "alone/one": Status.KEPT}
    assert Question.objects.get().prompt == "Say yes, please."
    assert load({"quizzes/alone.toml": changed}, overwrite=True)["alone/one"] == Status.UPDATED
    assert Question.objects.get().prompt_html == "<p>Say yes now.</p>\n"


def test_a_dump_changes_only_what_was_edited() -> None:
    load({"quizzes/alone.toml": ALONE})
    question = Question.objects.get()
    question.data = {"answers": ["yes", "aye"]}
    question.skill = None
    save_question(question)
    dumped = dumping.dump()["quizzes/alone.toml"]
    assert tomllib.loads(dumped)["question"][0]["data"] == {"answers": ["yes", "aye"]}
    assert dumped.startswith('# A quiz without a lesson.\ntitle = "Alone"   # its title\n')
    assert load({"quizzes/alone.toml": dumped})["alone/one"] == Status.UNCHANGED


def test_what_was_made_in_the_admin_gets_a_file_that_loads(course_content: None) -> None:
    lesson = Lesson.objects.get(slug="layers")
    quiz = Quiz.objects.create(slug="more", title="More", lesson=lesson, is_published=True)
    options = [{"text": "yes", "is_right": True}, {"text": "no", "feedback": "It is not."}]
    question = Question(quiz=quiz, slug="q", kind="single_choice", title="Q", prompt="So?\n\nReally?")
    question.data = {"options": options}
    save_question(question)
    text = dumping.dump()["quizzes/more.toml"]
    read = read_quiz("quizzes/more.toml", text)
    assert read.quiz.values["lesson"] == "neural-networks/layers"
    assert read.questions[0].values["data"] == {"options": options}
    assert read.questions[0].values["prompt"] == "So?\n\nReally?"


def test_a_file_says_what_to_mend() -> None:
    question = '[[question]]\nslug = "a"\nkind = "numeric"\ntitle = "T"\nprompt = "P"\n'
    for text, message in {
        'titel = "x"': "quizzes/x.toml: `title` is missing. Add a text in quotes.",
        'title = "x"\nspeed = 1': (
            "quizzes/x.toml, line 2: There is no value named `speed`. "
            "Known names: allows_hints, attempt_delay, attempt_limit, certainty, closes_at, counts, "
            "feedback_release, hint_penalty_percent, intro, keys_release, layout, lesson, opens_at, "
            "pass_percent, password, penalty_percent, published, question, scores_release, sequential, "
            "slug, time_limit, title."
        ),
        f'title = "x"\n{question}{question}': (
            "quizzes/x.toml: Two questions have the slug 'a'. Rename one."
        ),
        f'title = "x"\n{question}data = {{answer = "1"}}': (
            "quizzes/x.toml, question 'a': data: answer: This must be a number, such as 124 or 0.5."
        ),
        f'title = "x"\n{question}skill = "s"\ndata = {{answer = 1}}': (
            "quizzes/x.toml: In question 'a': the lesson's course has no skill 's'. "
            "Add it to course.toml, or leave it out."
        ),
        'title = "x"\ncounts = "worst"': (
            "quizzes/x.toml, line 2: `counts` is 'worst'; it can be 'best', 'last', 'average', 'first'."
        ),
        'title = "x"\npenalty_percent = 101': (
            "quizzes/x.toml, line 2: `penalty_percent` must be a whole number from 0 to 100."
        ),
        'title = "x"\nopens_at = "soon"': (
            "quizzes/x.toml, line 2: `opens_at` must be a moment with its offset, such as "
            "2025-01-31T18:00:00+01:00, without quotes."
        ),
        'title = "x"\nopens_at = 2026-11-20T08:00:00': (
            "quizzes/x.toml, line 2: `opens_at` needs an offset, such as "
            "2026-11-20T08:00:00+01:00; Z means UTC."
        ),
        'title = "x"\nkeys_release = "close"': (
            "quizzes/x.toml: keys_release: This waits for the close of the quiz. Say when it closes."
        ),
        'title = "x"\nlesson = "a/b"': "quizzes/x.toml: There is no lesson 'a/b'. Write it as course/lesson.",
    }.items():
        with pytest.raises(ContentError) as caught:
            load({"quizzes/x.toml": text})
        assert str(caught.value) == message


def test_time_and_layout_round_trip_byte_for_byte() -> None:
    path = "quizzes/alone.toml"
    text = f'time_limit = 20  # minutes\nlayout = "all"\nsequential = false\n{ALONE}'
    load({path: text})
    quiz = Quiz.objects.get(slug="alone")
    assert (quiz.time_limit, quiz.layout, quiz.is_sequential) == (20, "all", False)
    assert dumping.dump()[path] == text
    quiz.layout, quiz.is_sequential = "one", True
    quiz.save()
    assert dumping.dump()[path] == text.replace('"all"', '"one"').replace("false", "true")


def test_a_file_is_told_which_layouts_there_are() -> None:
    path = "quizzes/alone.toml"
    with pytest.raises(ContentError) as told:
        load({path: f'layout = "two"\n{ALONE}'})
    assert "layout" in str(told.value)
    with pytest.raises(ContentError) as told:
        load({path: f'layout = "all"\nsequential = true\n{ALONE}'})
    assert "In sequence, a page shows one question. Choose one of the two." in str(told.value)


NUMBERS = (
    *("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven"),
    *("Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen"),
)
LESSONS = [path.parent.name for path in sorted(settings.CONTENT_DIR.glob("neural-networks/*/quiz.toml"))]


def asked_in(lesson: str) -> list[dict[str, Any]]:
    path = f"neural-networks/{lesson}/quiz.toml"
    return [entry.values for entry in read_quiz(path, (settings.CONTENT_DIR / path).read_text()).questions]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_quiz_of_every_lesson_is_complete(lesson: str) -> None:
    """Eight questions or more, three of them drawn; own words for each wrong choice; all skills."""
    asked = asked_in(lesson)
    assert len(asked) >= 8
    assert sum(KINDS[one["kind"]].is_generated for one in asked) >= 3
    for one in asked:
        said = [option.get("feedback") for option in one["data"].get("options", [])]
        assert all(said), one["slug"]
        assert len(set(said)) == len(said), one["slug"]
    told = tomllib.loads((settings.CONTENT_DIR / f"neural-networks/{lesson}/lesson.toml").read_text())
    assert set(told["skills"]) <= {one["skill"] for one in asked}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_quiz_says_how_many_questions_it_has_and_how_many_are_drawn(lesson: str) -> None:
    text = (settings.CONTENT_DIR / f"neural-networks/{lesson}/quiz.toml").read_text()
    asked = asked_in(lesson)
    drawn = sum(KINDS[one["kind"]].is_generated for one in asked)
    words = tomllib.loads(text)["intro"].split()
    assert words[0] == NUMBERS[len(asked)]
    assert words[words.index("draw") - 3] == NUMBERS[drawn]


def test_every_drawn_kind_is_asked_somewhere_in_the_course() -> None:
    asked = {one["kind"] for lesson in LESSONS for one in asked_in(lesson)}
    assert {name for name, kind in KINDS.items() if kind.is_generated} <= asked
