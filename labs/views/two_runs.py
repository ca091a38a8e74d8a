"""Two runs of the playground from one start, side by side: by plain forms, or by the browser in pieces."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from engine.playground import Pair, Settings
from labs.playground.comparison import compared
from labs.playground.pairs import comparison_form, read_pair, write_pair
from labs.playground.travel import MOST_PAIR_STATE, StateError, chunk_steps, opened_pair, packed_pair
from labs.views.playground import MANY_EPOCHS, MOST_CHUNKS

NEWEST = 10**9


@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: HttpRequest) -> HttpResponse:
    setups, faults = read_pair(request.GET.dict())
    pair, strange = _trained(request, setups)
    shown = {
        **comparison_form(setups),
        **compared(pair, _epoch_asked_for(request)),
        "faults": (*faults, *strange),
        "query": write_pair(setups),
        "section": "lab",
        "state": packed_pair(pair),
        "many": MANY_EPOCHS,
    }
    return render(request, "labs/playground/comparison.html", shown, status=422 if strange else 200)


def _trained(request: HttpRequest, setups: tuple[Settings, Settings]) -> tuple[Pair, tuple[str, ...]]:
    """Both after the button that was pressed; at their start, with the reason, if they cannot go on."""
    go = request.POST.get("go", "")
    try:
        state = "" if go == "reset" else request.POST.get("state", "")[: MOST_PAIR_STATE + 1]
        pair = opened_pair(setups, state)
    except StateError as fault:
        return opened_pair(setups, ""), (str(fault),)
    if go == "step":
        pair.step()
    epochs = {"epoch": 1, "many": MANY_EPOCHS}.get(go, 0)
    pair.train(MOST_CHUNKS * chunk_steps(setups[0]), pair.epoch + epochs)
    return pair, ()


def _epoch_asked_for(request: HttpRequest) -> int:
    """The epoch to look at: the newest, unless the button that shows another was pressed."""
    asked = request.POST.get("shown", "")[:9]
    is_asked = request.POST.get("go") == "show" and asked.isascii() and asked.isdigit()
    return int(asked) if is_asked else NEWEST
