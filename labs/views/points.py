"""Points of one's own for the playground: pasted, uploaded or drawn. They are kept in the address alone."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from engine.playground import Settings
from engine.playground.own import MOST_POINTS
from labs.playground.addresses import address, hidden, read
from labs.playground.bringing import Choice, as_table, brought, chosen, classes, is_plain
from labs.playground.sheets import MOST_BYTES, Sheet, SheetError, read_sheet

NO_TEXT = "The file is no UTF-8 text. Save the table as CSV (UTF-8) and choose it again."


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    given = request.GET.dict()
    settings, _ = read(given)
    if request.method != "POST":
        return _page(request, settings, as_table(settings))
    text = ""
    try:
        text = _text(request)
        sheet = read_sheet(text)
        choice = chosen(sheet, request.POST.dict())
        if "label" not in request.POST and not is_plain(sheet, choice):
            return _page(request, settings, text, sheet=sheet, choice=choice)
        if request.POST.get("label", str(choice.label)) != request.POST.get("of", str(choice.label)):
            return _page(request, settings, text, sheet=sheet, choice=choice)
        own = replace(settings, **brought(sheet, choice))
    except SheetError as fault:
        return _page(request, settings, text, faults=fault.told, status=422)
    return redirect(f"{reverse('labs:playground')}?{address(own, '', hidden(given))}")


def _text(request: HttpRequest) -> str:
    """The table that was sent: a file counts before the text. Raises SheetError."""
    upload = request.FILES.get("file")
    if upload is None:
        return request.POST.get("table", "")
    if (upload.size or 0) > MOST_BYTES:
        raise SheetError(f"The file has {upload.size:,} bytes; at most {MOST_BYTES:,} can be read.")
    try:
        return str(upload.read(), "utf-8")
    except UnicodeDecodeError:
        raise SheetError(NO_TEXT) from None


def _page(
    request: HttpRequest,
    settings: Settings,
    text: str,
    *,
    faults: tuple[str, ...] = (),
    sheet: Sheet | None = None,
    choice: Choice | None = None,
    status: int = 200,
) -> HttpResponse:
    shown: dict[str, Any] = {
        "table": text,
        "faults": faults,
        "query": address(settings, "", hidden(request.GET.dict())),
        "most": MOST_POINTS,
        "section": "lab",
    }
    if sheet and choice:
        shown |= _choices(sheet, choice)
    return render(request, "labs/playground/points.html", shown, status=status)


def _choices(sheet: Sheet, choice: Choice) -> dict[str, Any]:
    """Context of the choice of columns: (name, label, options), an option (value, text, is chosen)."""
    named = (("x", "Across", choice.across), ("y", "Up", choice.up), ("label", "Class", choice.label))
    return {
        "columns": [
            (name, said, [(place, head, place == at) for place, head in enumerate(sheet.heads)])
            for name, said, at in named
        ],
        "classes": [(name, name == choice.positive) for name in classes(sheet, choice.label)[:50]],
        "of": choice.label,
    }
