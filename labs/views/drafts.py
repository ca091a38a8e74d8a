"""The free editor: write any network, read what it says, keep it as a draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import pending
from accounts.models import User
from labs import services
from labs.builder import STARTERS, EditFault, builder_page, edited_form
from labs.forms import DraftForm
from labs.models import Draft, content_hash
from labs.origins import given_origin, weights_of
from labs.understanding import mended
from labs.views.bench import bench, read_only
from labs.views.opening import Opened, opened

PENDING = "lab"
ELSEWHERE = "Another tab has saved this draft meanwhile. Save keeps what stands here."
TOO_MANY = (
    f"You keep {services.DRAFT_LIMIT} drafts, which is as many as fit. Your text is kept here: delete a "
    "draft that you no longer need, then keep this one."
)


@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, None)
    kept = pending.take(request, PENDING) if request.user.is_authenticated else None
    return lab_page(request, kept or _first_form(opened(request)), is_first=kept is None)


@require_safe
def shared(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody's draft that was shared: to read, and to go on from with a copy of one's own."""
    found = get_object_or_404(Draft, shared_as=key)
    return render(request, "labs/shared.html", {"section": "lab", "draft": found, **read_only(found.source)})


@require_POST
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    services.share(found, is_shared="stop" not in request.POST)
    return redirect(f"{found.get_absolute_url()}#share")


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    if "delete" in request.POST:
        found.delete()
        return redirect("labs:lab")
    if request.method == "POST":
        return _keep(request, found)
    return lab_page(request, form_data(found.title, found.source), found)


def _keep(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return lab_page(request, request.POST, draft, status=422)
    title, source = form.cleaned_data["title"], form.cleaned_data["source"]
    origin = form.cleaned_data["origin"] or given_origin(request.POST, source)
    is_fresh = request.POST.get("seen") == content_hash(source)
    if draft is not None and "autosave" in request.POST:
        return _saved(request, draft, title, source)
    try:
        source = edited_form(request.POST.dict(), source, is_fresh=is_fresh)
    except EditFault as fault:
        return lab_page(request, request.POST, draft, status=422, fault=str(fault))
    if "mend" in request.POST:
        source = mended(source, request.POST["mend"])
    typed = form_data(request.POST.get("title", ""), source, origin)
    if request.POST.keys() & {"edit", "mend", "read"}:
        return lab_page(request, typed, draft)
    if not isinstance(request.user, User):
        pending.keep(request, PENDING, typed)
        return pending.to_sign_in(request.path)
    try:
        weights = weights_of(origin, request.user)
        return redirect(services.keep_draft(request.user, draft, title, source, weights))
    except services.TooManyDrafts:
        return lab_page(request, request.POST, draft, status=422, problem=TOO_MANY)


def _saved(request: HttpRequest, draft: Draft, title: str, source: str) -> HttpResponse:
    """A draft that saves itself, unless another tab saved another text since this one looked."""
    if request.POST.get("saved") != content_hash(draft.source):
        return JsonResponse({"told": ELSEWHERE}, status=409)
    services.keep_draft(draft.learner, draft, title, source)
    return JsonResponse({"saved": content_hash(source)})


def lab_page(
    request: HttpRequest,
    data: QueryDict,
    draft: Draft | None = None,
    *,
    status: int = 200,
    problem: str = "",
    fault: str = "",
    is_first: bool = False,
) -> HttpResponse:
    if draft is not None:
        data = form_data(str(data.get("title", "")), str(data.get("source", "")), f"draft:{draft.pk}")
    shown = bench(DraftForm(data), action=_action(draft), shows_lines=request.method == "POST")
    weights = weights_of(str(data.get("origin", "")), request.user)
    context = {
        **shown,
        **builder_page(str(data.get("source", ""))),
        "seen": content_hash(str(data.get("source", ""))),
        "starters": STARTERS,
        "edit_fault": fault,
        "is_first": is_first,
        "section": "lab",
        "draft": draft,
        "brings_weights": weights is not None,
        "versions": draft.versions.defer("source", "weights") if draft else [],
        "drafts": Draft.objects.for_learner(request.user).defer("source", "weights"),
        "problem": problem,
    }
    return render(request, "labs/lab.html", context, status=status)


def _action(draft: Draft | None) -> str:
    return draft.get_absolute_url() if draft else reverse("labs:lab")


def form_data(title: str, source: str, origin: str = "") -> QueryDict:
    data = QueryDict(mutable=True)
    data["title"], data["source"], data["origin"] = title, source, origin
    return data


def _first_form(opened: Opened) -> QueryDict:
    return form_data(opened.title, opened.source, opened.origin)
