"""An author brings a file and grades attempts again: by keyboard, without JavaScript, at 360 px, by WCAG."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from quizzes.models import Question, Quiz
from quizzes.services import check, finish, save_question, start
from tests.browser.conftest import PHONE, OpenPage

Look = Callable[[Page], None]
GIFT = "::Layers::How many layers? {#3}\n\n::Sum::What is it? {=a sum ~%50%both}\n\nEssay. {}\n"


def test_a_changed_key_is_graded_again_by_keyboard(
    db: None, learner: User, author: User, open_page: OpenPage, axe: Look, no_sideways_scroll: Look
) -> None:
    now = timezone.now()
    quiz = Quiz.objects.create(slug="small", title="A small quiz", is_published=True)
    question = Question(
        quiz=quiz, slug="q", kind="numeric", title="How many", prompt="How many?", data={"answer": 4}
    )
    save_question(question)
    attempt = start(learner, quiz, now)
    check(attempt.answers.get(), {"answer": ["5"]}, now)
    finish(attempt, now)
    question.data = {"answer": 5}
    save_question(question)

    page = open_page(f"/admin/quizzes/quiz/{quiz.pk}/regrade/", person=author, viewport=PHONE)
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Reason").focus()
    page.keyboard.type("The key was wrong.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Learners see nothing of this yet.")
    expect(page.get_by_role("row", name="0 of 1")).to_contain_text("Raised")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Put 1 change in force").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It is in force")
    axe(page)
    told = open_page(attempt.get_absolute_url(), person=learner, viewport=PHONE)
    told.goto(told.url.replace(attempt.get_absolute_url(), f"/attempts/{attempt.pk}/results/"))
    expect(told.get_by_role("main")).to_contain_text("0 to 1 points. The reason: The key was wrong.")
    axe(told)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("the results are again as they were")
    versions = open_page(f"/admin/quizzes/question/{question.pk}/versions/", person=author, viewport=PHONE)
    expect(versions.get_by_role("heading", name="Version 1")).to_be_visible()
    axe(versions)
    no_sideways_scroll(versions)


def test_a_file_is_brought_without_javascript(
    db: None, author: User, open_page: OpenPage, tmp_path: Path, no_sideways_scroll: Look
) -> None:
    file = tmp_path / "week.gift"
    file.write_text(GIFT)
    page = open_page("/admin/quizzes/quiz/import/", person=author, viewport=PHONE, javascript=False)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("main")).to_contain_text("2 questions can be taken")
    page.get_by_label("Title of the new quiz").fill("Week 1")
    page.get_by_role("checkbox", name="take").nth(1).uncheck()
    page.get_by_role("button", name="Take the questions ticked below").click()
    expect(page.get_by_role("status")).to_contain_text("1 question taken into “Week 1”.")
    assert Quiz.objects.get().questions.get().title == "Layers"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert not Quiz.objects.exists()


def test_the_report_of_a_file_can_be_read(
    db: None, author: User, open_page: OpenPage, tmp_path: Path, axe: Look, no_sideways_scroll: Look
) -> None:
    file = tmp_path / "week.gift"
    file.write_text(GIFT)
    page = open_page("/admin/quizzes/quiz/import/", person=author, viewport=PHONE)
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_text("As a learner would see it").nth(1).click()
    expect(page.get_by_role("group", name="Question 2")).to_be_visible()
    axe(page)
    no_sideways_scroll(page)
