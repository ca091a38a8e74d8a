"""Item analysis on real attempts: what counts, what the page says, who may read it, what the file holds."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import combinations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from quizzes.analysis import ItemStatistics
from quizzes.analysis_pages import HEADS, disarmed, dots
from quizzes.guessing import guess_score
from quizzes.item_analysis import Item, analyse
from quizzes.kinds import KINDS
from quizzes.kinds.forms import option_id
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import approve_seeds, check, finish, save, start, try_again
from quizzes.services.variants import seeded_variant
from tests.quizzes.conftest import MULTIPLE, NOW, NUMERIC, SINGLE, TEXT, MakeQuestion, right_fields

pytestmark = pytest.mark.django_db

Sit = Callable[..., Attempt]
OTHER = option_id("a stored picture")


@pytest.fixture
def sit(quiz: Quiz) -> Sit:
    """One finished attempt of a new or a known learner, with a response for each position."""

    def run(name: str, responses: dict[int, str], minutes: int = 0) -> Attempt:
        learner = User.objects.filter(username=name).first() or User.objects.create_user(name)
        began = NOW + timedelta(minutes=minutes)
        attempt = start(learner, quiz, began)
        for place, text in responses.items():
            answer = attempt.answers.get(position=place)
            fields = right_fields(answer) if text == "right" else {"answer": [text]}
            check(answer, fields, began + timedelta(seconds=20 * place))
        return finish(attempt, began + timedelta(minutes=5))

    return run


def address(quiz: Quiz, page: str = "analysis/") -> str:
    return f"/admin/quizzes/quiz/{quiz.pk}/{page}"


def test_the_first_attempt_and_its_first_tries_count(quiz: Quiz, questions: list[Question], sit: Sit) -> None:
    sit("ann", {1: "right", 3: "108"})
    sit("ann", {1: OTHER, 3: "right"}, minutes=10)
    sit("ben", {1: OTHER, 3: "right"}, minutes=20)
    items = analyse(quiz)
    assert [item.number for item in items] == [1, 2, 3, 4]
    assert [item.statistics.n for item in items] == [2, 2, 2, 2]
    assert [item.statistics.facility for item in items] == [0.5, 0, 0.5, 0]
    every = analyse(quiz, every=True)
    assert [item.statistics.n for item in every] == [3, 3, 3, 3]
    assert every[2].statistics.facility == pytest.approx(2 / 3)


def test_a_second_try_helps_nobody_here(quiz: Quiz, make_question: MakeQuestion, learner: User) -> None:
    make_question("numeric", NUMERIC)
    attempt = start(learner, quiz, NOW)
    again = try_again(check(attempt.answers.get(), {"answer": ["108"]}, NOW), NOW)
    check(again, {"answer": ["124.25"]}, NOW)
    finish(attempt, NOW)
    item = analyse(quiz)[0]
    assert (item.statistics.n, item.statistics.facility) == (1, 0)


def test_open_attempts_do_not_count(quiz: Quiz, attempt: Attempt) -> None:
    save(attempt.answers.get(position=3), {"answer": ["108"]}, NOW)
    assert analyse(quiz)[2].statistics.n == 0


def test_slips_are_counted_with_what_was_given(quiz: Quiz, questions: list[Question], sit: Sit) -> None:
    sit("ann", {1: OTHER, 3: "108"})
    sit("ben", {1: OTHER, 3: "108,0"})
    sit("cal", {3: "108"})
    sit("dee", {3: "7"})
    choice, _, number, _ = analyse(quiz)
    assert [(slip.title, slip.count, slip.share) for slip in choice.slips] == [("a stored picture", 2, 1.0)]
    first, second = number.slips
    assert (first.title, first.count, first.typical) == ("CANARY Biases left out", 3, "108")
    assert first.samples == ("108", "108,0")
    assert (second.title, second.count, second.share) == ("No slip recognized", 1, 0.25)


def test_how_sure_they_were_is_no_part_of_what_was_given(
    quiz: Quiz, make_question: MakeQuestion, learner: User
) -> None:
    make_question("single_choice", SINGLE)
    Quiz.objects.update(certainty=Quiz.Certainty.MARKED)
    quiz.refresh_from_db()
    for name, level in (("ann", "1"), ("ben", "3")):
        attempt = start(User.objects.create_user(name), quiz, NOW)
        check(attempt.answers.get(), {"certainty": [level], "answer": [OTHER]}, NOW)
        finish(attempt, NOW)
    assert [(slip.title, slip.count, slip.samples) for slip in analyse(quiz)[0].slips] == [
        ("a stored picture", 2, ("a stored picture",))
    ]


def test_times_run_from_the_answer_before(quiz: Quiz, questions: list[Question], sit: Sit) -> None:
    sit("ann", {1: "right", 3: "108"})
    items = analyse(quiz)
    assert [item.seconds for item in items] == [20, None, 40, None]


def test_hints_are_counted(quiz: Quiz, questions: list[Question], sit: Sit) -> None:
    sit("ann", {3: "108"})
    sit("ben", {3: "108"})
    Answer.objects.filter(attempt__learner__username="ann", position=3).update(hints_shown=1)
    assert [item.hint_rate for item in analyse(quiz)] == [0, 0, 0.5, 0]


@pytest.mark.parametrize(
    ("kind", "data", "score"),
    [
        ("single_choice", SINGLE, 1 / 3),
        # The seven sets of three options: 1/2, 1/2, 0, 1, 0, 0 and 1/2 of the points.
        ("multiple_choice", MULTIPLE, 2.5 / 7),
        ("numeric", NUMERIC, 0.0),
        ("short_text", TEXT, 0.0),
    ],
)
def test_what_a_blind_guess_earns(
    make_question: MakeQuestion, kind: str, data: dict[str, object], score: float
) -> None:
    variant = seeded_variant(make_question(kind, data), 1)
    assert guess_score(KINDS[kind], variant) == pytest.approx(score)


def test_nobody_can_count_the_ways_to_fill_a_table(make_question: MakeQuestion) -> None:
    variant = seeded_variant(make_question("softmax", {}), 1)
    assert guess_score(KINDS["softmax"], variant) is None


def test_an_unfair_variant_stands_out(quiz: Quiz, make_question: MakeQuestion) -> None:
    question = make_question("parameter_count", {"layers": [2, 2], "units": [2, 9]})
    approve_seeds(question, [3, 4])
    variants = {seed: seeded_variant(question, seed) for seed in (3, 4)}
    assert variants[3].key != variants[4].key
    for n in range(40):
        attempt = start(User.objects.create_user(f"l{n}"), quiz, NOW)
        answer = attempt.answers.get()
        is_hard = answer.asked.key == variants[4].key
        check(answer, {"answer": ["0" if is_hard else str(answer.asked.key)]}, NOW)
        finish(attempt, NOW)
    item = analyse(quiz)[0]
    assert {row.name for row in item.variants} == {"Seed 3", "Seed 4"}
    assert sum(row.n for row in item.variants) == 40
    assert all(row.is_outside for row in item.variants)
    assert {row.seed: row.facility for row in item.variants} == {3: 1.0, 4: 0.0}


def test_the_page_tells_few_from_enough(
    author_client: Client, quiz: Quiz, questions: list[Question], sit: Sit
) -> None:
    empty = author_client.get(address(quiz)).content.decode()
    assert "Nobody has finished this quiz yet." in empty
    for n in range(9):
        sit(f"l{n}", {1: "right" if n % 2 else OTHER, 3: "right" if n % 3 else "108"})
    page = author_client.get(address(quiz)).content.decode()
    assert page.count('<tr class="few">') == 4
    assert "too few" in page
    assert '<circle class="dot"' not in page
    sit("last", {1: "right", 3: "108"})
    page = author_client.get(address(quiz)).content.decode()
    assert "too few" not in page
    assert page.count('<circle class="dot"') == 2  # the two that nobody answered have no spread
    assert "CANARY Biases left out" in page
    assert 'style="' not in page
    assert f'href="{address(quiz, "analysis.csv")}"' in page
    assert "How well its questions measure" in author_client.get(address(quiz, "change/")).content.decode()


def test_the_file_keeps_numbers_and_disarms_texts(
    author_client: Client, quiz: Quiz, make_question: MakeQuestion, sit: Sit
) -> None:
    make_question("numeric", NUMERIC, title="=HYPERLINK(1)")
    sit("ann", {1: "right"})
    sit("ben", {1: "108"})
    response = author_client.get(address(quiz, "analysis.csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="small-analysis.csv"'
    head, row = csv.reader(StringIO(response.content.decode()))
    assert tuple(head) == HEADS
    assert row[:6] == ["1", "q1", "'=HYPERLINK(1)", "numeric", "2", "0.5"]
    assert float(row[6]) == pytest.approx(0.5**0.5)
    assert row[7] == ""


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_is_disarmed(text: str) -> None:
    assert disarmed(text) == f"'{text}"
    assert disarmed(f"a{text}") == f"a{text}"


def test_who_may_read_it(client: Client, learner_client: Client, author_client: Client, quiz: Quiz) -> None:
    pages = [address(quiz), address(quiz, "analysis.csv")]
    for page in pages:
        assert client.get(page).status_code == 302
        assert learner_client.get(page).status_code == 302
        assert author_client.post(page).status_code == 405
    assert author_client.get("/admin/quizzes/quiz/99999/analysis/").status_code == 404
    assert author_client.get("/admin/quizzes/quiz/x/analysis/").status_code == 404
    staff = User.objects.create_user("staff", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_quiz"))
    client.force_login(staff)
    for page in pages:
        assert client.get(page).status_code == 403


def test_questions_in_one_place_of_the_chart_keep_their_numbers_apart() -> None:
    found = ItemStatistics(20, 0.5, 0.1, 40.0, 50.0, 25.0)
    alike = [Item(n, Question(title="T"), found, None, None, None, (), ()) for n in (1, 2, 3)]
    drawn = dots(alike)
    assert {(dot.x, dot.y) for dot in drawn} == {("280.0", "91.6")}
    assert [(dot.label_x, dot.label_y) for dot in drawn] == [
        ("295.0", "95.6"),
        ("265.0", "95.6"),
        ("280.0", "80.6"),
    ]
    many = dots([replace(alike[0], number=n) for n in range(1, 25)])
    middles = [(float(dot.label_x), float(dot.label_y)) for dot in many]
    assert not [
        (one, other)
        for one, other in combinations(middles, 2)
        if abs(one[0] - other[0]) < 15 and abs(one[1] - other[1]) < 12 - 1e-6
    ]
    few = replace(found, n=9)
    assert dots([replace(alike[0], statistics=few)]) == []
