"""A question as its author edits it: the kind's data as TOML, every fault named with its place."""

from typing import TYPE_CHECKING, Any

import tomlkit
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from tomlkit.exceptions import TOMLKitError

from accounts.models import User
from course.content import ContentError, read_toml
from quizzes.interchange import FORMATS, MOST_BYTES
from quizzes.models import LONGEST_REASON, Accommodation, Question, Quiz, Regrade
from quizzes.services.questions import render_question, render_quiz

if TYPE_CHECKING:
    QuestionModelForm = forms.ModelForm[Question]
    QuizModelForm = forms.ModelForm[Quiz]
    AccommodationModelForm = forms.ModelForm[Accommodation]
    QuestionChoiceField = forms.ModelChoiceField[Question]
else:
    QuestionChoiceField = forms.ModelChoiceField
    QuestionModelForm = QuizModelForm = AccommodationModelForm = forms.ModelForm


class TomlField(forms.CharField):
    """Plain data, written as TOML."""

    widget = forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else tomlkit.dumps(value or {})

    def to_python(self, value: str | None) -> Any:
        text = super().to_python(value) or ""
        try:
            return read_toml("data", text.replace("\r\n", "\n"))
        except ContentError as error:
            place = f"Line {error.line}: " if error.line else ""
            raise ValidationError(f"{place}{error.message}") from error
        except TOMLKitError as error:
            raise ValidationError(f"This is not TOML: {error}") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or {}))
        except ValidationError:
            return True


class QuestionChoice(QuestionChoiceField):
    """A question of a quiz, by its place and title."""

    def label_from_instance(self, obj: Question) -> str:
        return f"{obj.title} (version {obj.version})"


class QuestionForm(QuestionModelForm):
    data = TomlField(  # type: ignore[assignment]  # a field, taken out of the class by its metaclass
        label="What the kind needs",
        required=False,
        help_text="TOML, as below [question.data] in a quiz file; what is [[question.data.options]] there "
        "is [[options]] here.",
    )

    class Meta:
        model = Question
        fields = (
            "quiz", "slug", "position", "kind", "title", "prompt", "data",
            "explanation", "points", "skill", "is_asked",
        )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        quiz, skill = self.cleaned_data.get("quiz"), self.cleaned_data.get("skill")
        course = quiz.lesson.course if quiz and quiz.lesson else None
        if skill is not None and skill.course != course:
            self.add_error("skill", "This skill belongs to another course. Choose one of the quiz's course.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            _tell(self, lambda: render_question(self.instance))


class QuizForm(QuizModelForm):
    class Meta:
        model = Quiz
        fields = (
            "title", "slug", "lesson", "intro", "pass_percent",
            "opens_at", "closes_at", "password", "time_limit", "attempt_limit", "attempt_delay", "counts",
            "penalty_percent", "hint_penalty_percent", "allows_hints", "layout", "is_sequential",
            "scores_release", "feedback_release", "keys_release", "certainty", "is_published",
        )  # fmt: skip

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            _tell(self, lambda: render_quiz(self.instance))


class AccommodationForm(AccommodationModelForm):
    """The learner is named as they sign in: authors need no list of people."""

    learner = forms.CharField(help_text="The name they sign in with.")

    class Meta:
        model = Accommodation
        fields = ("learner", "quiz", "time_factor", "extra_minutes")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is not None:
            self.initial["learner"] = self.instance.learner.username

    def clean_learner(self) -> User:
        name = self.cleaned_data["learner"]
        found = User.objects.filter(username=name).first()
        if found is None:
            raise ValidationError(f"Nobody signs in as “{name}”. Names are told apart by every letter.")
        return found


class UploadForm(forms.Form):
    """A file of another program."""

    file = forms.FileField(max_length=200, error_messages={"required": "Choose a file first."})
    format = forms.ChoiceField(
        choices=[("", "Recognize it"), *((one.name, one.label) for one in FORMATS.values())], required=False
    )

    def clean_file(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise ValidationError(
                f"The file has {(upload.size or 0) / 1024**2:.1f} MB; at most {MOST_BYTES // 1024**2} MB are "
                "read. Split it."
            )
        return upload


class TakeForm(forms.Form):
    """Where the questions go: into a quiz there is, or into a new one."""

    quiz = forms.ModelChoiceField(
        label="Into the quiz", queryset=Quiz.objects.all(), required=False, empty_label="A new quiz"
    )
    title = forms.CharField(
        label="Title of the new quiz", max_length=120, required=False, help_text="It begins unpublished."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "quiz" in cleaned and cleaned["quiz"] is None and not cleaned.get("title"):
            self.add_error("title", "Give the new quiz a title, or choose a quiz above.")
        return cleaned


class RegradeForm(forms.Form):
    """What to grade again, by which rule, and why."""

    question = QuestionChoice(
        queryset=Question.objects.none(), required=False, empty_label="Every question of the quiz"
    )
    rule = forms.ChoiceField(label="Grade", choices=Regrade.Rule.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Learners read it beside their new result.",
    )
    never_lower = forms.BooleanField(label="No result gets lower", required=False)

    def __init__(self, quiz: Quiz, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["question"].queryset = quiz.questions.all()  # type: ignore[attr-defined]
        self.fields["rule"].initial = Regrade.Rule.KEY

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rule") in (Regrade.Rule.GIVEN, Regrade.Rule.VOID) and not cleaned.get("question"):
            self.add_error("question", "Choose the question that this is about.")
        return cleaned


def _tell(form: Any, render: Any) -> None:
    try:
        render()
    except ValidationError as error:
        form.add_error(None, error)
