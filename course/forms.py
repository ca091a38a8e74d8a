"""What pages of the course read from an address or a form."""

from django import forms

from course.models import Course, Level, Prediction, Skill

ORDERS = {
    "recommended": ("Recommended", ("position", "title")),
    "newest": ("Newest", ("-created_at", "title")),
    "shortest": ("Shortest", ("total_minutes", "title")),
}


TIMES = {
    "hour": ("Up to an hour", 0, 60),
    "afternoon": ("One to four hours", 60, 240),
    "longer": ("More than four hours", 240, 1_000_000),
}
"""Lengths of courses: words, more than these minutes, and at most these."""
NARROWING = ("level", "skill", "time")


class Filters(forms.Form):
    """The catalogue's filters; an address with values that do not exist shows everything."""

    level = forms.ChoiceField(required=False, choices=[("", "Any level"), *Level.choices])
    skill = forms.ChoiceField(required=False)
    time = forms.ChoiceField(
        required=False, choices=[("", "Any length"), *((key, words) for key, (words, *_) in TIMES.items())]
    )
    order = forms.ChoiceField(required=False, choices=[(key, words) for key, (words, _) in ORDERS.items()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        skills = Skill.objects.filter(course__in=Course.objects.published()).order_by("title")
        titles = dict(skills.values_list("slug", "title"))
        times = {key: words for key, (words, *_) in TIMES.items()}
        self.words = {"level": dict(Level.choices), "skill": titles, "time": times}
        self.fields["skill"] = forms.ChoiceField(required=False, choices=[("", "Any skill"), *titles.items()])

    def chosen(self) -> list[tuple[str, str]]:
        """The name of each filter that is set, and what it says: "Level: First steps"."""
        values = self.cleaned_data if self.is_valid() else {}
        return [
            (name, f"{self[name].label}: {self.words[name][values[name]]}")
            for name in NARROWING
            if values.get(name)
        ]


class Commitment(forms.Form):
    """A prediction: which option, and how sure."""

    sure = forms.ChoiceField(choices=Prediction.Sureness.choices)

    def __init__(self, *args: object, options: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = [(str(place), str(place)) for place in range(options)]
        self.fields["choice"] = forms.TypedChoiceField(coerce=int, choices=places)


class Search(forms.Form):
    """What to look for: up to eight words."""

    q = forms.CharField(
        label="Search lessons",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def words(self) -> list[str]:
        return self.cleaned_data["q"].split()[:8] if self.is_valid() else []
