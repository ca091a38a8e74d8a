"""An author's own solutions: judged by what they should do, checked before their challenge is published."""

from typing import Any

import pytest
from django.test import Client

from course.content import Tree
from labs import services, tasks
from labs.models import Challenge, Solution
from labs.solutions import Outcome, fingerprint, is_checked, outcome_of, solution_faults
from tests.labs.conftest import BAD, GOOD, SMALL
from tests.labs.test_admin import form_of
from tests.labs.test_loading import FILES, PATH


def report(*missed: str) -> dict[str, Any]:
    rows = [
        {"title": title, "verdict": "not yet" if title in missed else "met", "reason": f"Why {title}."}
        for title in ("Layers", "Small")
    ]
    return {"verdict": "not yet" if missed else "passed", "rows": rows, "diagnostics": []}


@pytest.mark.parametrize(
    ("found", "misses", "outcome"),
    [
        (report(), "", Outcome(True, "It meets every criterion.")),
        (report("Small"), "", Outcome(False, "Small: Why Small.")),
        (report("Small"), "Small", Outcome(True, "Small: Why Small.")),
        (report("Small", "Layers"), "Small", Outcome(True, "Layers: Why Layers. Small: Why Small.")),
        (report("Layers"), "Small", Outcome(False, "Layers: Why Layers.")),
        (report(), "Small", Outcome(False, "It meets every criterion.")),
        (report("Small"), "Tiny", Outcome(False, "No criterion is titled 'Tiny'.")),
        (
            {"verdict": "invalid", "rows": [], "diagnostics": [{"message": "No layer."}]},
            "Small",
            Outcome(False, "It cannot be graded. No layer."),
        ),
    ],
)
def test_a_solution_does_what_it_should_or_not(found: dict[str, Any], misses: str, outcome: Outcome) -> None:
    assert outcome_of(found, misses) == outcome


# --- before publishing


@pytest.fixture
def solved(challenge: Challenge) -> Challenge:
    challenge.is_published = False
    challenge.save()
    Solution.objects.create(challenge=challenge, order=1, title="As in the lesson", source=GOOD)
    Solution.objects.create(
        challenge=challenge, order=2, title="A layer short", source=SMALL, misses=layers_title(challenge)
    )
    return challenge


def layers_title(challenge: Challenge) -> str:
    from labs.rubric import asked_of

    return asked_of(challenge.criteria.all())[0].title


@pytest.mark.django_db(transaction=True)
def test_solutions_are_tried_in_a_process_apart(solved: Challenge) -> None:
    assert not is_checked(solved)
    tasks.check_solutions.call(solved.pk)
    assert is_checked(solved)
    first, second = solved.solutions.all()
    assert (first.is_as_meant, first.finding) == (True, "It meets every criterion.")
    assert second.is_as_meant
    solved.refresh_from_db()
    assert not solved.is_published  # nobody asked for it


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_published_when_its_solutions_do_what_they_should(solved: Challenge) -> None:
    asked: list[int] = []
    services.hold_until_checked(solved, lambda challenge: asked.append(challenge.pk))
    assert asked == [solved.pk]
    tasks.check_solutions.call(solved.pk)
    solved.refresh_from_db()
    assert solved.is_published
    assert not solved.publishes_when_checked


@pytest.mark.django_db(transaction=True)
def test_a_challenge_that_asks_for_something_else_stays_back(solved: Challenge) -> None:
    Solution.objects.filter(order=1).update(source=BAD)
    services.hold_until_checked(solved, lambda challenge: None)
    tasks.check_solutions.call(solved.pk)
    solved.refresh_from_db()
    assert not solved.is_published
    assert "did you mean 'units'?" in solved.solutions.get(order=1).finding


@pytest.mark.django_db
def test_a_changed_criterion_makes_every_check_an_old_one(solved: Challenge) -> None:
    for solution in solved.solutions.all():
        services.keep_finding(solution, Outcome(True, ""), fingerprint(solved, solution))
    assert is_checked(solved)
    solved.criteria.filter(kind="parameters").update(settings="at_most = 130")
    assert not is_checked(solved)


def admin_form(challenge: Challenge, **changes: str) -> dict[str, str]:
    form = form_of(challenge) | {"solutions-TOTAL_FORMS": "2", "solutions-INITIAL_FORMS": "2"}
    for place, solution in enumerate(challenge.solutions.all()):
        form |= {
            f"solutions-{place}-id": str(solution.pk),
            f"solutions-{place}-challenge": str(challenge.pk),
            f"solutions-{place}-order": str(solution.order),
            f"solutions-{place}-title": solution.title,
            f"solutions-{place}-misses": solution.misses,
            f"solutions-{place}-source": solution.source,
            f"solutions-{place}-weights": "",
        }
    return form | changes


@pytest.mark.django_db
def test_publishing_in_the_admin_waits_for_the_check(author_client: Client, solved: Challenge) -> None:
    address = f"/admin/labs/challenge/{solved.pk}/change/"
    page = author_client.post(address, admin_form(solved), follow=True).content.decode()
    assert "Its solutions are being checked first." in page
    solved.refresh_from_db()
    assert (solved.is_published, solved.publishes_when_checked) == (False, True)
    assert "Not checked yet." in author_client.get(address).content.decode()


@pytest.mark.django_db
def test_a_checked_challenge_is_published_at_once(author_client: Client, solved: Challenge) -> None:
    for solution in solved.solutions.all():
        services.keep_finding(solution, Outcome(True, "Fine."), fingerprint(solved, solution))
    author_client.post(f"/admin/labs/challenge/{solved.pk}/change/", admin_form(solved))
    solved.refresh_from_db()
    assert solved.is_published


@pytest.mark.django_db
def test_weights_of_a_solution_are_arrays_of_numbers(author_client: Client, solved: Challenge) -> None:
    changes = {"solutions-0-weights": '[["six"]]'}
    page = author_client.post(
        f"/admin/labs/challenge/{solved.pk}/change/", admin_form(solved, **changes)
    ).content.decode()
    assert "Weight array 1 holds something that is not a number. Use numbers only." in page


@pytest.mark.django_db
def test_learners_never_see_a_solution(learner_client: Client, solved: Challenge) -> None:
    Solution.objects.update(title="CANARY-TITLE", source="CANARY-SOURCE", finding="CANARY-FINDING")
    Challenge.objects.update(is_published=True)
    for address in (solved.get_absolute_url(), "/challenges/", "/dashboard/"):
        assert "CANARY" not in learner_client.get(address).content.decode()


# --- in content files

SOLUTION = """
[[solution]]
title = "Two layers, small"
source = '''
from keras import Sequential
from keras.layers import Dense
model = Sequential([Dense(2, input_shape=(3,)), Dense(2)])
'''

[[solution]]
title = "Wide"
misses = "{misses}"
source = '''
from keras import Sequential
from keras.layers import Dense
model = Sequential([Dense(20, input_shape=(3,)), Dense(2)])
'''
"""


def test_solutions_of_a_folder_are_tried() -> None:
    files = {**FILES, PATH: FILES[PATH] + SOLUTION.format(misses="Small")}
    assert solution_faults(Tree(files)) == []


def test_a_solution_that_does_something_else_is_a_fault_with_its_file() -> None:
    title = "The layers are Dense, Dense"
    files = {**FILES, PATH: FILES[PATH] + SOLUTION.format(misses=title)}
    [fault] = solution_faults(Tree(files))
    assert fault.startswith(f"{PATH}: The solution 'Wide' should miss {title!r}.")
