"""Lessons and networks as their authors edit them: what cannot be shown is told before it is saved."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from course import services, skills
from course.models import Course, CourseNetwork, Lesson, Skill, Term

if TYPE_CHECKING:
    LessonModelForm = forms.ModelForm[Lesson]
    NetworkModelForm = forms.ModelForm[CourseNetwork]
    SkillModelForm = forms.ModelForm[Skill]
    TermFormSetBase = forms.BaseInlineFormSet[Term, Course, forms.ModelForm[Term]]
else:
    LessonModelForm = NetworkModelForm = SkillModelForm = forms.ModelForm
    TermFormSetBase = forms.BaseInlineFormSet

TERM_LINK = re.compile(r"\]\(term:([a-z0-9-]+)\)")


class LessonForm(LessonModelForm):
    text = forms.CharField(
        strip=False,
        help_text="Markdown. Preview shows the page without saving it.",
        widget=forms.Textarea(attrs={"rows": 32, "class": "vLargeTextField", "spellcheck": "true"}),
    )
    film = forms.CharField(
        strip=False,
        required=False,
        help_text="A storyboard in TOML that plays the figure: see the authoring guide. Empty for none.",
        widget=forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField", "spellcheck": "true"}),
    )

    class Meta:
        model = Lesson
        fields = "__all__"
        widgets = {"summary": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def clean_text(self) -> str:
        return _as_in_a_file(self.cleaned_data["text"])

    def clean_film(self) -> str:
        return _as_in_a_file(self.cleaned_data["film"]) if self.cleaned_data["film"].strip() else ""

    def full_clean(self) -> None:
        """Last, when the lesson has its new values, try to show it."""
        super().full_clean()
        if self.is_bound and not self.errors:
            _tell(self, lambda: services.check_lesson(self.instance))


class TermFormSet(TermFormSetBase):
    """A course's glossary: no term goes while a text links to it."""

    def clean(self) -> None:
        super().clean()
        kept = {
            form.cleaned_data.get("slug")
            for form in self.forms
            if form.is_valid() and not form.cleaned_data.get("DELETE")
        }
        for lesson in self.instance.lessons.in_order() if self.instance.pk else ():
            gone = sorted(set(TERM_LINK.findall(lesson.text)) - kept)
            if gone:
                raise ValidationError(
                    f"The lesson {lesson.slug} links to the term {gone[0]}. Take the link out of it first."
                )


class SkillForm(SkillModelForm):
    """A skill builds on skills of its own course, and on none that builds on it."""

    class Meta:
        model = Skill
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        course, slug = cleaned.get("course"), cleaned.get("slug")
        if course is None or slug is None:
            return cleaned
        others = Skill.objects.filter(course=course).exclude(pk=self.instance.pk).prefetch_related("needs")
        mine = self.instance.pk  # its slug may be new
        needs = {
            other.slug: [slug if skill.pk == mine else skill.slug for skill in other.needs.all()]
            for other in others
        }
        needs[slug] = [skill.slug for skill in cleaned.get("needs", ())]
        if found := skills.fault(needs):
            self.add_error("needs", found[1])
        return cleaned


class NetworkForm(NetworkModelForm):
    class Meta:
        model = CourseNetwork
        fields = "__all__"

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            _tell(self, lambda: services.check_network(self.instance))


def _as_in_a_file(text: str) -> str:
    """Browsers send CRLF; files have LF, and end with one."""
    return text.replace("\r\n", "\n").rstrip("\n") + "\n"


def _tell(form: Any, check: Any) -> None:
    try:
        check()
    except ValidationError as error:
        form.add_error(None, error)
