"""Saving what authors write: Markdown is rendered once; asking something else makes a new version.

Every version is kept as it was asked.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from course.markdown import MarkdownError, render
from quizzes.kinds.short_text import ShortText, normalized
from quizzes.models import Question, QuestionVersion, Quiz

VERSIONED = (
    "stream", "kind", "title", "prompt", "prompt_html", "data", "points", "explanation", "explanation_html",
)  # fmt: skip


def render_quiz(quiz: Quiz) -> None:
    """Make the HTML of its Markdown. Raises ValidationError with every place that needs its author."""
    quiz.intro_html = _html("intro", quiz.intro)


def save_quiz(quiz: Quiz) -> None:
    """Render and save. Raises ValidationError as `render_quiz` does."""
    render_quiz(quiz)
    quiz.save()


def render_question(question: Question) -> None:
    """Make the HTML of its Markdown. Raises ValidationError with every place that needs its author."""
    question.prompt_html = _html("prompt", question.prompt)
    question.explanation_html = _html("explanation", question.explanation)


def save_question(question: Question) -> None:
    """Render, save, and keep the version. Raises ValidationError.

    The version grows when what is asked or graded changed; and when what is told beside it changed and an
    attempt has asked it, because a version that was asked never changes.
    """
    render_question(question)
    with transaction.atomic():
        before = Question.objects.select_for_update().filter(pk=question.pk).first()
        if before is not None:
            _count_version(before, question)
        question.save()
        keep_version(question)


def _count_version(before: Question, question: Question) -> None:
    question.version, question.stream = before.version, before.stream
    if _asked(before) != _asked(question):
        question.version = question.stream = before.version + 1
        question.approved_seeds = []  # they were approved for what was asked before
    elif _told(before) != _told(question) and is_used(before):
        question.version = before.version + 1


def is_used(question: Question) -> bool:
    """Whether an attempt has asked the question as it stands."""
    return question.answers.filter(question_version=question.version).exists()


def keep_version(question: Question) -> None:
    """Keep the question as it stands under the number of its version, unless that was asked already."""
    kept = {name: getattr(question, name) for name in VERSIONED}
    mine = QuestionVersion.objects.filter(question=question, number=question.version)
    if not mine.exists():
        QuestionVersion.objects.create(question=question, number=question.version, **kept)
    elif not is_used(question):
        mine.update(**kept)


def as_version(question: Question, version: QuestionVersion) -> Question:
    """The question as it was in that version; not to be saved."""
    values = {name: getattr(version, name) for name in VERSIONED}
    then = Question(pk=question.pk, quiz=question.quiz, slug=question.slug, version=version.number, **values)
    if not then.prompt_html:  # kept before versions were
        render_question(then)
    return then


def accept_answer(question: Question, text: str) -> None:
    """Let a text be right too, a slip no longer; a new version begins. Raises ValidationError."""
    if question.kind != ShortText.name:
        raise ValidationError("Only a question that asks for a short text can accept one more.")
    wanted = normalized(text)
    if not wanted or wanted in map(normalized, question.data["answers"]):
        raise ValidationError(f"“{text}” is accepted already, or says nothing.")
    slips = [one for one in question.data.get("slips", []) if normalized(one["text"]) != wanted]
    data = {name: part for name, part in question.data.items() if name != "slips"}
    question.data = data | {"answers": [*data["answers"], text]} | ({"slips": slips} if slips else {})
    question.full_clean()
    save_question(question)


def approve_seeds(question: Question, seeds: Iterable[int]) -> None:
    """From now on attempts ask these seeds only; none at all gives every learner numbers of their own."""
    question.approved_seeds = sorted(set(seeds))
    question.save(update_fields=["approved_seeds", "updated_at"])


def _asked(question: Question) -> tuple[object, ...]:
    return question.kind, question.prompt, question.data, question.points


def _told(question: Question) -> tuple[object, ...]:
    return question.title, question.explanation


def _html(field: str, text: str) -> str:
    try:
        return render(text).html if text else ""
    except MarkdownError as error:
        raise ValidationError({field: [str(problem) for problem in error.problems]}) from error
