"""The quiz in a real browser: with JavaScript and without, by keyboard alone, in two tabs, offline."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import User
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import check, start
from tests.browser.conftest import PHONE, VIEWS, BrowserLog, OpenPage, stop_clock, until

pytestmark = pytest.mark.usefixtures("course_content")

Check = Callable[[Page], None]


@pytest.fixture
def attempt(course_content: None, learner: User) -> Attempt:
    return start(learner, Quiz.objects.get(slug="layers"), timezone.now())


def position(attempt: Attempt, question: str) -> int:
    return attempt.answers.get(question__slug=question, number=1).position


def at(attempt: Attempt, question: str) -> str:
    return f"/attempts/{attempt.pk}/?item={position(attempt, question)}"


def named_slip(attempt: Attempt, question: str) -> tuple[str, str]:
    """What a learner with a known slip types, and how the slip is called."""
    slip = attempt.answers.get(question__slug=question, number=1).asked.answers[1]
    return str(slip.value), slip.title


@pytest.mark.parametrize(("viewport", "theme"), VIEWS)
def test_every_state_of_the_runner_is_accessible(
    attempt: Attempt,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(person=learner, viewport=viewport, theme=theme)
    for question in ("kinds-of-layers", "lesson-neuron", "count-parameters", "name-of-softmax"):
        page.goto(at(attempt, question))
        axe(page)
        no_sideways_scroll(page)
    page.goto(at(attempt, "lesson-neuron"))
    typed, title = named_slip(attempt, "lesson-neuron")
    page.get_by_label("Your answer").fill("one half")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("“one half” cannot be read as a number.")
    axe(page)
    page.get_by_label("Your answer").fill(typed)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_be_focused()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("This is the step to redo.")).to_be_visible()
    page.get_by_text("How a slip is recognized").click()
    axe(page)
    no_sideways_scroll(page)
    page.goto(f"/attempts/{attempt.pk}/finish/")
    axe(page)
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 12 right")
    axe(page)
    no_sideways_scroll(page)


def test_an_answer_is_saved_while_it_is_typed(attempt: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(at(attempt, "name-of-softmax"), person=learner)
    expect(page.get_by_role("button", name="Save for later")).to_be_hidden()
    page.get_by_label("Your answer").press_sequentially("soft")
    expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()
    page.get_by_label("Your answer").press_sequentially("max")
    page.get_by_role("link", name="Why there are different layers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why there are different layers")
    page.goto(at(attempt, "name-of-softmax"))
    expect(page.get_by_label("Your answer")).to_have_value("softmax")


def test_what_is_typed_before_the_script_has_come_is_saved_too(
    attempt: Attempt, learner: User, open_page: OpenPage
) -> None:
    page = open_page("/healthz", person=learner)
    scripts: list[Route] = []
    page.route("**/js/quiz.js", lambda route: scripts.append(route))
    page.goto(at(attempt, "name-of-softmax"), wait_until="commit")
    page.get_by_label("Your answer").fill("softmax")
    until(page, lambda: scripts)
    scripts[0].continue_()
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert attempt.answers.get(question__slug="name-of-softmax").fields == {"answer": ["softmax"]}


@pytest.mark.parametrize(("viewport", "theme"), VIEWS)
def test_two_tabs_keep_both_answers_and_the_learner_picks(
    attempt: Attempt,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    one = open_page(at(attempt, "name-of-softmax"), person=learner, viewport=viewport, theme=theme)
    two = one.context.new_page()
    two.goto(one.url)
    two.get_by_label("Your answer").fill("relu")
    expect(two.get_by_text(re.compile("^Saved"))).to_be_visible()
    one.get_by_label("Your answer").fill("softplus")
    expect(one.get_by_text("Another tab answered this too.")).to_be_visible()
    stored = attempt.answers.get(question__slug="name-of-softmax")
    assert (stored.fields, [o["fields"] for o in stored.others]) == (
        {"answer": ["softplus"]},
        [{"answer": ["relu"]}],
    )
    one.get_by_role("button", name="Compare and choose").click()
    expect(one.get_by_role("region", name="Two tabs, two answers")).to_be_focused()
    axe(one)
    no_sideways_scroll(one)
    one.get_by_role("button", name="Use this one instead").click()
    expect(one.get_by_label("Your answer")).to_have_value("relu")
    expect(one.get_by_text("Two tabs, two answers")).to_be_hidden()


@pytest.mark.parametrize(("viewport", "theme"), VIEWS)
def test_hints_and_flags_by_key(
    attempt: Attempt,
    learner: User,
    open_page: OpenPage,
    axe: Check,
    no_sideways_scroll: Check,
    viewport: dict[str, int],
    theme: str,
) -> None:
    page = open_page(at(attempt, "weighted-sum"), person=learner, viewport=viewport, theme=theme)
    stop_clock(page)  # the next hint waits
    page.get_by_label("Your answer").fill("1")
    page.get_by_label("Your answer").press("h")
    expect(page.get_by_label("Your answer")).to_have_value("1h")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("h")
    expect(page.get_by_role("region", name="Hints")).to_be_focused()
    expect(page.get_by_label("Your answer")).to_have_value("1h")
    expect(page.get_by_role("button", name="Hint 2 of 3")).to_be_disabled()
    page.clock.resume()
    axe(page)
    no_sideways_scroll(page)
    expect(page.get_by_role("button", name="Hint 2 of 3")).to_be_enabled()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Take the flag away")).to_be_visible()
    page.goto(f"/attempts/{attempt.pk}/finish/")
    expect(page.get_by_role("listitem").filter(has_text="flagged")).to_have_count(1)
    axe(page)
    no_sideways_scroll(page)


def test_offline_nothing_is_lost(
    attempt: Attempt, learner: User, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(at(attempt, "name-of-softmax"), person=learner)
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("softmax")
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert attempt.answers.get(question__slug="name-of-softmax").fields == {"answer": ["softmax"]}


@pytest.mark.parametrize("leave", ["main a[rel=next]", "main button >> text=Check answer"])
def test_a_page_with_something_unsent_asks_before_it_is_left(
    attempt: Attempt, learner: User, open_page: OpenPage, browser_log: BrowserLog, leave: str
) -> None:
    browser_log.expect("ERR_INTERNET_DISCONNECTED")
    page = open_page(at(attempt, "name-of-softmax"), person=learner)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("softmax")
    expect(page.get_by_text("Not sent yet.")).to_be_visible()
    page.locator(leave).click(no_wait_after=True)
    until(page, lambda: asked == ["beforeunload"])
    expect(page.get_by_label("Your answer")).to_have_value("softmax")
    page.context.set_offline(False)
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert attempt.answers.get(question__slug="name-of-softmax").fields == {"answer": ["softmax"]}


def test_by_keyboard_alone(attempt: Attempt, learner: User, open_page: OpenPage) -> None:
    page = open_page(at(attempt, "second-hidden-layer"), person=learner)
    page.get_by_role("radio").first.focus()
    options = page.get_by_role("radio")
    chosen = page.get_by_role("radio", name="Dense(units=6, activation='relu')", exact=True)
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
        if chosen.is_checked():
            break
    page.keyboard.press("Enter")
    expect(page.locator("#feedback")).to_be_focused()
    expect(page.locator("#feedback .state")).to_have_text("Right")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Next question", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("item=12"))


def test_a_save_still_under_way_does_not_undo_the_check(
    attempt: Attempt, learner: User, open_page: OpenPage, browser_log: BrowserLog
) -> None:
    browser_log.expect("net::ERR_")  # the save that is called off
    page = open_page(at(attempt, "second-hidden-layer"), person=learner)
    saves: list[Route] = []

    def answer_late(route: Route) -> None:
        """Saves wait until the form is under way, and then hear that the answer is closed."""
        if route.request.is_navigation_request():
            for save in saves:
                save.fulfill(status=409, json={"closed": True})
            route.continue_()
        else:
            saves.append(route)

    page.route("**/answers/*/", answer_late)
    page.get_by_role("radio").first.check()
    until(page, lambda: saves)
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("#feedback")).to_be_focused()


def test_digits_choose_options_unless_switched_off(
    attempt: Attempt, learner: User, open_page: OpenPage
) -> None:
    page = open_page(at(attempt, "what-training-changes"), person=learner)
    boxes = page.get_by_role("checkbox")
    boxes.first.focus()
    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("9")
    for place, is_chosen in enumerate([True, False, True, False, False]):
        expect(boxes.nth(place)).to_be_checked(checked=is_chosen)
    page.keyboard.press("3")
    expect(boxes.nth(2)).not_to_be_checked()

    learner.has_shortcuts = False
    learner.save()
    page.goto(at(attempt, "kinds-of-layers"))
    boxes.first.focus()
    page.keyboard.press("2")
    expect(boxes.nth(1)).not_to_be_checked()


def test_the_whole_quiz_without_javascript(learner: User, open_page: OpenPage) -> None:
    page = open_page("/quizzes/layers/", person=learner, javascript=False)
    page.get_by_role("button", name="Start the quiz").click()
    expect(page).to_have_url(re.compile("/attempts/"))
    attempt = Attempt.objects.get()
    for answer in attempt.answers.in_order():
        page.goto(f"/attempts/{attempt.pk}/?item={answer.position}")
        give_key(page, answer)
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("#feedback .state")).to_have_text("Right")
    page.get_by_role("button", name="Finish and see the results").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("12 of 12 right")
    expect(page.get_by_text("Quiz complete")).to_be_visible()


def give_key(page: Page, answer: Answer) -> None:
    keys = [known.value for known in answer.asked.answers if known.fraction == 1]
    if answer.kind in ("single_choice", "multiple_choice"):
        for key in keys:
            page.locator(f'input[value="{key}"]').check()
    elif answer.kind == "matching":
        for choice, right in zip(page.get_by_role("combobox").all(), keys[0], strict=True):
            choice.select_option(right)
    else:
        page.get_by_label("Your answer").fill(str(keys[0]))


def test_a_visitor_answers_and_signs_in(learner: User, open_page: OpenPage) -> None:
    page = open_page("/quizzes/layers/", viewport=PHONE, javascript=False)
    page.get_by_label("It adds the eight ratings").check()
    page.get_by_role("button", name="Answer and sign in").click()
    page.get_by_label("Sign-in name").fill(learner.username)
    page.get_by_label("Password", exact=True).fill("a long enough passphrase")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What a Dense layer computes")
    expect(page.get_by_label("It adds the eight ratings")).to_be_checked()


def test_the_solution_opens_the_figure_at_its_neuron(
    attempt: Attempt, learner: User, open_page: OpenPage
) -> None:
    answer = attempt.answers.get(question__slug="lesson-neuron")
    check(answer, {"answer": ["99"]}, timezone.now())
    shown = answer.asked.shown
    page = open_page(at(attempt, "lesson-neuron"), person=learner)
    page.get_by_role("link", name="Show it in the figure").click()
    name = shown["names"][shown["asked"]]
    headline = page.locator("network-figure").get_by_role("heading").first
    expect(headline).to_have_text(re.compile(f"^Neuron {re.escape(name)} looks at "))


def test_an_authors_preview_is_accessible(
    author: User, open_page: OpenPage, axe: Check, no_sideways_scroll: Check
) -> None:
    question = Quiz.objects.get(slug="layers").questions.get(slug="weighted-sum")
    page = open_page(f"/admin/quizzes/question/{question.pk}/preview/", person=author, viewport=PHONE)
    page.get_by_label("Your answer").fill("99")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("heading", name="Graded: 0% of 2 points")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
