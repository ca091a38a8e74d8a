"""What people send to labs: texts of networks, names of drafts. Cleaned once, here."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from labs.models import SOURCE_LIMIT


class SourceField(forms.CharField):
    """A network's text as the engine counts it: line ends are one character, nothing else is touched."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.error_messages["required"] = "There is no text yet. Write the network, then submit it."

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: str) -> None:
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        size = len(value.encode(errors="replace"))
        if size > SOURCE_LIMIT:
            raise ValidationError(
                f"The text has {size:,} bytes; at most {SOURCE_LIMIT:,} can be read. "
                "Leave out what is not the network."
            )


class SubmissionForm(forms.Form):
    """A text handed in. `token` names the form it stands in, so that sending it twice is sending it once."""

    source = SourceField()
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_token(self) -> UUID:
        return self.cleaned_data["token"] or uuid4()


NO_FILE = "Choose a file first: Keras text (.py) or Keras's JSON (.json)."


NONE_PASSED = "Choose one of your networks that has passed."


class ImportForm(forms.Form):
    """A network in a file."""

    file = forms.FileField(
        max_length=200,
        error_messages={"required": NO_FILE},
    )


class VersionForm(forms.Form):
    """The name of a version."""

    name = forms.CharField(max_length=80, error_messages={"required": "Give the version a name first."})


class BoardForm(forms.Form):
    """Which of one's passed networks stands on a board, and under which name; without, one is drawn."""

    submission = forms.ChoiceField(
        label="Network", error_messages={"required": NONE_PASSED, "invalid_choice": NONE_PASSED}
    )
    pseudonym = forms.CharField(
        label="Name on the board", max_length=24, required=False, help_text="Empty: one is drawn for you."
    )

    def __init__(self, *args: Any, networks: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["submission"].choices = networks  # type: ignore[attr-defined]

    @property
    def submission_key(self) -> UUID:
        """The key of the network that was chosen."""
        return UUID(self.cleaned_data["submission"])


class SeedForm(forms.Form):
    """The seed that weights are drawn from."""

    seed = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            "A seed is a whole number from 0 to 2147483647.",
        ),
    )


class DraftForm(forms.Form):
    """A text to keep, finished or not; `origin` says where its weights are."""

    title = forms.CharField(max_length=120, required=False)
    source = SourceField()
    origin = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        return self.cleaned_data["title"].strip() or "Untitled network"
