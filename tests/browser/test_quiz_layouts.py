"""All questions on one page, and one after the other, in a real browser: with JavaScript and without."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from quizzes.models import Attempt, Quiz
from quizzes.services import start
from tests.browser.conftest import VIEWS, BrowserLog, OpenPage
from tests.browser.test_quiz import Check, give_key

pytestmark = pytest.mark.usefixtures("course_content")

SIZES = pytest.mark.parametrize(("viewport", "theme"), VIEWS)


@pytest.fixture
def together(course_content: None, learner: User) -> Attempt:
    Quiz.objects.filter(slug="layers").update(layout="all")
    return start(learner, Quiz.objects.get(slug="layers"), timezone.now())


def place(attempt: Attempt, question: str) -> str:
    return f"#item-{attempt.answers.get(question__slug=question).position}"


@SIZES
def test_all_questions_on_one_page_are_accessible(
    together: Attempt,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(f"/attempts/{together.pk}/", person=learner, viewport=viewport, theme=theme)
    expect(page.get_by_role("heading", level=2).filter(has_text="What relu passes on")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    page.locator(place(together, "lesson-neuron")).get_by_label("Your answer").fill("one half")
    page.locator(place(together, "name-of-softmax")).get_by_label("Your answer").fill("relu")
    page.get_by_role("button", name="Check all answers").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems")).to_contain_text("“one half” cannot be read as a number.")
    expect(page.locator(place(together, "name-of-softmax")).locator(".state")).to_have_text("Not yet")
    axe(page)
    no_sideways_scroll(page)


def test_each_question_is_saved_by_itself(together: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(f"/attempts/{together.pk}/", person=learner)
    part = page.locator(place(together, "name-of-softmax"))
    part.get_by_label("Your answer").fill("soft")
    expect(part.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert [a.question.slug for a in together.answers.all() if a.is_answered] == ["name-of-softmax"]
    part.get_by_label("Your answer").fill("softmax")
    with page.expect_navigation():
        part.get_by_label("Your answer").press("Enter")  # the page's first button is no question's own
    expect(page.get_by_role("heading", level=1)).to_have_text("Layers of a neural network")
    stored = together.answers.get(question__slug="name-of-softmax")
    assert (stored.state, stored.fields, stored.is_flagged) == ("open", {"answer": ["softmax"]}, False)


def test_the_keys_mean_the_question_in_focus(together: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(f"/attempts/{together.pk}/", person=learner)
    part = page.locator(place(together, "what-training-changes"))
    part.get_by_role("checkbox").first.focus()
    page.keyboard.press("2")
    expect(part.get_by_role("checkbox").nth(1)).to_be_checked()
    page.keyboard.press("f")
    expect(part.get_by_role("button", name="Take the flag away")).to_be_visible()
    assert [a.question.slug for a in together.answers.all() if a.is_flagged] == ["what-training-changes"]


def test_two_tabs_of_all_questions_compare_the_one(
    together: Attempt, learner: User, open_page: OpenPage, axe: Check
) -> None:
    one = open_page(f"/attempts/{together.pk}/", person=learner)
    two = one.context.new_page()
    two.goto(one.url)
    here = place(together, "name-of-softmax")
    two.locator(here).get_by_label("Your answer").fill("relu")
    expect(two.locator(here).get_by_text(re.compile("^Saved"))).to_be_visible()
    one.locator(here).get_by_label("Your answer").fill("softplus")
    one.get_by_role("button", name="Compare and choose").click()
    expect(one.get_by_role("region", name="Two tabs, two answers")).to_be_focused()
    one.get_by_role("button", name="Use this one instead").click()
    expect(one.get_by_label("Your answer")).to_have_value("relu")
    one.get_by_role("link", name="All questions on one page").click()
    expect(one.locator(here).get_by_label("Your answer")).to_have_value("relu")
    axe(one)


def test_offline_every_question_is_sent_afterwards(
    together: Attempt, learner: User, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(f"/attempts/{together.pk}/", person=learner)
    page.context.set_offline(True)
    for question in ("name-of-softmax", "weighted-sum"):
        page.locator(place(together, question)).get_by_label("Your answer").fill("7")
    expect(page.get_by_text("Not sent yet.")).to_have_count(2)
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("^Saved"))).to_have_count(2)
    assert sum(answer.is_answered for answer in together.answers.all()) == 2


def test_the_whole_page_without_javascript(learner: User, open_page: OpenPage) -> None:
    Quiz.objects.filter(slug="layers").update(layout="all")
    page = open_page("/quizzes/layers/", person=learner, javascript=False)
    page.get_by_role("button", name="Start the quiz").click()
    expect(page).to_have_url(re.compile("/attempts/"))
    attempt = Attempt.objects.get()
    for answer in attempt.answers.in_order():
        give_key(page.locator(f"#item-{answer.position}"), answer)
    page.get_by_role("button", name="Check all answers").click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    expect(page.locator(".asked .state.met")).to_have_count(12)
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Finish this attempt?")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 of 12 right")


@SIZES
def test_in_sequence_there_is_no_way_back(
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    Quiz.objects.filter(slug="layers").update(is_sequential=True)
    page = open_page("/quizzes/layers/", person=learner, viewport=viewport, theme=theme)
    axe(page)
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.get_by_text("Question 12, not answered yet")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Go on without a check").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Why there are different layers")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_text("This quiz asks one question after the other.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why there are different layers")
    axe(page)
    no_sideways_scroll(page)
