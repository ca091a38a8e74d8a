"""A whole quiz by keyboard alone: started, answered in every kind it has, a hint, a flag, finished, read."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from quizzes.models import Answer, Attempt, Quiz
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.usefixtures("course_content")
FARTHEST = 80  # presses of Tab


def tab_to(page: Page, there: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if there.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not lead to {there}")


def press(page: Page, name: str) -> None:
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    tab_to(page, button)
    page.keyboard.press("Enter")


def give(page: Page, answer: Answer) -> None:
    """Answer a question rightly, by keys."""
    keys = [known.value for known in answer.asked.answers if known.fraction == 1]
    if answer.kind == "single_choice":
        choose_one(page, page.locator(f'input[value="{keys[0]}"]'))
    elif answer.kind == "multiple_choice":
        for option in answer.asked.shown["options"]:
            if option["id"] in keys[0].split() or option["id"] in keys:
                tab_to(page, page.locator(f'input[value="{option["id"]}"]'))
                page.keyboard.press("Space")
    elif answer.kind == "matching":
        for choice, right in zip(page.get_by_role("combobox").all(), keys[0], strict=True):
            tab_to(page, choice)
            page.keyboard.type(right)
            expect(choice).to_have_value(right)
    else:
        tab_to(page, page.get_by_label("Your answer"))
        page.keyboard.type(str(keys[0]))


def choose_one(page: Page, option: Locator) -> None:
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(12):
        if option.is_checked():
            return
        page.keyboard.press("ArrowDown")
    pytest.fail("the arrows do not lead to the option")


def test_a_whole_quiz_by_keyboard_alone(learner: User, open_page: OpenPage) -> None:
    page = open_page("/quizzes/layers/", person=learner)
    press(page, "Start the quiz")
    expect(page).to_have_url(re.compile("/attempts/"))
    attempt = Attempt.objects.get()
    answers = list(attempt.answers.in_order())
    for answer in answers:
        expect(page.get_by_role("heading", level=1)).to_have_text(answer.title)
        if answer.question.slug == "weighted-sum":
            press(page, "Hint 1 of 3")
            expect(page.get_by_role("region", name="Hints")).to_be_focused()
            page.keyboard.press("f")
            expect(page.get_by_role("button", name="Take the flag away")).to_be_visible()
        give(page, answer)
        press(page, "Check answer")
        expect(page.locator("#feedback")).to_be_focused()
        expect(page.locator("#feedback .state")).to_have_text("Right")
        if answer != answers[-1]:
            tab_to(page, page.get_by_role("link", name="Next question", exact=True))
            page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Finish", exact=True))  # a question is flagged still
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finish this attempt?")
    press(page, "Finish and see the results")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{len(answers)} of {len(answers)} right")
    tab_to(page, page.get_by_text("Your answer and the way there").first)
    page.keyboard.press("Enter")
    expect(page.locator("details.done[open]")).to_have_count(1)


def test_in_sequence_by_keyboard_alone(learner: User, open_page: OpenPage) -> None:
    Quiz.objects.filter(slug="layers").update(is_sequential=True)
    page = open_page("/quizzes/layers/", person=learner)
    press(page, "Start the quiz")
    expect(page).to_have_url(re.compile("/attempts/"))
    for answer in Attempt.objects.get().answers.in_order():
        expect(page.get_by_role("heading", level=1)).to_have_text(answer.title)
        press(page, "Go on without a check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finish this attempt?")
    press(page, "Finish and see the results")
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 12 right")
