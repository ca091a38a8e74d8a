"""Boards in the admin: names to look at, and to take off where they cannot stay."""

from django.contrib import admin

from labs.admin.submissions import ReadOnlyAdmin
from labs.models import BoardEntry


@admin.register(BoardEntry)
class BoardEntryAdmin(ReadOnlyAdmin):
    list_display = ("pseudonym", "challenge", "accuracy", "parameters", "epochs", "shown_at")
    list_filter = ("challenge",)
    list_select_related = ("challenge",)
    search_fields = ("pseudonym",)
    fields = ("pseudonym", "challenge", "submission", "accuracy", "parameters", "epochs", "shown_at")
