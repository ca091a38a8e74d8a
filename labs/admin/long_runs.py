"""Long runs of the playground in the admin: to look at, and to stop. The page of the queue lists them too."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from labs import long_runs
from labs.admin.rejudges import JudgesAdmin
from labs.models import LongRun


@admin.register(LongRun)
class LongRunAdmin(JudgesAdmin):
    list_display = ("reference", "learner", "status", "progress", "is_held", "created_at")
    list_filter = ("status", "created_at")
    list_select_related = ("learner",)
    search_fields = ("id", "learner__username")
    fields = ("learner", "status", "progress", "settings", "is_held", "lease_until", "fence", "created_at")
    actions = ("stop",)

    @admin.display(description="run", ordering="id")
    def reference(self, long_run: LongRun) -> str:
        return str(long_run.pk)[:8]

    @admin.display(description="epochs")
    def progress(self, long_run: LongRun) -> str:
        return f"{long_run.epoch:,} of {long_run.until:,}"

    @admin.display(description="settings")
    def settings(self, long_run: LongRun) -> SafeString:
        return format_html("<pre>{}</pre>", long_run.query.replace("&", "\n"))

    @admin.action(description="Stop them where they are", permissions=["view"])
    def stop(self, request: HttpRequest, runs: QuerySet[LongRun]) -> None:
        stopped = sum(long_runs.cancel(pk) for pk in runs.values_list("pk", flat=True))
        self.message_user(request, f"{stopped} stopped.")
        if left := runs.count() - stopped:
            self.message_user(request, f"{left} had ended already.", messages.WARNING)
