"""What learners did, to look at; nothing here is changed by hand."""

from typing import TYPE_CHECKING

from django.contrib import admin

from accounts.read_only import ReadOnly
from course.models import Act, Prediction, Progress

if TYPE_CHECKING:
    ActModelAdmin = admin.ModelAdmin[Act]
    ProgressModelAdmin = admin.ModelAdmin[Progress]
    PredictionModelAdmin = admin.ModelAdmin[Prediction]
else:
    ActModelAdmin = ProgressModelAdmin = PredictionModelAdmin = admin.ModelAdmin


@admin.register(Act)
class ActAdmin(ReadOnly, ActModelAdmin):
    list_display = ("learner", "lesson", "name", "done_at")
    list_filter = ("name", "lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title")
    date_hierarchy = "done_at"


@admin.register(Progress)
class ProgressAdmin(ReadOnly, ProgressModelAdmin):
    list_display = ("learner", "lesson", "opened_at", "updates_seen_at")
    list_filter = ("lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title")
    date_hierarchy = "opened_at"


@admin.register(Prediction)
class PredictionAdmin(ReadOnly, PredictionModelAdmin):
    list_display = ("learner", "lesson", "question", "choice", "sureness", "made_at")
    list_filter = ("sureness", "lesson__course", "lesson")
    list_select_related = ("learner", "lesson")
    search_fields = ("learner__username", "lesson__title", "question")
    date_hierarchy = "made_at"
