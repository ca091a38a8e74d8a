"""Edits that differ from their files: what the difference is, and which side stays."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from course.content import ContentError
from course.content.settle import differences, keep_mine, take_file
from course.models import ContentRecord

if TYPE_CHECKING:
    RecordModelAdmin = admin.ModelAdmin[ContentRecord]
    OpenFilterBase = admin.SimpleListFilter
else:
    RecordModelAdmin, OpenFilterBase = admin.ModelAdmin, admin.SimpleListFilter


class OpenFilter(OpenFilterBase):
    title = "to settle"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Edit and file differ"), ("no", "Nothing open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("yes", "no"):
            return queryset.filter(offered__isnull=self.value() == "no")
        return queryset


@admin.register(ContentRecord)
class ContentRecordAdmin(RecordModelAdmin):
    list_display = ("key", "kind", "is_open")
    list_filter = (OpenFilter, "kind")
    search_fields = ("key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ContentRecord | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The difference between a row and its file, and the two ways to settle it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            return HttpResponse(status=403)
        if request.method == "POST":
            return self._settle(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": str(record),
            "opts": self.opts,
            "record": record,
            "differences": differences(record),
            "can_settle": self.has_change_permission(request, record),
        }
        return render(request, "admin/course/contentrecord/difference.html", context)

    def _settle(self, request: HttpRequest, record: ContentRecord) -> HttpResponse:
        if not self.has_change_permission(request, record):
            return HttpResponse(status=403)
        if record.offered is not None:
            try:
                self._choose(request, record)
            except ContentError as error:
                self.message_user(request, f"The file cannot be taken: {error}", messages.ERROR)
        return redirect(request.path)

    @transaction.atomic
    def _choose(self, request: HttpRequest, record: ContentRecord) -> None:
        if "take" in request.POST:
            take_file(record)
            said = "The file's version was taken."
        else:
            keep_mine(record)
            said = "The edit stays."
        self.log_change(request, record, said)
        self.message_user(request, said, messages.SUCCESS)

    @admin.display(description="edit and file differ", boolean=True)
    def is_open(self, record: ContentRecord) -> bool:
        return record.offered is not None
