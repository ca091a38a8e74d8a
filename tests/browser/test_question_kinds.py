"""Every form of question in a real browser: accessible open and graded, by keyboard, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from quizzes.kinds import KINDS
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import save_question, save_quiz, start
from tests.browser.conftest import PHONE, VIEWS, OpenPage
from tests.quizzes.kinds.generated.cases import typed
from tests.quizzes.written import WRITTEN

Check = Callable[[Page], None]
FORMS = (
    "matching",
    "ordering",
    "blanks",
    "matrix",
    "mark",
    "network",
    "shape_trace",
    "dead_units",
    "edge_effect",
    "gate",
    "forward_pass",
    "build_to_spec",
)
FIELDS = "select[name=answer], input[name=answer], textarea[name=answer]"


@pytest.fixture
def attempt(learner: User) -> Attempt:
    quiz = Quiz(slug="forms", title="Every form", is_published=True)
    save_quiz(quiz)
    for place, name in enumerate(FORMS):
        data: dict[str, Any] = WRITTEN[name][0] if name in WRITTEN else {}
        save_question(
            Question(
                quiz=quiz, slug=name.replace("_", "-"), kind=name, position=place, data=data,
                title=KINDS[name].label.partition(" (")[0], prompt="By hand.",
            )
        )  # fmt: skip
    return start(learner, quiz, timezone.now())


def fill(form: Locator, texts: list[str]) -> None:
    """Give the fields their texts in order; options are known by their values."""
    options = form.locator("input[type=checkbox], input[type=radio]")
    if options.count():
        for text in texts:
            form.locator(f"input[value='{text}']").check()
        return
    fields = form.locator(FIELDS)
    assert fields.count() == len(texts)
    for place, text in enumerate(texts):
        field = fields.nth(place)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def right(answer: Answer) -> list[str]:
    if answer.kind == "ordering":
        return list(answer.asked.key)
    if answer.kind in WRITTEN:
        return WRITTEN[answer.kind][1]
    return list(typed(answer.rules, answer.asked.key)["answer"])


def almost(answer: Answer) -> list[str]:
    """A response with a named slip where the kind knows one, else with its last part spoiled."""
    slips = [known for known in answer.asked.answers if not known.fraction]
    if slips and answer.kind not in WRITTEN:
        return list(typed(answer.rules, slips[0].value)["answer"])
    return [answer.asked.shown["options"][0]["id"]] if answer.kind == "mark" else right(answer)


@pytest.mark.parametrize(("viewport", "theme"), VIEWS)
def test_every_form_is_accessible_open_and_graded(
    attempt: Attempt,
    learner: User,
    visit: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = visit(person=learner, viewport=viewport, theme=theme)
    for answer in attempt.answers.in_order():
        page.goto(f"/attempts/{attempt.pk}/?item={answer.position}")
        axe(page)
        no_sideways_scroll(page)
        fill(page.locator("form[data-quiz-answer]"), almost(answer))
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#feedback")).to_be_focused()
        for folded in page.locator("#feedback summary").all():
            folded.click()
        page.evaluate("scrollTo(0, 0)")  # nothing lies under the bar that stays
        axe(page)
        no_sideways_scroll(page)


def test_a_whole_quiz_without_javascript(attempt: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(person=learner, viewport=PHONE, javascript=False)
    for answer in attempt.answers.in_order():
        page.goto(f"/attempts/{attempt.pk}/?item={answer.position}")
        fill(page.locator("main form").first, right(answer))
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#feedback .state").first).to_have_text("Right")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{len(FORMS)} of {len(FORMS)} right")


def test_tables_and_marks_by_keyboard_alone(attempt: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(person=learner)
    for name in ("matrix", "mark", "ordering"):
        answer = attempt.answers.get(kind=name)
        page.goto(f"/attempts/{attempt.pk}/?item={answer.position}")
        fields = page.locator("form[data-quiz-answer]").locator(FIELDS)
        fields.first.focus()
        given = right(answer)
        for place in range(fields.count()):
            field = fields.nth(place)
            expect(field).to_be_focused()
            if name == "mark":
                if field.get_attribute("value") in given:
                    page.keyboard.press("Space")
            else:
                page.keyboard.type(given[place])
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#feedback .state").first).to_have_text("Right")
