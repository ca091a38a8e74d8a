"""The free editor: write any network, read what it says, keep it as a draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import pending
from accounts.models import User
from labs import services
from labs.forms import DraftForm
from labs.models import Draft
from labs.understanding import mended
from labs.views.bench import bench

PENDING = "lab"
STARTER = """\
from keras.models import Sequential
from keras.layers import Dense

model = Sequential([
    Dense(units=6, input_shape=(8,), activation='relu'),
    Dense(units=4, activation='softmax'),
])
"""
TOO_MANY = (
    f"You keep {services.DRAFT_LIMIT} drafts, which is as many as fit. Your text is kept here: delete a "
    "draft that you no longer need, then keep this one."
)


@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, None)
    kept = pending.take(request, PENDING) if request.user.is_authenticated else None
    return _page(request, kept or _form_data("", STARTER))


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
    title, source = form.cleaned_data["title"], form.cleaned_data["source"]
    if "mend" in request.POST:
        source = mended(source, request.POST["mend"])
        return _page(request, _form_data(request.POST.get("title", ""), source), draft)
    if "read" in request.POST:
        return _page(request, request.POST, draft)
    if not isinstance(request.user, User):
        pending.keep(request, PENDING, request.POST)
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
) -> HttpResponse:
    action = request.path
    context = {
        **bench(DraftForm(data), action=action, shows_lines=request.method == "POST"),
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
