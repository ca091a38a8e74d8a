"""An author edits a lesson, a question and a criterion in the admin; the site and the files follow."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from labs.models import Challenge
from quizzes.models import Question
from tests.browser.conftest import OpenPage


def test_what_an_author_changes_is_on_the_site(
    course_content: None, author: User, open_page: OpenPage
) -> None:
    page = open_page("/admin/course/lesson/", person=author)
    page.get_by_role("link", name="Layers of a neural network").click()
    replace_first(page, "Text:", "Eight numbers describe an animal", "Eight ratings describe an animal")
    page.goto("/courses/neural-networks/layers/")
    expect(page.get_by_role("main")).to_contain_text("Eight ratings describe an animal")

    question = Question.objects.get(slug="what-dense-computes")
    page.goto(f"/admin/quizzes/question/{question.pk}/change/")
    replace_first(page, "Prompt:", "Eight ratings arrive", "Eight numbers arrive")
    page.goto("/quizzes/layers/")
    page.get_by_role("button", name="Start the quiz").click()
    expect(page.get_by_role("main")).to_contain_text("Eight numbers arrive")

    challenge = Challenge.objects.get(slug="first-network")
    page.goto(f"/admin/labs/challenge/{challenge.pk}/change/")
    criterion = page.locator("#criteria-group textarea", has_text="at_most = 124")
    criterion.fill('title = "At most 130 parameters"\nat_most = 130\n')
    save(page)
    page.goto("/challenges/first-network/")
    expect(page.get_by_role("main")).to_contain_text("At most 130 parameters")


def test_what_was_edited_is_dumped_and_loads_without_a_difference(
    course_content: None, author: User, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("/admin/course/lesson/", person=author)
    page.get_by_role("link", name="Layers of a neural network").click()
    replace_first(page, "Text:", "Eight numbers describe an animal", "Eight ratings describe an animal")
    call_command("dump_content", root=tmp_path, stdout=StringIO())
    shipped, dumped = files(settings.CONTENT_DIR), files(tmp_path)
    changed = [name for name in shipped if dumped.get(name) != shipped[name]]
    assert shipped.keys() == dumped.keys()
    assert changed == ["neural-networks/layers/text.md"]
    assert dumped[changed[0]] == shipped[changed[0]].replace(
        b"Eight numbers describe an animal", b"Eight ratings describe an animal", 1
    )


def replace_first(page: Page, label: str, old: str, new: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(field.input_value().replace(old, new, 1))
    save(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
