"""Rows that keep their history, in the admin: an address that names no row is told so, like any other."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin


class HistoryAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """As django-simple-history has it; where an id can be none, the page is not found."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._read(unquote(object_id))
        view: HttpResponse = super().history_view(request, object_id, extra_context)
        return view

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._read(object_id, version_id)
        view: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return view

    def _read(self, *ids: str) -> None:
        """Raises Http404 where one of them is not even a number."""
        try:
            for one in ids:
                self.model._meta.pk.to_python(one)
        except ValidationError:
            raise Http404 from None
