"""What a learner is told, and when: canaries in every word about an answer, searched for on every page and in
every reply that may tell of an attempt, while it is open, when it is finished, and when the quiz has closed.

Each search finds what is released and nothing else, so that each is the control of the others.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from course.models import Act, Lesson
from quizzes.models import Answer, Attempt, Card, Question, Quiz
from quizzes.services import (
    GRACE,
    AnswerClosedError,
    check,
    finish,
    misconceptions_of,
    note_released,
    open_hint,
    remember_released,
    skills_of,
    start,
    try_again,
)
from tests.quizzes.conftest import NOW, MakeQuestion, right_fields
from tests.quizzes.kinds.generated.cases import CASES
from tests.quizzes.written import WRITTEN

pytestmark = pytest.mark.django_db

CLOSES = NOW + timedelta(days=1)
AFTER = CLOSES + GRACE + timedelta(milliseconds=1)
LESSON = "/courses/neural-networks/layers/?tab=quiz"
ELSEWHERE = ("/dashboard/", "/reviews/", "/accounts/export/", LESSON)
LINK = re.compile(r'(?:href|action)="(/(?:attempts|quizzes)/[^"#]*|\?[^"#]*)')
MARK = re.compile(
    r'class="(?:state )?(?:met|notyet)"|cell-said (?:right|other)|opt-said[^"]* (?:right|other)"'
)

# Rules for scores, feedback and keys; then what is told of each by its first letter: open, finished, closed.
RULES: list[tuple[tuple[str, str, str], tuple[str, str, str]]] = [
    (("now", "now", "now"), ("fs", "fks", "fks")),
    (("now", "now", "close"), ("fs", "fs", "fks")),
    (("now", "now", "never"), ("fs", "fs", "fs")),
    (("now", "finish", "finish"), ("", "fks", "fks")),
    (("now", "close", "never"), ("", "s", "fs")),
    (("finish", "finish", "close"), ("", "fs", "fks")),
    (("finish", "close", "finish"), ("", "ks", "fks")),
    (("finish", "never", "close"), ("", "s", "ks")),
    (("close", "close", "close"), ("", "", "fks")),
    (("close", "never", "never"), ("", "", "s")),
    (("never", "never", "never"), ("", "", "")),
]
SHOWN = ("single_choice", "numeric", "short_text", "blanks", "matrix", "mark", "network")
DRAWN = ("weighted_sum",)


def rule(quiz: Quiz, scores: str, feedback: str, keys: str) -> None:
    quiz.scores_release, quiz.feedback_release, quiz.keys_release = scores, feedback, keys
    quiz.closes_at = CLOSES
    quiz.full_clean()
    quiz.save()


@pytest.fixture
def exam(course_content: None, quiz: Quiz, make_question: MakeQuestion) -> Quiz:
    """A lesson's quiz with a question for each way in which answers are given and shown."""
    Quiz.objects.exclude(pk=quiz.pk).delete()
    quiz.lesson = Lesson.objects.get(slug="layers")
    quiz.save()
    for kind in SHOWN:
        make_question(kind, WRITTEN[kind][0], slug=f"written-{kind}", explanation="CANARY-key")
    for case, (kind, data) in CASES.items():
        if kind in DRAWN and not Question.objects.filter(quiz=quiz, kind=kind).exists():
            make_question(kind, data, slug=f"drawn-{case}", explanation="CANARY-key")
    return quiz


def plant(attempt: Attempt) -> None:
    """Words of feedback and of worked solutions in every variant, hints that lead."""
    for answer in attempt.answers.all():
        variant = answer.variant
        for known in variant["answers"]:
            known |= {"feedback": ["CANARY-feedback"], "title": "CANARY-feedback", "code": "CANARY"}
        variant["steps"] = [{"text": "CANARY-key", "codes": []}]
        variant["hints"] = ["CANARY-hint"]
        answer.explanation_html = "<p>CANARY-key</p>"
        answer.save()


def grade_as_not_yet(attempt: Attempt) -> None:
    """Every graded try is not yet right, by a slip; points that no other number of a page is."""
    tries = attempt.answers.filter(graded_at__isnull=False)
    tries.update(
        state=Answer.State.NOT_YET, fraction=0, points=0.1337, feedback=["CANARY-feedback"],
        misconception="CANARY", misconception_title="CANARY-feedback",
    )  # fmt: skip
    Attempt.objects.filter(pk=attempt.pk, status="finished").update(points=8613.37)


def told(client: Client) -> Iterator[tuple[str, str]]:
    """Every address that may tell of the learner's attempts, and what it says."""
    waiting, known = deque(["/quizzes/small/", *ELSEWHERE]), set[str]()
    while waiting:
        address = waiting.popleft()
        if address in known:
            continue
        known.add(address)
        response: Any = client.get(address)
        text = unescape((b"".join(response) if response.streaming else response.content).decode())
        yield address, text
        if address not in ELSEWHERE:  # a lesson's figure has states without end
            waiting += [urljoin(address, link) for link in LINK.findall(text)]
        if "Location" in response:
            waiting.append(response["Location"])


def heard(client: Client) -> str:
    """What the pages tell: s for scores, f for feedback, k for keys, h for hints."""
    found = set()
    for address, text in told(client):
        is_marked = address.startswith(("/attempts/", "/quizzes/")) and MARK.search(text)
        if is_marked or "8613.37" in text or "0.1337" in text or '"not-yet"' in text:
            found.add("s")
        found |= {word[0] for word in re.findall(r"CANARY-(\w+)", text)}
        if '"misconception"' in text or 'slips"' in text:
            found.add("f")
    return "".join(sorted(found))


@pytest.mark.parametrize(("rules", "expected"), RULES, ids=lambda value: "-".join(value))
def test_each_part_is_told_from_its_moment_on(
    exam: Quiz, learner: User, learner_client: Client, rules: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    rule(exam, *rules)
    with time_machine.travel(NOW, tick=False) as clock:
        attempt = start(learner, exam, NOW)
        plant(attempt)
        for answer in attempt.answers.all():
            fields = {"answer": WRITTEN[answer.kind][1] if answer.kind in WRITTEN else ["1"]}
            address = f"/attempts/{attempt.pk}/answers/{answer.position}/"
            learner_client.post(address, {"action": "check", **fields})
            learner_client.post(address, {"action": "hint", "hint": "1"})
        grade_as_not_yet(attempt)
        while_open = heard(learner_client)
        learner_client.post(f"/attempts/{attempt.pk}/finish/")
        attempt.answers.update(graded_at=NOW)
        grade_as_not_yet(attempt)
        finished = heard(learner_client)
        clock.move_to(AFTER)
        assert (while_open, finished, heard(learner_client)) == expected


def test_what_waits_for_the_close_waits_for_the_grace_too(
    exam: Quiz, learner: User, learner_client: Client
) -> None:
    rule(exam, "close", "close", "close")
    attempt = finish(start(learner, exam, NOW), NOW)
    for now, says in ((AFTER - timedelta(milliseconds=1), "Handed in"), (AFTER, "Not yet complete")):
        with time_machine.travel(now, tick=False):
            assert says in learner_client.get(f"/attempts/{attempt.pk}/results/").content.decode()


def test_a_waiting_result_says_when_and_what_never_comes(
    exam: Quiz, learner: User, learner_client: Client
) -> None:
    rule(exam, "finish", "close", "never")
    with time_machine.travel(NOW, tick=False):
        attempt = finish(start(learner, exam, NOW), NOW)
        text = learner_client.get(f"/attempts/{attempt.pk}/results/").content.decode()
        assert "2 March 2026, 12:00 UTC</time>: feedback." in text
        assert "Not shown in this quiz: right answers." in text
        rule(exam, "close", "close", "close")
        text = learner_client.get(f"/attempts/{attempt.pk}/results/").content.decode()
        assert "2 March 2026, 12:00 UTC</time>: scores, feedback, right answers." in text
        assert "Handed in" in text
        assert "Quiz complete" not in text
        assert "Not yet complete" not in text


# --- an exam is saved, and graded at its end ----------


@pytest.fixture
def sat(quiz: Quiz, questions: list[Question], learner: User) -> Attempt:
    rule(quiz, "close", "close", "close")
    return start(learner, quiz, NOW)


def test_checking_saves_and_goes_on(sat: Attempt, learner_client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        for answer in sat.answers.in_order():
            address = f"/attempts/{sat.pk}/answers/{answer.position}/"
            page = learner_client.get(f"/attempts/{sat.pk}/?item={answer.position}").content.decode()
            assert "Save and go on" in page
            for word in ("Check answer", "right so far", "best try", "Hint"):
                assert word not in page
            there = learner_client.post(address, {"action": "check", **right_fields(answer)})["Location"]
            last = answer.position == 4
            assert there == f"/attempts/{sat.pk}/" + ("finish/" if last else f"?item={answer.position + 1}")
        assert not sat.answers.graded().exists()
        assert "4 of 4 answered" in learner_client.get(f"/attempts/{sat.pk}/?item=4").content.decode()
        end = learner_client.get(f"/attempts/{sat.pk}/finish/").content.decode()
        assert "Your answers are graded when you finish, and cannot be changed then." in end
        assert "2 March 2026, 12:00 UTC</time>: scores, feedback, right answers." in end
    assert finish(sat, NOW).points == 5


def test_an_answer_can_be_changed_until_the_end_and_what_cannot_be_read_is_told(
    sat: Attempt, learner_client: Client
) -> None:
    address = f"/attempts/{sat.pk}/answers/3/"
    with time_machine.travel(NOW, tick=False):
        learner_client.post(address, {"action": "check", "answer": "108"})
        unread = learner_client.post(address, {"action": "check", "answer": "a lot"}).content.decode()
        assert "“a lot” cannot be read as a number." in unread
        assert "this is saved, and writing it anew costs nothing" in unread
        learner_client.post(address, {"action": "check", "answer": "124.25"})
    assert finish(sat, NOW).answers.get(position=3).points == 1


def test_there_is_one_try_and_no_hint(sat: Attempt) -> None:
    answer = sat.answers.get(kind="numeric")
    assert check(answer, {"answer": ["108"]}, NOW).is_open
    with pytest.raises(AnswerClosedError):
        try_again(answer, NOW)
    assert open_hint(answer, 1, NOW).hints_shown == 0
    Quiz.objects.update(allows_hints=True)
    assert open_hint(answer, 1, NOW).hints_shown == 1


def test_hints_are_shown_in_an_exam_that_allows_them(sat: Attempt, learner_client: Client) -> None:
    Quiz.objects.update(allows_hints=True)
    with time_machine.travel(NOW, tick=False):
        assert "Hint 1 of 1" in learner_client.get(f"/attempts/{sat.pk}/?item=3").content.decode()


def test_a_visitor_gets_no_question_of_an_exam(quiz: Quiz, questions: list[Question], client: Client) -> None:
    assert "Answer and sign in" in client.get("/quizzes/small/").content.decode()
    rule(quiz, "finish", "finish", "finish")
    with time_machine.travel(NOW, tick=False):
        text = client.get("/quizzes/small/").content.decode()
    assert "Sign in and start" in text
    assert "Prompt" not in text


# --- what follows from a result waits with it ----------


def sweep(now: datetime) -> None:
    """What the worker does now and then."""
    note_released(now)
    remember_released(now)


def passed_acts(learner: User) -> int:
    return Act.objects.for_learner(learner).filter(name=Act.Name.QUIZ_PASSED).count()


@pytest.mark.parametrize(
    ("scores", "finished", "closed"), [("finish", 1, 1), ("close", 0, 1), ("never", 0, 0)]
)
def test_progress_and_memory_follow_the_release(
    exam: Quiz,
    questions: list[Question],
    learner: User,
    scores: str,
    finished: int,
    closed: int,
) -> None:
    """A lesson that is done, a skill that grew and a slip that is counted would tell the score as well."""
    exam.questions.exclude(pk__in=[one.pk for one in questions]).delete()
    skill = Lesson.objects.get(slug="layers").course.skills.all()[0]
    exam.questions.update(skill=skill)
    rule(exam, scores, scores, scores)
    attempt = start(learner, exam, NOW)
    for answer in attempt.answers.all():
        check(answer, right_fields(answer), NOW)

    def known(now: datetime) -> tuple[int, int, int]:
        with time_machine.travel(now, tick=False):
            results = sum(len(one.results) for one in skills_of(learner, now))
            assert misconceptions_of(learner, now) == []
        return passed_acts(learner), Card.objects.filter(learner=learner).count(), min(results, 1)

    finish(attempt, NOW)
    assert known(NOW) == (finished,) * 3
    sweep(AFTER - timedelta(milliseconds=1))
    assert known(NOW) == (finished,) * 3
    sweep(AFTER)
    sweep(AFTER)
    assert known(AFTER) == (closed,) * 3


def test_the_learners_look_notes_what_the_worker_missed(
    exam: Quiz, questions: list[Question], learner: User, learner_client: Client
) -> None:
    exam.questions.exclude(pk__in=[one.pk for one in questions]).delete()
    rule(exam, "close", "close", "close")
    attempt = start(learner, exam, NOW)
    for answer in attempt.answers.all():
        check(answer, right_fields(answer), NOW)
    finish(attempt, NOW)
    with time_machine.travel(AFTER + timedelta(days=30), tick=False):
        assert note_released(AFTER + timedelta(days=30)) == 0
        assert "Quiz complete" in learner_client.get(f"/attempts/{attempt.pk}/results/").content.decode()
    assert passed_acts(learner) == 1
