"""An exam in a real browser: by keyboard alone, without JavaScript, and each of its states for axe."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import finish, save_question, start
from tests.browser.conftest import VIEWS, BrowserLog, OpenPage

pytestmark = pytest.mark.usefixtures("course_content")

Check = Callable[[Page], None]
VIEWS = VIEWS


@pytest.fixture
def exam(course_content: None) -> Quiz:
    """Two questions, closing in two days, with a password; everything waits for the close."""
    quiz = Quiz.objects.create(
        slug="checkpoint",
        title="Checkpoint",
        is_published=True,
        password="axon",
        closes_at=timezone.now() + timedelta(days=2),
        attempt_limit=1,
        scores_release="close",
        feedback_release="close",
        keys_release="close",
    )
    for place, word in enumerate(("softmax", "relu"), start=1):
        data = {"answers": [word]}
        save_question(
            Question(
                quiz=quiz, slug=word, kind="short_text", title=f"The word {place}", prompt="Which?",
                data=data, position=place,
            )
        )  # fmt: skip
    return quiz


def tab_to(page: Page, text: str) -> None:
    """Press Tab until what has the focus says this."""
    said = "e => (e.innerText || e.value || '') + (e.labels?.[0]?.innerText ?? '')"
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.locator("*:focus").evaluate(said):
            return
    raise AssertionError(f"Tab never reached {text!r}.")


def test_an_exam_by_keyboard_alone(
    exam: Quiz, learner: User, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("status of 403")
    page = open_page("/quizzes/checkpoint/", person=learner)
    tab_to(page, "Password of this quiz")
    page.keyboard.type("dendrite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This is not the password of this quiz.")
    expect(page.get_by_label("Password of this quiz")).to_be_focused()
    page.keyboard.type("Axon")
    page.keyboard.press("Enter")
    for place, word in enumerate(("softmax", "tanh"), start=1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"The word {place}")
        tab_to(page, "Your answer")
        page.keyboard.type(word)
        tab_to(page, "Save and go on")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finish this attempt?")
    tab_to(page, "Finish and see the results")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 2 answered")
    assert Attempt.objects.get().points == 1


def test_an_exam_without_javascript(exam: Quiz, learner: User, open_page: OpenPage) -> None:
    page = open_page("/quizzes/checkpoint/", person=learner, javascript=False)
    page.get_by_label("Password of this quiz").fill("axon")
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_label("Your answer").fill("softmax")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("softmax")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The word 2")
    page.get_by_role("button", name="Skip for now").click()
    expect(page.get_by_text("Your answers are graded when you finish")).to_be_visible()
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_text("Handed in")).to_be_visible()
    expect(page.get_by_text("scores, feedback, right answers.")).to_be_visible()
    assert (Attempt.objects.get().points, Attempt.objects.get().status) == (1, "finished")


@pytest.mark.parametrize(("viewport", "theme"), VIEWS)
def test_every_state_of_an_exam_is_accessible(
    exam: Quiz,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    browser_log: BrowserLog,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page("/healthz", person=learner, viewport=viewport, theme=theme)

    def look(address: str, says: str) -> None:
        page.goto(address)
        expect(page.locator("main")).to_contain_text(says)
        no_sideways_scroll(page)
        axe(page)

    opens = timezone.now() + timedelta(days=1)
    Quiz.objects.filter(pk=exam.pk).update(opens_at=opens)
    look("/quizzes/checkpoint/", "This quiz opens on")
    Quiz.objects.filter(pk=exam.pk).update(opens_at=None)
    look("/quizzes/checkpoint/", "Password of this quiz")
    page.get_by_label("Password of this quiz").fill("dendrite")
    browser_log.expect("status of 403")
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    attempt = start(learner, exam, timezone.now(), password="axon")
    look(f"/attempts/{attempt.pk}/", "Save and go on")
    look(f"/attempts/{attempt.pk}/finish/", "Shown from")
    finish(attempt, timezone.now())
    look(f"/attempts/{attempt.pk}/results/", "Handed in")
    look("/quizzes/checkpoint/", "No attempt is left")
    closed = timezone.now() - timedelta(minutes=1)
    Quiz.objects.filter(pk=exam.pk).update(closes_at=closed)
    look("/quizzes/checkpoint/", "This quiz closed on")
    look(f"/attempts/{attempt.pk}/results/", "Not yet complete")
