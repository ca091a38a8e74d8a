"""A review from the dashboard to its results: by keyboard alone, without a script, for axe in every state."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from course.models import Lesson
from course.services import record_visit
from quizzes.models import Answer, Card, Quiz
from quizzes.services import check, finish, start
from tests.browser.conftest import PHONE, VIEWS, OpenPage
from tests.browser.test_by_keyboard import press, tab_to

Check = Callable[[Page], None]
pytestmark = pytest.mark.usefixtures("course_content")


@pytest.fixture
def due(course_content: None, learner: User) -> None:
    """One skill to review, after a quiz with certainty marks a few days ago."""
    then = timezone.now() - timedelta(days=5)
    quiz = Quiz.objects.get(slug="weights")
    Quiz.objects.filter(pk=quiz.pk).update(certainty=Quiz.Certainty.MARKED)
    record_visit(learner, Lesson.objects.get(slug="weights"), sees_updates=False, now=then)
    attempt = start(learner, quiz, then)
    asked = attempt.answers.filter(kind="weighted_sum", question__skill__slug="weighted-sums").first()
    assert asked is not None
    check(asked, {"answer": [key_of(asked)], "certainty": ["3"]}, then)
    finish(attempt, then)
    Card.objects.update(due_at=then)


def key_of(answer: Answer) -> str:
    key = answer.asked.key
    return str(float(key)) if isinstance(key, int | float) else str(key)


def the_question(learner: User) -> Answer:
    return Answer.objects.get(attempt__learner=learner, attempt__purpose="review")


def give_right(page: Page, answer: Answer) -> None:
    """Fill in the form of the drawn question, whatever its kind is."""
    key = answer.asked.key
    field = page.locator("[name=answer]").first
    if field.get_attribute("type") == "radio":
        page.locator(f"[name=answer][value='{key}']").check()
    else:
        field.fill(key_of(answer))


@pytest.mark.usefixtures("due")
def test_a_review_with_the_keyboard_alone(learner: User, open_page: OpenPage) -> None:
    page = open_page("/dashboard/", person=learner)
    expect(page.locator("main")).to_contain_text("1 skill due, about 1 minute.")
    tab_to(page, "form[action='/reviews/'] button")
    press(page, "Enter")
    page.wait_for_url("**/attempts/*/")
    answer = the_question(learner)
    if page.locator("[name=answer]").first.get_attribute("type") == "radio":
        tab_to(page, "[name=answer]")
        press(page, "Space")
        for _ in range(10):
            if page.evaluate("() => document.activeElement.value") == answer.asked.key:
                break
            press(page, "ArrowDown")
    else:
        tab_to(page, "[name=answer]")
        page.keyboard.type(key_of(answer))
    tab_to(page, "[value=check]")
    press(page, "Enter")
    expect(page.locator("#q-problem")).to_contain_text("Choose how sure you are, C1, C2 or C3")
    tab_to(page, "[name=certainty]")
    press(page, "Space", "ArrowDown", "ArrowDown")
    tab_to(page, "[value=check]")
    press(page, "Enter")
    expect(page.locator("#feedback")).to_contain_text("Right")
    expect(page.locator("#feedback")).to_contain_text("You said: C3, over 80% sure.")
    expect(page.locator("#feedback")).to_be_focused()
    tab_to(page, "form[action$='/finish/'] button")
    press(page, "Enter")
    expect(page.locator("main h1")).to_have_text("1 of 1 right")


@pytest.mark.usefixtures("due")
def test_a_review_without_javascript_and_more_of_a_question(learner: User, open_page: OpenPage) -> None:
    page = open_page("/reviews/", person=learner, viewport=PHONE, javascript=False)
    page.get_by_role("button", name="Start").click()
    give_right(page, the_question(learner))
    page.locator("[name=certainty][value='2']").check()
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_contain_text("You said: C2, 67% to 80% sure.")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.locator("main h1")).to_have_text("1 of 1 right")
    page.get_by_role("button", name="Practice three more like this").click()
    expect(page.locator(".kicker")).to_contain_text("Question 1 of 3, Practice:")
    page.goto("/reviews/")
    expect(page.locator("main h1")).to_have_text("Nothing due")


@pytest.mark.usefixtures("due")
def test_every_state_for_axe(learner: User, visit: OpenPage, axe: Check, no_sideways_scroll: Check) -> None:
    quiz = f"/attempts/{learner.attempts.get().pk}/results/"
    for viewport, theme in VIEWS:
        page = visit("/dashboard/", person=learner, viewport=viewport, theme=theme)
        for path in ("/dashboard/", "/reviews/", quiz):
            page.goto(path)
            no_sideways_scroll(page)
            axe(page)
        page.goto("/reviews/")
        page.locator("main form button").click()
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#q-problem")).to_be_visible()
        no_sideways_scroll(page)
        axe(page)
