"""Forms of the admin for challenges: every fault is told where it is, in the words of the engine."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

import engine
from engine.evaluation.kinds import KINDS
from labs.authoring import task_html
from labs.models import Challenge, Criterion, Solution
from labs.rubric import CriterionError, check_criterion, criteria_toml


class ChallengeForm(forms.ModelForm[Challenge]):
    class Meta:
        model = Challenge
        fields = (
            "title",
            "slug",
            "summary",
            "lesson",
            "closes_at",
            "attempt_limit",
            "order",
            "is_published",
            "task",
            "starter",
            "hints",
            "takes_weights",
            "shows_reference",
            "board",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 90}),
            "task": forms.Textarea(attrs={"rows": 14, "cols": 90}),
            "starter": forms.Textarea(attrs={"rows": 12, "cols": 90, "spellcheck": "false", "wrap": "off"}),
            "hints": forms.Textarea(attrs={"rows": 5, "cols": 90}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("task", "starter"):  # as they are, to the last line break: content files hold them too
            self.fields[name].strip = False  # type: ignore[attr-defined]

    def clean_task(self) -> str:
        task = str(self.cleaned_data["task"]).replace("\r\n", "\n")
        try:
            task_html(task)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return task

    def clean_hints(self) -> str:
        return str(self.cleaned_data["hints"]).replace("\r\n", "\n")

    def clean_starter(self) -> str:
        return str(self.cleaned_data["starter"]).replace("\r\n", "\n")


class CriterionForm(forms.ModelForm[Criterion]):
    kind = forms.ChoiceField(choices=lambda: [("", "Choose a kind"), *_kinds()])

    class Meta:
        model = Criterion
        fields = ("order", "kind", "settings", "points")
        widgets = {
            "order": forms.NumberInput(attrs={"class": "vIntegerField"}),
            "settings": forms.Textarea(attrs={"rows": 3, "cols": 52, "spellcheck": "false"}),
            "points": forms.NumberInput(attrs={"class": "vIntegerField", "step": "any"}),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind, points = values.get("kind"), values.get("points")
        if kind and points is not None:
            settings = str(values.get("settings") or "").replace("\r\n", "\n")
            try:
                check_criterion(kind, points, settings)
            except CriterionError as error:
                self.add_error("settings", str(error))
            values["settings"] = settings
        return values


class SolutionForm(forms.ModelForm[Solution]):
    class Meta:
        model = Solution
        fields = ("order", "title", "misses", "source", "weights")
        widgets = {
            "source": forms.Textarea(attrs={"rows": 10, "cols": 90, "spellcheck": "false", "wrap": "off"}),
            "weights": forms.Textarea(attrs={"rows": 4, "cols": 90, "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].strip = False  # type: ignore[attr-defined]

    def clean_source(self) -> str:
        return str(self.cleaned_data["source"]).replace("\r\n", "\n")

    def clean_weights(self) -> list[Any] | None:
        weights = self.cleaned_data["weights"]
        try:
            if weights is not None:
                engine.weights_from_plain(weights)
        except engine.ShapeError as error:
            raise ValidationError(f"{error.message} {error.hint}".strip()) from error
        return weights if isinstance(weights, list) and weights else None


class CriteriaFormSet(BaseInlineFormSet[Criterion, Challenge, CriterionForm]):
    def clean(self) -> None:
        """A challenge asks for something, and its criteria fit together."""
        super().clean()
        kept = self.written()
        if not kept:
            raise ValidationError("There is nothing to meet. Add a criterion.")
        if any(self.errors):
            return
        try:
            engine.criteria(criteria_toml(kept))
        except engine.CriteriaError as error:
            raise ValidationError(f"{error.message} {error.hint}".strip()) from error

    def written(self) -> list[Criterion]:
        """The criteria as they are written, stored or not, in their order."""
        kept = [form.instance for form in self.forms if _is_kept(form)]
        return sorted(kept, key=lambda criterion: criterion.order)


def _is_kept(form: CriterionForm) -> bool:
    data = getattr(form, "cleaned_data", {})
    return bool(data.get("kind")) and not data.get("DELETE")


def _kinds() -> list[tuple[str, str]]:
    return [(name, name) for name in KINDS]
