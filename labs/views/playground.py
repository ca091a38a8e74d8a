"""The training playground: set up by address, trained by plain forms, or by the browser in pieces."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from engine.playground import Run, Settings
from labs.long_runs import most_epochs
from labs.playground.addresses import address, edited, hidden, read
from labs.playground.board import board, looks
from labs.playground.form import setup
from labs.playground.travel import MOST_STATE, StateError, chunk_steps, opened, packed

MANY_EPOCHS = 50
MOST_CHUNKS = 20
"""How many chunks a press of a button may take."""


@require_http_methods(["GET", "HEAD", "POST"])
def playground(request: HttpRequest) -> HttpResponse:
    settings, faults = read(request.GET.dict())
    hide = hidden(request.GET.dict())
    if edit := request.GET.get("edit", "")[:8]:
        query = address(edited(settings, edit), "", hide)
        return redirect(f"{reverse('labs:playground')}?{query}#layers")
    run, strange = _trained(request, settings)
    look = request.GET.get("look", "")
    drawn = board(run, look)
    shown = {
        **setup(settings, (*faults, *strange), hide),
        **drawn,
        **looks(run, look),
        "query": address(settings, "" if drawn["plane"].is_output else look, hide),
        "section": "lab",
        "state": packed(run),
        "many": _many(run),
        "longest": most_epochs(run),
    }
    return render(request, "labs/playground/page.html", shown, status=422 if strange else 200)


def _many(run: Run) -> int:
    """As many epochs as a press may take."""
    return max(1, min(MANY_EPOCHS, MOST_CHUNKS * chunk_steps(run.settings) // run.steps_per_epoch))


def _trained(request: HttpRequest, settings: Settings) -> tuple[Run, tuple[str, ...]]:
    """The run after the button that was pressed; at its start, with the reason, if it cannot go on."""
    go = request.POST.get("go", "")
    try:
        run = opened(settings, "" if go == "reset" else request.POST.get("state", "")[: MOST_STATE + 1])
    except StateError as fault:
        return opened(settings, ""), (str(fault),)
    steps = {
        "step": 1,
        "epoch": run.steps_until(run.epoch + 1),
        "many": run.steps_until(run.epoch + _many(run)),
    }
    run.train(min(steps.get(go, 0), MOST_CHUNKS * chunk_steps(settings)))
    return run, ()
