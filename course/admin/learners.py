"""What learners did, to look at; nothing here is changed by hand."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from course.models import Act, Prediction, Progress

if TYPE_CHECKING:
    ActModelAdmin = admin.ModelAdmin[Act]
    ProgressModelAdmin = admin.ModelAdmin[Progress]
    PredictionModelAdmin = admin.ModelAdmin[Prediction]
else:
    ActModelAdmin = ProgressModelAdmin = PredictionModelAdmin = admin.ModelAdmin


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Act)
class ActAdmin(_ReadOnly, ActModelAdmin):
    list_display = ("learner", "lesson", "name", "done_at")
    list_filter = ("name", "lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title")
    date_hierarchy = "done_at"


@admin.register(Progress)
class ProgressAdmin(_ReadOnly, ProgressModelAdmin):
    list_display = ("learner", "lesson", "opened_at", "updates_seen_at")
    list_filter = ("lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title")
    date_hierarchy = "opened_at"


@admin.register(Prediction)
class PredictionAdmin(_ReadOnly, PredictionModelAdmin):
    list_display = ("learner", "lesson", "question", "choice", "sureness", "made_at")
    list_filter = ("sureness", "lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title", "question")
    date_hierarchy = "made_at"
