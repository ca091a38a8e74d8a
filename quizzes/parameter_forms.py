"""The form of a kind that draws its numbers: a field per declared parameter, every fault at its field."""

from collections.abc import Callable
from types import new_class
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from quizzes.admin_forms import QuestionForm
from quizzes.kinds import KINDS
from quizzes.kinds.parameters import Bounds, Declared, Option, Parameter, Texts, Truth, Whole, Wholes
from quizzes.models import Question

PREFIX = "data_"


class PairField(forms.MultiValueField):
    """The smallest and the largest whole number; both empty is nothing."""

    def __init__(self, low: int, high: int, **options: Any) -> None:
        ends = [forms.IntegerField(min_value=low, max_value=high, required=False) for _ in range(2)]
        widgets = [
            forms.NumberInput(attrs={"min": low, "max": high, "aria-label": name})
            for name in ("Smallest", "Largest")
        ]
        pair = _PairWidget(widgets)
        super().__init__(ends, widget=pair, require_all_fields=False, **options)

    def compress(self, values: list[int | None]) -> list[int] | None:
        if not values or values == [None, None]:
            return None
        smallest, largest = values
        if smallest is None or largest is None:
            raise ValidationError("Write both numbers, or none for the default.")
        return [smallest, largest]


class _PairWidget(forms.MultiWidget):
    def decompress(self, value: list[int] | None) -> list[int | None]:
        return list(value) if value else [None, None]


class ListField(forms.CharField):
    """Texts or whole numbers with commas between them."""

    def __init__(self, is_whole: bool, **options: Any) -> None:
        self.is_whole = is_whole
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        entries = [entry.strip() for entry in str(super().to_python(value)).split(",")]
        texts = [entry for entry in entries if entry]
        if not self.is_whole:
            return texts
        for text in texts:
            if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 6:
                raise ValidationError(f"“{text}” is not a whole number. Write them like this: 8, 6, 6, 4.")
        return [int(text) for text in texts]


def _whole(parameter: Whole, options: dict[str, Any]) -> forms.Field:
    options["help_text"] = f"{parameter.low} to {parameter.high}. Left empty: {parameter.default}."
    return forms.IntegerField(min_value=parameter.low, max_value=parameter.high, **options)


def _bounds(parameter: Bounds, options: dict[str, Any]) -> forms.Field:
    smallest, largest = parameter.default
    options["help_text"] = (
        f"Smallest and largest, within {parameter.low} to {parameter.high}. Left empty: {smallest} and "
        f"{largest}."
    )
    return PairField(parameter.low, parameter.high, **options)


def _option(parameter: Option, options: dict[str, Any]) -> forms.Field:
    choices = [("", f"{parameter.default} (default)"), *((one, one) for one in parameter.options)]
    return forms.ChoiceField(choices=choices, **options)


def _texts(parameter: Texts, options: dict[str, Any]) -> forms.Field:
    told = f"{parameter.low} to {parameter.high}, with commas between them."
    if parameter.only:
        told = f"Out of {', '.join(parameter.only)}, with commas between them."
    if parameter.default:
        told += f" Left empty: {', '.join(parameter.default)}."
    return ListField(False, **options | {"help_text": told, "required": not parameter.default})


def _wholes(parameter: Wholes, options: dict[str, Any]) -> forms.Field:
    told = f"{parameter.least} to {parameter.most} whole numbers with commas between them, or nothing."
    return ListField(True, **options | {"help_text": told})


def _truth(parameter: Truth, options: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**options)


_FIELDS: dict[type[Parameter], Callable[[Any, dict[str, Any]], forms.Field]] = {
    Whole: _whole,
    Bounds: _bounds,
    Option: _option,
    Texts: _texts,
    Wholes: _wholes,
    Truth: _truth,
}


class ParameterForm(QuestionForm):
    """A question whose kind stands fixed and whose data are typed fields."""

    rules: Declared
    kind_name = ""
    data = None  # type: ignore[assignment]  # the inherited field gives way to one field per parameter

    class Meta(QuestionForm.Meta):
        fields = tuple(  # type: ignore[assignment]
            name for name in QuestionForm.Meta.fields if name != "data"
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].disabled = True
        self.initial["kind"] = self.kind_name
        for name, value in (self.instance.data or {}).items():
            self.initial[PREFIX + name] = value

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.data = self._typed_data()
        for fault in self.rules.validate(self.instance.data):
            name = PREFIX + fault.path
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, fault.message)
        return cleaned

    def _typed_data(self) -> dict[str, Any]:
        """What was filled in; the rest keeps its default."""
        values = {one.name: self.cleaned_data.get(PREFIX + one.name) for one in self.rules.parameters}
        return {name: value for name, value in values.items() if value not in (None, "", [], False)}

    def _update_errors(self, errors: ValidationError) -> None:
        """The model tells the faults of its data once more; here each stands at its field already."""
        errors.error_dict.pop("data", None)
        super()._update_errors(errors)  # type: ignore[misc]


def has_parameter_form(question: Question) -> bool:
    """Whether typed fields can hold all that the question's data say."""
    rules = KINDS.get(question.kind)
    if not isinstance(rules, Declared) or not isinstance(question.data, dict):
        return False
    return set(question.data) <= {one.name for one in rules.parameters}


def parameter_form(question: Question) -> type[ParameterForm]:
    """The form class of this question's kind, one for which `has_parameter_form` is true."""
    rules = KINDS[question.kind]
    assert isinstance(rules, Declared)
    fields = {PREFIX + one.name: _field(one) for one in rules.parameters}
    names = {"rules": rules, "kind_name": question.kind, "Meta": ParameterForm.Meta}
    made: type[ParameterForm] = new_class(
        "KindForm", (ParameterForm,), exec_body=lambda body: body.update({**names, **fields})
    )
    return made


def _field(parameter: Parameter) -> forms.Field:
    return _FIELDS[type(parameter)](parameter, {"label": parameter.label, "required": False})
