"""The free editor: write any network, read what it says, keep it as a draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import pending
from accounts.models import User
from labs import services
from labs.builder import STARTERS, EditFault, builder_page, edited_form
from labs.forms import DraftForm
from labs.models import Draft, content_hash
from labs.understanding import mended
from labs.views.bench import bench

PENDING = "lab"
TOO_MANY = (
    f"You keep {services.DRAFT_LIMIT} drafts, which is as many as fit. Your text is kept here: delete a "
    "draft that you no longer need, then keep this one."
)


@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, None)
    kept = pending.take(request, PENDING) if request.user.is_authenticated else None
    _, _, starter = STARTERS.get(request.GET.get("starter", ""), STARTERS["animals"])
    return _page(request, kept or _form_data("", starter))


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    if "delete" in request.POST:
        found.delete()
        return redirect("labs:lab")
    if request.method == "POST":
        return _keep(request, found)
    return _page(request, _form_data(found.title, found.source), found)


def _keep(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, request.POST, draft, status=422)
    title = form.cleaned_data["title"]
    source = form.cleaned_data["source"]
    is_fresh = request.POST.get("seen") == content_hash(source)
    try:
        source = edited_form(request.POST.dict(), source, is_fresh=is_fresh)
    except EditFault as fault:
        return _page(request, request.POST, draft, status=422, fault=str(fault))
    if "edit" in request.POST:
        return _page(request, _form_data(request.POST.get("title", ""), source), draft)
    if "mend" in request.POST:
        source = mended(source, request.POST["mend"])
        return _page(request, _form_data(request.POST.get("title", ""), source), draft)
    if "read" in request.POST:
        return _page(request, _form_data(request.POST.get("title", ""), source), draft)
    if not isinstance(request.user, User):
        pending.keep(request, PENDING, _form_data(request.POST.get("title", ""), source))
        return pending.to_sign_in(request.path)
    try:
        return redirect(services.keep_draft(request.user, draft, title, source))
    except services.TooManyDrafts:
        return _page(request, request.POST, draft, status=422, problem=TOO_MANY)


def _page(
    request: HttpRequest,
    data: QueryDict,
    draft: Draft | None = None,
    *,
    status: int = 200,
    problem: str = "",
    fault: str = "",
) -> HttpResponse:
    shown = bench(DraftForm(data), action=request.path, shows_lines=request.method == "POST")
    context = {
        **shown,
        **builder_page(str(data.get("source", ""))),
        "seen": content_hash(str(data.get("source", ""))),
        "starters": STARTERS,
        "edit_fault": fault,
        "section": "lab",
        "draft": draft,
        "drafts": Draft.objects.for_learner(request.user).defer("source"),
        "problem": problem,
    }
    return render(request, "labs/lab.html", context, status=status)


def _form_data(title: str, source: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data["title"], data["source"] = title, source
    return data
