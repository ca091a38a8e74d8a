"""Forms of accounts. Their errors are read by people: each says what to do."""

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm

from accounts.models import User

LONGEST_NAME = 150
"""Characters; the user model has the same limit."""

if TYPE_CHECKING:
    UserCreationForm = BaseUserCreationForm[User]
    UserForm = forms.ModelForm[User]
else:
    UserCreationForm = BaseUserCreationForm
    UserForm = forms.ModelForm


def time_zones() -> list[tuple[str, str]]:
    """Every named zone, UTC first, with underscores read as spaces."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "This name and password do not belong together. Check both; capitals count.",
        "inactive": "This name and password do not belong together. Check both; capitals count.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Sign-in name"

    def clean_username(self) -> str:
        """No account has a longer name, and what counts failed tries could not write it down."""
        name = str(self.cleaned_data["username"])
        if len(name) > LONGEST_NAME:
            raise self.get_invalid_login_error()
        return name


class SignUpForm(UserCreationForm):
    """Makes an account. Two accounts may share a mail address: a form must not tell whose is known."""

    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = User
        fields = ["username", "email"]
        labels = {"username": "Sign-in name", "email": "Mail address (optional)"}
        help_texts = {
            "username": "Letters, digits and @ . + - _ are allowed.",
            "email": "Only used to let you back in if you forget your password.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["password1"].help_text = "At least 8 characters, not one of the most common passwords."
        self.fields["password2"].label = "The same password again"
        self.fields["password2"].help_text = ""

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError("This sign-in name is taken. Choose another one.")
        return name

    def clean_time_zone(self) -> str:
        """The browser's zone when it is one we know; a strange one is no reason to refuse an account."""
        zone = str(self.cleaned_data["time_zone"])
        return zone if zone in dict(time_zones()) else "UTC"

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.time_zone = self.cleaned_data["time_zone"]
        if commit:
            user.save()
        return user


class SettingsForm(UserForm):
    time_zone = forms.ChoiceField(choices=time_zones, help_text="Dates and times are shown in this zone.")

    class Meta:
        model = User
        fields = ["first_name", "email", "theme", "time_zone", "vectors", "has_shortcuts"]
        labels = {
            "first_name": "Name shown",
            "email": "Mail address",
            "vectors": "Layers in formulas",
            "has_shortcuts": "Single-key shortcuts",
        }
        help_texts = {
            "first_name": "Stands in the top bar. Empty shows your sign-in name.",
            "email": "Only used to let you back in if you forget your password. May stay empty.",
            "vectors": "Keras computes with rows; many textbooks write columns. The numbers are the same.",
            "has_shortcuts": "Keys such as / and ? act on every page. Ctrl and Alt are never needed.",
        }
        widgets = {"theme": forms.RadioSelect, "vectors": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ResetForm(forms.Form):
    email = forms.EmailField(
        label="Mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class DeleteForm(forms.Form):
    """Asks for the password once more; bound to the person whose account goes."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password. Nothing has been deleted.")
        return password

    def clean(self) -> None:
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=self.user.pk)
        if self.user.is_superuser and not others.exists():
            raise forms.ValidationError(
                "This is the only operator's account. Make another operator first, then delete this one."
            )
