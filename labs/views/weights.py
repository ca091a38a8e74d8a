"""A draft's weights: drawn, typed, pasted, loaded or forgotten; run on an input; carried out as files."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

import engine
from labs.forms import SeedForm
from labs.holding import MOST_BYTES, WeightFault, as_csv, as_npz, checked, drawn, fits, loaded, pasted, places
from labs.models import Draft
from labs.tracing import input_shape, presets, traced
from labs.weights import as_given, given_weights, weight_tables

UNREADABLE = "First mend the draft's text: weights belong to a network that can be read."
NO_FILE = "Choose a file first: NumPy (.npz) or JSON."


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, pk: UUID) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    spec = engine.read(draft.source).spec
    if request.method != "POST":
        return _page(request, draft, spec)
    try:
        if spec is None:
            raise WeightFault(UNREADABLE)
        draft.weights = _changed(request, draft, spec)
    except WeightFault as fault:
        return _page(request, draft, spec, fault=str(fault), status=422)
    draft.save(update_fields=["weights", "updated_at"])
    return redirect("labs:weights", draft.pk)


@require_safe
def weights_file(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """`weights.npz`, or one array as `<number>.csv`, counted from 1."""
    draft = get_object_or_404(Draft.objects.for_learner(request.user), pk=pk)
    spec = engine.read(draft.source).spec
    if spec is None:
        raise Http404
    try:
        arrays = _arrays(draft, spec)
    except WeightFault as fault:
        raise Http404 from fault
    number, _, kind = name.partition(".")
    if name == "weights.npz":
        content, content_type = as_npz(arrays), "application/octet-stream"
    elif kind == "csv" and number.isdecimal() and len(number) < 5 and 0 < int(number) <= len(arrays):
        content, content_type = as_csv(arrays[int(number) - 1]).encode(), "text/csv; charset=utf-8"
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _changed(request: HttpRequest, draft: Draft, spec: engine.Spec) -> list[Any] | None:
    """The draft's weights after the button that was pressed. Raises WeightFault."""
    sent = request.POST
    if "forget" in sent:
        return None
    if "draw" in sent:
        form = SeedForm(sent)
        if not form.is_valid():
            raise WeightFault(str(form.errors["seed"][0]))
        return drawn(spec, form.cleaned_data["seed"])
    if "load" in sent:
        upload = request.FILES.get("file")
        if upload is None:
            raise WeightFault(NO_FILE)
        return loaded(spec, upload.read(MOST_BYTES + 1))
    if "paste" in sent:
        which = sent.get("array", "")
        number = int(which) if which.isdecimal() and len(which) < 5 else -1
        return pasted(spec, _arrays(draft, spec), number, sent.get("matrix", ""))
    tables = weight_tables(spec, given_weights(sent))
    if tables is None or tables.arrays is None:
        raise WeightFault(tables.fault if tables else "This network has too many weights to type them.")
    return checked(spec, tables.arrays)


def _arrays(draft: Draft, spec: engine.Spec) -> list[Any]:
    """What the draft keeps where it fits, else what seed 0 draws. Raises WeightFault."""
    kept: list[Any] | None = draft.weights
    return kept if kept is not None and fits(spec, kept) else drawn(spec, 0)


def _page(
    request: HttpRequest, draft: Draft, spec: engine.Spec | None, *, fault: str = "", status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = {
        "section": "lab",
        "draft": draft,
        "fault": fault,
        "is_readable": spec is not None,
    }
    if spec is not None:
        try:
            shown |= _of_network(request, draft, spec)
        except WeightFault as problem:
            shown["problem"] = str(problem)
    return render(request, "labs/weights.html", shown, status=status)


def _of_network(request: HttpRequest, draft: Draft, spec: engine.Spec) -> dict[str, Any]:
    arrays = _arrays(draft, spec)
    given = given_weights(request.POST) or as_given(arrays)
    shape, typed = input_shape(spec), request.GET.get("x", "")
    shown: dict[str, Any] = {
        "is_kept": fits(spec, draft.weights),
        "tables": weight_tables(spec, given),
        "places": list(enumerate(places(spec))),
        "shape": "×".join(map(str, shape)) if shape else "",
        "presets": presets(shape) if shape else [],
        "x": typed,
    }
    if typed:
        try:
            shown["layers"] = traced(spec, arrays, typed)
        except WeightFault as fault:
            shown["run_fault"] = str(fault)
    return shown
