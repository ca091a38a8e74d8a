"""The variant lab and item analysis in Chromium: by WCAG, at 360 pixels, by clicks."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from quizzes.models import Question, Quiz
from quizzes.services import approve_seeds, check, finish, start
from tests.browser.conftest import OpenPage

Look = Callable[[Page], None]


def test_seeds_are_vetted_and_approved(
    course_content: None, author: User, open_page: OpenPage, axe: Look, no_sideways_scroll: Look
) -> None:
    question = Question.objects.filter(kind="parameter_count")[0]
    page = open_page(f"/admin/quizzes/question/{question.pk}/variants/", person=author)
    expect(page.get_by_role("heading", name="Seed 12")).to_be_visible()
    page.get_by_role("button", name="Vet 200 seeds").click()
    expect(page.get_by_role("heading", name="200 of 200 seeds pass")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    no_sideways_scroll(page)
    page.get_by_label("approved").nth(2).check()
    page.get_by_role("button", name="Approve the seeds ticked below").click()
    expect(page.get_by_role("main")).to_contain_text("Attempts ask out of 1 approved seed.")
    question.refresh_from_db()
    assert question.approved_seeds == [3]


def test_item_analysis_can_be_read(
    course_content: None, author: User, open_page: OpenPage, axe: Look, no_sideways_scroll: Look
) -> None:
    quiz = Quiz.objects.filter(questions__kind="parameter_count")[0]
    question = quiz.questions.filter(kind="parameter_count")[0]
    quiz.questions.exclude(pk=question.pk).exclude(kind="single_choice").update(is_asked=False)
    approve_seeds(question, [1, 2])
    now = timezone.now()
    for n in range(12):
        attempt = start(User.objects.create_user(f"learner{n}"), quiz, now)
        for answer in attempt.answers.all():
            known = answer.asked.answers[0 if n % 3 else -1]
            check(answer, {"answer": [str(known.value)]}, now + timedelta(seconds=30))
        finish(attempt, now + timedelta(minutes=2))
    page = open_page(f"/admin/quizzes/quiz/{quiz.pk}/analysis/", person=author)
    expect(page.get_by_role("table", name="Questions")).to_be_visible()
    expect(page.get_by_role("table", name="The same as a table")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    no_sideways_scroll(page)


def test_a_question_is_written_over_a_sample(
    course_content: None, author: User, open_page: OpenPage, axe: Look, no_sideways_scroll: Look
) -> None:
    quiz = Quiz.objects.all()[0]
    page = open_page(f"/admin/quizzes/question/add/?quiz={quiz.pk}", person=author)
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    no_sideways_scroll(page)
    page.get_by_role("link", name="Short text").click()
    page.get_by_label("Title:").press_sequentially("The last step")
    page.get_by_label("Prompt:").fill("What turns logits into probabilities?")
    expect(page.get_by_label("Slug:")).to_have_value("the-last-step")
    page.get_by_role("button", name="Save", exact=True).click()
    question = quiz.questions.get(slug="the-last-step")
    assert question.data["answers"] == ["softmax"]
    assert question == quiz.questions.last()
