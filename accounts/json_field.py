"""JSON that somebody types: read like Django's, and refused where no database can keep it."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

TOO_LONG = "This JSON cannot be read: a number in it has thousands of digits, or it is nested too deeply."
NOT_FINITE = "Infinity, NaN and numbers beyond 1e308 cannot be kept. Write a number that is smaller."
NO_TEXT = "A text in it holds a character that no database can keep. Leave out \\u0000 and half surrogates."


class JSONField(forms.JSONField):
    """For `formfield_overrides`: says why a text cannot be kept instead of letting the database fail."""

    def to_python(self, value: Any) -> Any:
        try:
            found = super().to_python(value)
            written = json.dumps(found, allow_nan=False, ensure_ascii=False)
        except RecursionError:
            raise ValidationError(TOO_LONG, code="invalid") from None
        except ValueError as error:
            said = NOT_FINITE if "JSON compliant" in str(error) else TOO_LONG
            raise ValidationError(said, code="invalid") from None
        if "\\u0000" in written or any("\ud800" <= letter <= "\udfff" for letter in written):
            raise ValidationError(NO_TEXT, code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            self.to_python(data)
        except ValidationError:
            return initial if self.disabled else InvalidJSONInput(data)  # shown as it was typed
        return super().bound_data(data, initial)
