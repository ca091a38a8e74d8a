"""Questions from files of other programs: brought, looked at, taken as a whole, and taken back."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from quizzes import importing
from quizzes.interchange import FORMATS, FileError
from quizzes.models import Question, QuestionImport, Quiz
from quizzes.services import save_question, start
from tests.conftest import MakeUser, SignIn
from tests.labs.test_challenge_pages import text_of
from tests.quizzes.conftest import NOW, MakeQuestion
from tests.quizzes.interchange.samples import SAMPLES
from tests.quizzes.test_races import together

pytestmark = [pytest.mark.django_db, pytest.mark.data]

GIFT = """\
::Layers::How many layers has 8-6-6-4? {#3}

::Sum::What does a neuron compute? {=a weighted sum ~a *picture* #It stores none. ~%50%both}

Write an essay. {}
"""
PAGE = "/admin/quizzes/quiz/import/"


def draft_of(author: User, text: str = GIFT, name: str = "week.gift") -> QuestionImport:
    return importing.receive(author, name, text.encode(), "", NOW)


def upload(client: Client, content: bytes, name: str = "week.gift", form: str = "") -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    response = client.post(PAGE, {"file": file, "format": form}, follow=True)
    return response.status_code, text_of(response.content.decode())


# --- the steps ----------------------------------------------------------------------------------------------


def test_questions_are_taken_into_a_new_quiz(author: User) -> None:
    quiz = importing.take(draft_of(author), {1, 2, 3}, None, "Week 1", NOW)
    assert (quiz.slug, quiz.is_published) == ("week-1", False)
    found = [(one.slug, one.position, one.kind, one.version) for one in quiz.questions.all()]
    assert found == [("layers", 1, "numeric", 1), ("sum", 2, "single_choice", 1)]
    assert [one.versions.count() for one in quiz.questions.all()] == [1, 1]


def test_questions_are_taken_into_a_quiz_there_is(
    author: User, quiz: Quiz, make_question: MakeQuestion
) -> None:
    make_question("numeric", {"answer": 1}, slug="layers")
    importing.take(draft_of(author), {1}, quiz, "", NOW)
    importing.take(draft_of(author), {1}, quiz, "", NOW)
    assert [one.slug for one in quiz.questions.all()] == ["layers", "layers-2", "layers-3"]


def test_a_file_is_taken_once(author: User, quiz: Quiz) -> None:
    draft = draft_of(author)
    importing.take(draft, {1}, quiz, "", NOW)
    with pytest.raises(importing.NotTakenError) as refused:
        importing.take(draft, {2}, quiz, "", NOW)
    assert str(refused.value) == ("Questions of this file were taken already. Bring the file again for more.")


def test_nothing_is_taken_unless_all_is(author: User, quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LONGEST_SLUG", 200)  # the database knows better
    draft = draft_of(author, f"{GIFT}\n\n::{'x' * 110}::How many? {{#4}}\n")
    with pytest.raises(importing.NotTakenError) as refused:
        importing.take(draft, {1, 4}, quiz, "", NOW)
    assert str(refused.value).startswith(f"“{'x' * 110}” cannot be taken: ")
    assert not quiz.questions.exists()
    draft.refresh_from_db()
    assert draft.state == QuestionImport.State.DRAFT


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_of_every_format_can_be_taken(author: User, name: str) -> None:
    written = FORMATS[name].write(SAMPLES).text
    draft = draft_of(author, written)
    assert draft.format == name
    every = set(range(1, len(importing.items(draft)) + 1))
    quiz = importing.take(draft, every, None, "All", NOW)
    usable = [one.question for one in importing.items(draft) if one.question]
    taken = [(one.kind, one.prompt, one.data) for one in quiz.questions.all()]
    assert taken == [(one.kind, one.prompt, one.data) for one in usable]
    assert usable


# --- undo ---------------------------------------------------------------------------------------------------


def test_undo_takes_the_questions_and_the_new_quiz_back(author: User) -> None:
    draft = draft_of(author)
    importing.take(draft, {1, 2}, None, "Week 1", NOW)
    importing.undo(draft, NOW + timedelta(hours=24))
    assert (Question.objects.count(), Quiz.objects.count()) == (0, 0)
    assert draft.state == QuestionImport.State.UNDONE


def refusal(draft: QuestionImport, hours: float = 1) -> str:
    count = Question.objects.count()
    with pytest.raises(importing.NotTakenError) as refused:
        importing.undo(draft, NOW + timedelta(hours=hours))
    assert Question.objects.count() == count
    draft.refresh_from_db()
    assert draft.state == QuestionImport.State.TAKEN
    return str(refused.value)


def test_undo_is_refused_for_what_was_asked_edited_or_is_a_day_old(
    author: User, quiz: Quiz, learner: User
) -> None:
    draft = draft_of(author)
    importing.take(draft, {1, 2}, quiz, "", NOW)
    assert refusal(draft, 24.01) == "It was taken more than 24 hours ago. Delete the questions one by one."
    row = quiz.questions.get(slug="sum")
    row.prompt = "Another."
    save_question(row)
    assert refusal(draft) == "“Sum” was edited since."
    quiz.questions.filter(slug="sum").update(is_asked=False)
    start(learner, quiz, NOW)
    assert refusal(draft) == "An attempt has asked “Layers”. “Sum” was edited since."


def test_undo_keeps_a_new_quiz_that_has_more_by_now(author: User) -> None:
    draft = draft_of(author)
    quiz = importing.take(draft, {1}, None, "Week 1", NOW)
    importing.take(draft_of(author), {2}, quiz, "", NOW)
    importing.undo(draft, NOW)
    assert [one.slug for one in Quiz.objects.get().questions.all()] == ["sum"]


def test_undo_happens_once(author: User, quiz: Quiz) -> None:
    draft = draft_of(author)
    importing.take(draft, {1}, quiz, "", NOW)
    importing.undo(draft, NOW)
    with pytest.raises(importing.NotTakenError, match="undone already"):
        importing.undo(draft, NOW)


# --- what waits ---------------------------------------------------------------------------------------------


def test_drafts_are_few_and_tidied(author: User, learner: User, quiz: Quiz) -> None:
    other = draft_of(learner)
    taken = draft_of(author)
    importing.take(taken, {1}, quiz, "", NOW)
    drafts = [draft_of(author) for _ in range(6)]
    assert list(QuestionImport.objects.for_author(author).filter(state="draft").order_by("pk")) == drafts[1:]
    assert QuestionImport.objects.filter(pk=other.pk).exists()
    importing.tidy(NOW + importing.KEPT + timedelta(seconds=1))
    taken.refresh_from_db()
    assert (QuestionImport.objects.count(), taken.text, importing.items(taken)) == (1, "", [])


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("week 1.gift", "week 1.gift"),
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\a.xml", "a.xml"),
        ("<script>\n.xml", "_script_.xml"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("...", "questions"),
        ("x" * 300, "x" * 80),
    ],
)
def test_names_of_files_are_cleaned(name: str, clean: str) -> None:
    assert importing.clean_name(name) == clean


# --- pages --------------------------------------------------------------------------------------------------


def test_an_author_brings_a_file_looks_takes_and_undoes(author_client: Client, quiz: Quiz) -> None:
    assert f'href="{PAGE}"' in author_client.get("/admin/quizzes/quiz/").content.decode()
    status, page = upload(author_client, GIFT.encode())
    assert status == 200
    assert "GIFT: not taken yet" in page
    assert "2 questions can be taken, 1 of them not whole; 1 cannot." in page
    assert "Line 3, not kept whole: Partly right options are not kept: they count as not right." in page
    assert "Line 5, refused: This is an essay: nothing here can grade it." in page
    where = f"{PAGE}{QuestionImport.objects.get().pk}/"
    assert '<legend class="sr">Question 1</legend>' in author_client.get(where).content.decode()

    response = author_client.post(where, {"take": ["2", "3", "x"], "quiz": quiz.pk}, follow=True)
    page = text_of(response.content.decode())
    assert "1 question taken into “A small quiz”." in page
    assert [one.slug for one in quiz.questions.all()] == ["sum"]
    assert "week.gift" in text_of(author_client.get(PAGE).content.decode())
    page = text_of(author_client.post(f"{where}undo/", follow=True).content.decode())
    assert "Undone: the questions are gone again." in page
    assert not quiz.questions.exists()
    page = text_of(author_client.post(f"{where}undo/", follow=True).content.decode())
    assert "Nothing was changed. It is undone already." in page


def test_a_form_that_says_too_little(author_client: Client, author: User, quiz: Quiz) -> None:
    where = f"{PAGE}{draft_of(author).pk}/"
    page = text_of(author_client.post(where, {"take": ["1"]}).content.decode())
    assert "Title of the new quiz: Give the new quiz a title, or choose a quiz above." in page
    response = author_client.post(where, {"quiz": quiz.pk})
    assert response.status_code == 422
    assert "Choose at least one question." in text_of(response.content.decode())
    assert 'value="1" checked' not in response.content.decode()
    assert upload(author_client, b"")[0] == 422
    assert author_client.post(PAGE, {}).status_code == 422


BOMB = b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "Line 1: This file has a document type (DOCTYPE). Remove it: question files need none."),
        (b"a\xff", "Line 1 is not UTF-8. Save the file again with the encoding UTF-8."),
        ("Q?{#3}".encode("utf-16"), "Line 1 is not UTF-8. Save the file again with the encoding UTF-8."),
        (b"Q?{#3}\n\n" * 250_000, " questions; at most 500 are read. Split it."),
        (b"x" * (2 * 1024**2 + 1), "The file has 2.0 MB; at most 2 MB are read. Split it."),
        (b"<a>" * 600_000, "Line 1: Elements stand in each other more than 24 deep."),
        (b"\x50\x4b\x03\x04", "Line 1 has a control character (U+0003)."),
    ],
    ids=["entities", "bytes", "utf-16", "many", "large", "deep", "zip"],
)
def test_hostile_files_are_refused_with_a_reason(author_client: Client, content: bytes, reason: str) -> None:
    status, page = upload(author_client, content, "../<b>.xml")
    assert status == 422
    assert reason in page
    assert not QuestionImport.objects.exists()


def test_a_file_of_five_hundred_questions_is_shown_and_taken(author_client: Client, quiz: Quiz) -> None:
    status, page = upload(author_client, b"".join(b"::Q%d::How many? {#%d}\n\n" % (n, n) for n in range(500)))
    assert status == 200
    assert "500 questions can be taken; 0 cannot." in page
    where = f"{PAGE}{QuestionImport.objects.get().pk}/"
    assert '<legend class="sr">Question 400</legend>' not in author_client.get(where).content.decode()
    shown = author_client.get(f"{where}?show=400").content.decode()
    assert shown.count('<legend class="sr">Question') == 1
    author_client.post(where, {"take": [str(n) for n in range(1, 501)], "quiz": quiz.pk})
    assert quiz.questions.count() == 500


def test_nothing_in_a_file_becomes_a_tag(author_client: Client) -> None:
    text = "::<script>alert(1)</script>::<img src=x onerror=1> {=<b>a ~<i>b#<u>c}"
    _, _ = upload(author_client, text.encode(), "<script>.gift")
    page = author_client.get(f"{PAGE}{QuestionImport.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>a" not in page


def test_a_file_is_its_authors_alone(
    author: User, author_client: Client, make_user: MakeUser, client_for: SignIn, learner_client: Client
) -> None:
    other = make_user("second", is_staff=True)
    other.groups.set(author.groups.all())
    where = f"{PAGE}{draft_of(author).pk}/"
    for end in ("", "undo/", "discard/"):
        assert client_for(other).post(where + end).status_code == 404
        assert learner_client.post(where + end).status_code in (302, 403)
    assert client_for(other).get(where).status_code == 404
    author.groups.clear()
    assert author_client.get(PAGE).status_code == 403
    assert author_client.get(where).status_code == 403
    assert QuestionImport.objects.count() == 1


def test_discarding_forgets_a_draft_and_nothing_that_was_taken(
    author_client: Client, author: User, quiz: Quiz
) -> None:
    draft, taken = draft_of(author), draft_of(author)
    importing.take(taken, {1}, quiz, "", NOW)
    for one in (draft, taken):
        author_client.post(f"{PAGE}{one.pk}/discard/")
    assert list(QuestionImport.objects.all()) == [taken]
    assert author_client.get(f"{PAGE}{taken.pk}/discard/").status_code == 405
    assert author_client.get(f"{PAGE}{taken.pk}/undo/").status_code == 405


def test_a_file_that_cannot_be_read_is_not_kept(author: User) -> None:
    with pytest.raises(FileError):
        draft_of(author, "<quiz>")
    assert not QuestionImport.objects.exists()


# --- races --------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_taking_at_once_takes_once(author: User, quiz: Quiz) -> None:
    draft = draft_of(author)
    results = together(*[lambda: importing.take(draft, {1, 2}, quiz, "", NOW)] * 4)
    assert sum(isinstance(one, importing.NotTakenError) for one in results) == 3, results
    assert quiz.questions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_control_unguarded_takes_take_four_times(author: User, quiz: Quiz) -> None:
    draft, checked = draft_of(author), threading.Barrier(4)
    place = iter(range(4))

    def take_unguarded() -> None:
        assert QuestionImport.objects.get(pk=draft.pk).state == QuestionImport.State.DRAFT
        mine = next(place)
        checked.wait()
        Question.objects.create(quiz=quiz, slug=f"q{mine}", kind="numeric", title="T", prompt="P")

    together(*[take_unguarded] * 4)
    assert quiz.questions.count() == 4
