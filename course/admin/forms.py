"""Lessons and networks as their authors edit them: what cannot be shown is told before it is saved."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from course import services
from course.models import CourseNetwork, Lesson

if TYPE_CHECKING:
    LessonModelForm = forms.ModelForm[Lesson]
    NetworkModelForm = forms.ModelForm[CourseNetwork]
else:
    LessonModelForm = NetworkModelForm = forms.ModelForm


class LessonForm(LessonModelForm):
    text = forms.CharField(
        strip=False,
        help_text="Markdown. Preview shows the page without saving it.",
        widget=forms.Textarea(attrs={"rows": 32, "class": "vLargeTextField", "spellcheck": "true"}),
    )

    class Meta:
        model = Lesson
        fields = "__all__"
        widgets = {"summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def clean_text(self) -> str:
        """Browsers send CRLF; files have LF, and end with one."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text.rstrip("\n") + "\n"

    def full_clean(self) -> None:
        """Last, when the lesson has its new values, try to show it."""
        super().full_clean()
        if self.is_bound and not self.errors:
            _tell(self, lambda: services.check_lesson(self.instance))


class NetworkForm(NetworkModelForm):
    class Meta:
        model = CourseNetwork
        fields = "__all__"

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            _tell(self, lambda: services.check_network(self.instance))


def _tell(form: Any, check: Any) -> None:
    try:
        check()
    except ValidationError as error:
        form.add_error(None, error)
