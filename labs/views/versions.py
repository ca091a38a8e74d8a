"""Named versions of a draft: keep one, compare it with the draft, go back to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from labs import services
from labs.changes import changed_weights
from labs.forms import VersionForm
from labs.models import Draft
from labs.versions import difference
from labs.views.drafts import form_data, lab_page

TOO_MANY = (
    f"This draft has {services.VERSION_LIMIT} versions, which is as many as fit. Delete one that you no "
    "longer need, then name this one."
)


@require_POST
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the draft as it is kept now."""
    draft = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    form = VersionForm(request.POST)
    problem = ""
    if form.is_valid():
        try:
            services.keep_version(draft, form.cleaned_data["name"], timezone.now())
            return redirect(f"{draft.get_absolute_url()}#versions")
        except services.TooManyVersions:
            problem = TOO_MANY
    else:
        problem = str(form.errors["name"][0])
    return lab_page(request, form_data(draft.title, draft.source), draft, status=422, problem=problem)


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    """What changed since a version; POST goes back to it, or deletes it."""
    draft = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    found = get_object_or_404(draft.versions, pk=version)
    if "delete" in request.POST:
        found.delete()
        return redirect(f"{draft.get_absolute_url()}#versions")
    if request.method == "POST":
        services.go_back(draft, found)
        return redirect(draft)
    context = {
        "section": "lab",
        "draft": draft,
        "version": found,
        "difference": difference(found.source, draft.source),
        "changes": changed_weights(found.source, found.weights, draft.source, draft.weights),
    }
    return render(request, "labs/version.html", context)
