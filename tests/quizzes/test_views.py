"""The quiz without JavaScript, by a plain client: way in, runner, results, and who may see what."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from quizzes.kinds.choice import option_id
from quizzes.models import Attempt, Question, Quiz
from quizzes.services import check, finish, start
from tests.quizzes.conftest import NOW, MakeQuestion, right_fields

pytestmark = pytest.mark.django_db


def post(client: Client, attempt: Attempt, position: int, **fields: object) -> str:
    """Press a button of the runner; the address that it leads to."""
    address = reverse("quizzes:answer", args=[attempt.pk, position])
    response = client.post(address, fields)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address.partition("#")[0])
    assert response.status_code == status
    return response.content.decode()


# --- the way in ---------------------------------------------------------------------------------------------


def test_the_quiz_page_says_what_it_asks(
    learner_client: Client, quiz: Quiz, questions: list[Question]
) -> None:
    text = page(learner_client, "/quizzes/small/")
    assert "A small quiz" in text
    assert "<em>questions</em>" in text
    assert "Start the quiz" in text
    assert all(question.title in text for question in questions)


def test_starting_leads_to_the_runner_and_back_again(
    learner_client: Client, quiz: Quiz, questions: list[Question]
) -> None:
    first = learner_client.post("/quizzes/small/")
    attempt = Attempt.objects.get()
    assert first["Location"] == f"/attempts/{attempt.pk}/"
    assert learner_client.post("/quizzes/small/")["Location"] == f"/attempts/{attempt.pk}/"
    assert "Continue your attempt" in page(learner_client, "/quizzes/small/")


def test_an_unpublished_quiz_is_for_authors_only(
    learner_client: Client, author_client: Client, client: Client, quiz: Quiz, questions: list[Question]
) -> None:
    quiz.is_published = False
    quiz.save()
    for visitor in (client, learner_client):
        for response in (visitor.get("/quizzes/small/"), visitor.post("/quizzes/small/")):
            assert response.status_code == 404
    assert author_client.get("/quizzes/small/").status_code == 200


def test_a_quiz_without_questions_says_so(learner_client: Client, quiz: Quiz) -> None:
    assert "The author is still writing." in page(learner_client, "/quizzes/small/")
    response = learner_client.post("/quizzes/small/")
    assert response.status_code == 409
    assert "No question yet" in response.content.decode()


def test_a_visitor_answers_first_and_signs_in_then(
    client: Client, learner: User, quiz: Quiz, questions: list[Question]
) -> None:
    text = page(client, "/quizzes/small/")
    assert "Your answer is kept while you sign in" in text
    assert "CANARY" not in text
    chosen = option_id("a stored picture")
    assert f'value="{chosen}"' in text
    response = client.post("/quizzes/small/", {"question": "q1", "answer": chosen})
    assert response["Location"] == "/accounts/sign-in/?next=%2Fquizzes%2Fsmall%2F"
    assert not Attempt.objects.exists()

    signed_in = client.post(
        response["Location"],
        {"username": "learner", "password": "a long enough passphrase", "next": "/quizzes/small/"},
        follow=True,
    )
    attempt = Attempt.objects.get(learner=learner)
    assert signed_in.redirect_chain[-1][0] == f"/attempts/{attempt.pk}/?item=1"
    assert re.search(f'value="{chosen}" checked', signed_in.content.decode())
    assert attempt.answers.get(position=1).is_open
    assert client.get("/quizzes/small/").status_code == 200, "what was kept is used once"


def test_a_visitor_without_a_fixed_question_just_signs_in(client: Client, quiz: Quiz) -> None:
    response = client.post("/quizzes/small/")
    assert response["Location"] == "/accounts/sign-in/?next=%2Fquizzes%2Fsmall%2F"


# --- the runner ---------------------------------------------------------------------------------------------


def test_a_whole_quiz_by_plain_forms(learner_client: Client, attempt: Attempt) -> None:
    for answer in attempt.answers.in_order():
        text = page(learner_client, f"/attempts/{attempt.pk}/?item={answer.position}")
        assert f"Question {answer.position} of 4" in text
        there = post(learner_client, attempt, answer.position, action="check", **right_fields(answer))
        assert there == f"/attempts/{attempt.pk}/?item={answer.position}#feedback"
        assert '<p class="state met">' in page(learner_client, there)
    text = page(learner_client, f"/attempts/{attempt.pk}/?item=4")
    assert "4 of 4 right so far" in text
    assert "Finish and see the results" in text
    response = learner_client.post(f"/attempts/{attempt.pk}/finish/")
    assert response["Location"] == f"/attempts/{attempt.pk}/results/"
    text = page(learner_client, response["Location"])
    assert "Quiz complete" in text
    assert "5 of 5 points" in text
    assert "4 right at the first try" in text


def test_the_runner_opens_at_the_first_open_question(learner_client: Client, attempt: Attempt) -> None:
    assert "Question 1 of 4" in page(learner_client, f"/attempts/{attempt.pk}/")
    first = attempt.answers.get(position=1)
    check(first, right_fields(first), NOW)
    for query in ("", "?item=", "?item=99", "?item=x", "?item=-1", "?item=٢", "?item=9999999"):
        assert "Question 2 of 4" in page(learner_client, f"/attempts/{attempt.pk}/{query}")


def test_not_yet_names_the_slip_and_offers_another_try(learner_client: Client, attempt: Attempt) -> None:
    there = post(learner_client, attempt, 3, action="check", answer="108")
    text = page(learner_client, there)
    assert "Not yet" in text
    assert "CANARY Biases left out" in text
    assert "CANARY 108 counts the weights." in text
    assert "124.25" not in text, "a fixed question keeps its key until the attempt is finished"
    there = post(learner_client, attempt, 3, action="again")
    assert there == f"/attempts/{attempt.pk}/?item=3#question"
    assert "try 2" in page(learner_client, there)
    assert "CANARY" not in page(learner_client, there)


def test_an_answer_that_cannot_be_read_is_shown_again(learner_client: Client, attempt: Attempt) -> None:
    address = reverse("quizzes:answer", args=[attempt.pk, 3])
    response = learner_client.post(address, {"action": "check", "answer": "1_0 <b>"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "“1_0 &lt;b&gt;” cannot be read as a number. Write it like 0.75, 0,75, 3/4, -3 or 25%." in text
    assert 'value="1_0 &lt;b&gt;"' in text
    assert 'aria-invalid="true"' in text
    assert attempt.answers.get(position=3).is_open


def test_before_the_end_is_told_what_cannot_be_read(learner_client: Client, attempt: Attempt) -> None:
    for place, text in ((3, "a half"), (4, "softmax")):
        post(learner_client, attempt, place, action="save", answer=text)
    text = page(learner_client, f"/attempts/{attempt.pk}/finish/")
    said = "“a half” cannot be read as a number. Write it like 0.75, 0,75, 3/4, -3 or 25%."
    assert f'Question 3: Title 3<span class="quiet">, {said}</span>' in text
    assert "Question 4" not in text


def test_saving_for_later_keeps_what_was_typed(learner_client: Client, attempt: Attempt) -> None:
    there = post(learner_client, attempt, 4, action="save", answer="soft\x00max")
    text = page(learner_client, there)
    assert 'value="softmax"' in text
    assert "Saved" in text


def test_a_closed_answer_cannot_be_saved_again(learner_client: Client, attempt: Attempt) -> None:
    post(learner_client, attempt, 3, action="check", answer="124.25")
    there = post(learner_client, attempt, 3, action="save", answer="1")
    assert there == f"/attempts/{attempt.pk}/?item=3"
    assert attempt.answers.get(position=3).fields == {"answer": ["124.25"]}


def test_an_autosave_answers_in_json(learner_client: Client, attempt: Attempt) -> None:
    address, as_json = reverse("quizzes:answer", args=[attempt.pk, 3]), {"accept": "application/json"}
    saved = learner_client.post(address, {"answer": "7", "version": "0"}, headers=as_json)
    stored = attempt.answers.get(position=3)
    assert saved.json() == {"version": 1, "saved_at": f"{stored.saved_at:%H:%M}", "others": 0}
    other = learner_client.post(address, {"answer": "8", "version": "0", "tab": "0badcafe"}, headers=as_json)
    assert (other.status_code, other.json()["version"], other.json()["others"]) == (200, 2, 1)
    finish(attempt, NOW)
    closed = learner_client.post(address, {"answer": "8", "version": "1"}, headers=as_json)
    assert (closed.status_code, closed.json()) == (409, {"closed": True})


def test_two_tabs_without_a_script_the_learner_picks(learner_client: Client, attempt: Attempt) -> None:
    """Both pages were opened before either was sent."""
    one, two = {"tab": "1" * 8, "version": "0"}, {"tab": "2" * 8, "version": "0"}
    assert post(learner_client, attempt, 4, action="save", answer="relu", **one).endswith("?item=4")
    there = post(learner_client, attempt, 4, action="check", answer="softplus", **two)
    assert there == f"/attempts/{attempt.pk}/?item=4#conflict"
    text = page(learner_client, there)
    assert "Two tabs, two answers" in text
    assert text.count('value="relu"') == text.count('value="softplus"') == 1
    assert attempt.answers.get(position=4).is_open

    pick = {"action": "take", "other": "1" * 8, "tab": "3" * 8, "version": "2"}
    assert post(learner_client, attempt, 4, **pick) == f"/attempts/{attempt.pk}/?item=4#question"
    text = page(learner_client, there)
    assert "Two tabs, two answers" not in text
    assert 'value="relu"' in text
    assert post(learner_client, attempt, 4, action="save", answer="tanh", **two).endswith("#conflict")
    post(learner_client, attempt, 4, action="let-go", other="3" * 8)
    stored = attempt.answers.get(position=4)
    assert (stored.fields, stored.others) == ({"answer": ["tanh"]}, [])


def test_a_strange_page_name_is_none(learner_client: Client, attempt: Attempt) -> None:
    post(learner_client, attempt, 4, action="save", answer="relu", tab="<script>", version="0")
    assert attempt.answers.get(position=4).tab == ""


def test_a_hint_opens_when_asked_for_and_what_is_typed_stays(
    learner_client: Client, attempt: Attempt
) -> None:
    here = f"/attempts/{attempt.pk}/?item=3"
    text = page(learner_client, here)
    assert "Count layer by layer." not in text
    assert "Hint 1 of 1" in text
    assert post(learner_client, attempt, 3, action="hint", hint="1", answer="12") == f"{here}#hints"
    text = page(learner_client, here)
    assert "Count layer by layer." in text
    assert 'value="12"' in text
    for level in ("", "0", "2", "-1", "٢", "x"):
        post(learner_client, attempt, 3, action="hint", hint=level, answer="12")
    assert attempt.answers.get(position=3).hints_shown == 1


def test_a_hint_says_how_long_the_next_one_takes_and_the_last_one_offers_new_numbers(
    learner_client: Client, quiz: Quiz, make_question: MakeQuestion, learner: User
) -> None:
    make_question("activation_value", {})
    attempt = start(learner, quiz, timezone.now())
    post(learner_client, attempt, 1, action="hint", hint="1")
    post(learner_client, attempt, 1, action="hint", hint="2")
    text = page(learner_client, f"/attempts/{attempt.pk}/")
    assert re.search(r"Hint 2 of 3</button><span [^>]*>opens [45] seconds from now<", text)
    attempt.answers.update(hints_shown=3)
    text = page(learner_client, f"/attempts/{attempt.pk}/")
    assert (
        "so this try no longer counts as right at the first try. One with new numbers is all yours." in text
    )
    post(learner_client, attempt, 1, action="again")
    assert "try 2" in page(learner_client, f"/attempts/{attempt.pk}/")


def test_flagged_questions_are_marked_and_listed_before_the_end(
    learner_client: Client, attempt: Attempt
) -> None:
    post(learner_client, attempt, 4, action="flag", answer="soft")
    assert attempt.answers.get(position=4).fields == {"answer": ["soft"]}
    assert '<span class="quiet">, flagged</span>' in page(learner_client, f"/attempts/{attempt.pk}/")
    text = page(learner_client, f"/attempts/{attempt.pk}/finish/")
    assert 'Question 4: Title 4<span class="quiet">, flagged</span>' in text
    assert 'Question 3: Title 3<span class="quiet">, no answer yet</span>' in text
    post(learner_client, attempt, 4, action="check", answer="relu")
    post(learner_client, attempt, 4, action="again")
    assert attempt.answers.get(position=4, number=2).is_flagged
    post(learner_client, attempt, 4, action="unflag", answer="")
    assert not attempt.answers.filter(is_flagged=True).exists()


def test_two_answers_to_choose_from_are_listed_before_the_end(
    learner_client: Client, attempt: Attempt
) -> None:
    for tab, text in (("1" * 8, "relu"), ("2" * 8, "tanh")):
        post(learner_client, attempt, 4, action="save", answer=text, tab=tab, version="0")
    text = page(learner_client, f"/attempts/{attempt.pk}/finish/")
    assert 'Question 4: Title 4<span class="quiet">, two answers to choose from</span>' in text


def test_skipping_keeps_what_is_typed_and_leads_to_the_next_one_without_an_answer(
    learner_client: Client, attempt: Attempt
) -> None:
    here = f"/attempts/{attempt.pk}/"
    post(learner_client, attempt, 2, action="save", answer=option_id("weights"))
    assert post(learner_client, attempt, 1, action="skip") == f"{here}?item=3"
    assert attempt.answers.get(position=1).version == 0
    assert post(learner_client, attempt, 4, action="skip", answer="soft") == f"{here}?item=1"
    assert attempt.answers.get(position=4).fields == {"answer": ["soft"]}
    post(learner_client, attempt, 3, action="save", answer="1")
    assert post(learner_client, attempt, 1, action="skip") == f"{here}finish/"


def test_signed_out_in_mid_quiz_the_answer_waits(client: Client, learner: User, attempt: Attempt) -> None:
    address = reverse("quizzes:answer", args=[attempt.pk, 4])
    response = client.post(address, {"action": "check", "answer": "softmax"})
    assert response["Location"].startswith("/accounts/sign-in/?next=%2Fattempts%2F")
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    assert 'value="softmax"' in page(client, f"/attempts/{attempt.pk}/?item=4")
    client.logout()
    response = client.post(address, {"answer": "x"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()) == (401, {"signed_out": True})


# --- finishing and results ----------------------------------------------------------------------------------


def test_finishing_names_what_is_unanswered(learner_client: Client, attempt: Attempt) -> None:
    post(learner_client, attempt, 1, action="save", answer=option_id("a weighted sum"))
    text = page(learner_client, f"/attempts/{attempt.pk}/finish/")
    assert "3 questions have no answer yet." in text
    assert [f"Question {n}: Title {n}" in text for n in (1, 2, 3, 4)] == [False, True, True, True]


def test_results_show_keys_routes_and_explanations(learner_client: Client, attempt: Attempt) -> None:
    post(learner_client, attempt, 3, action="check", answer="108")
    learner_client.post(f"/attempts/{attempt.pk}/finish/")
    text = page(learner_client, f"/attempts/{attempt.pk}/results/")
    assert "0 of 4 right" in text
    assert "Not yet complete" in text
    for released in ("124.25", "CANARY step", "CANARY explained.", "CANARY Biases left out", "softmax"):
        assert released in text
    assert "Not answered" in text


def test_open_and_finished_attempts_lead_to_their_own_page(learner_client: Client, attempt: Attempt) -> None:
    here = f"/attempts/{attempt.pk}/"
    assert learner_client.get(f"{here}results/")["Location"] == here
    finish(attempt, NOW)
    for address in (here, f"{here}finish/"):
        assert learner_client.get(address)["Location"] == f"{here}results/"
    assert learner_client.post(f"{here}finish/")["Location"] == f"{here}results/"
    assert post(learner_client, attempt, 1, action="again") == f"{here}results/"


# --- who and how --------------------------------------------------------------------------------------------


def addresses(attempt: Attempt) -> list[tuple[str, str]]:
    here = f"/attempts/{attempt.pk}/"
    return [
        ("get", here),
        ("post", f"{here}answers/1/"),
        ("get", f"{here}finish/"),
        ("post", f"{here}finish/"),
        ("get", f"{here}results/"),
    ]


def test_other_peoples_attempts_do_not_exist(
    other_client: Client, author_client: Client, attempt: Attempt
) -> None:
    for client in (other_client, author_client):
        for method, address in addresses(attempt):
            assert getattr(client, method)(address).status_code == 404, address
    attempt.refresh_from_db()
    assert attempt.is_open


def test_unknown_attempts_and_questions_do_not_exist(learner_client: Client, attempt: Attempt) -> None:
    assert learner_client.get(f"/attempts/{uuid4()}/").status_code == 404
    assert learner_client.get("/attempts/1/").status_code == 404
    assert learner_client.post(f"/attempts/{attempt.pk}/answers/5/").status_code == 404
    assert learner_client.get("/quizzes/other/").status_code == 404


def test_attempts_need_an_account(client: Client, attempt: Attempt) -> None:
    for method, address in addresses(attempt):
        response = getattr(client, method)(address)
        assert response["Location"].startswith("/accounts/sign-in/?next="), address


def test_wrong_methods_are_refused(learner_client: Client, attempt: Attempt) -> None:
    here = f"/attempts/{attempt.pk}/"
    for method, address in [
        ("post", here), ("get", f"{here}answers/1/"), ("put", f"{here}finish/"),
        ("post", f"{here}results/"), ("delete", "/quizzes/small/"),
    ]:  # fmt: skip
        assert getattr(learner_client, method)(address).status_code == 405, address


def test_pages_with_a_person_in_them_are_stored_nowhere(learner_client: Client, attempt: Attempt) -> None:
    assert learner_client.get(f"/attempts/{attempt.pk}/")["Cache-Control"] == "private, no-store"


def test_nothing_secret_is_sent_before_its_release(
    client: Client, learner_client: Client, attempt: Attempt
) -> None:
    """Canaries stand in every feedback, slip, step and explanation of the fixture."""
    seen = [page(client, "/quizzes/small/"), page(learner_client, "/quizzes/small/")]
    for position in (1, 2, 3, 4):
        seen.append(page(learner_client, f"/attempts/{attempt.pk}/?item={position}"))
        post(learner_client, attempt, position, action="save", answer="7")
        seen.append(page(learner_client, f"/attempts/{attempt.pk}/?item={position}"))
    seen.append(page(learner_client, f"/attempts/{attempt.pk}/finish/"))
    for text in seen:
        assert "CANARY" not in text
        assert "124.25" not in text
        assert "softmax" not in text
        assert "is_right" not in text


def test_the_number_of_queries_does_not_grow_with_questions(
    learner_client: Client, attempt: Attempt, django_assert_max_num_queries: object
) -> None:
    finish(attempt, NOW)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        learner_client.get(f"/attempts/{attempt.pk}/results/")
