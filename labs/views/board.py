"""A challenge's board: networks that learners chose to show, and the form to show one's own."""

from random import SystemRandom

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from labs.board import board as board_of
from labs.forms import BoardForm
from labs.models import BoardEntry, Challenge, Submission, Verdict
from labs.showing import PseudonymFault, hide, may_see, show
from labs.standing import earlier_submissions


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), slug=slug)
    if challenge.board == Challenge.Board.OFF:
        raise Http404
    if request.method == "POST":
        return _change(request, challenge)
    return _page(request, challenge, _form(request, challenge))


@login_required
def _change(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    assert isinstance(request.user, User)
    if "hide" in request.POST:
        hide(request.user, challenge)
        return redirect("labs:board", challenge.slug)
    form = BoardForm(request.POST, networks=_passed(request, challenge))
    if form.is_valid():
        own = Submission.objects.for_learner(request.user).select_related("challenge", "learner")
        try:
            show(own.get(pk=form.submission_key), form.cleaned_data["pseudonym"], SystemRandom())
            return redirect("labs:board", challenge.slug)
        except PseudonymFault as fault:
            form.add_error("pseudonym", str(fault))
    return _page(request, challenge, form, status=422)


def _form(request: HttpRequest, challenge: Challenge) -> BoardForm:
    """The form with what stands on the board now, or the network that the address names."""
    entry = BoardEntry.objects.for_learner(request.user).filter(challenge=challenge).first()
    first = {"submission": request.GET.get("show", ""), "pseudonym": entry.pseudonym if entry else ""}
    if entry is not None and not first["submission"]:
        first["submission"] = str(entry.submission_id)
    return BoardForm(initial=first, networks=_passed(request, challenge))


def _passed(request: HttpRequest, challenge: Challenge) -> list[tuple[str, str]]:
    """One's own passed networks: key and name."""
    own = earlier_submissions(challenge, request.user)
    return [(str(one.submission.pk), one.told) for one in own if one.submission.verdict == Verdict.PASSED]


def _page(request: HttpRequest, challenge: Challenge, form: BoardForm, *, status: int = 200) -> HttpResponse:
    entries = BoardEntry.objects.filter(challenge=challenge).shown()
    own = BoardEntry.objects.for_learner(request.user).filter(challenge=challenge).first()
    sees = may_see(challenge, request.user)
    context = {
        "section": "challenges",
        "challenge": challenge,
        "form": form,
        "own": own,
        "sees": sees,
        "board": board_of(entries, own, request.GET.get("sort", "")) if sees else None,
    }
    return render(request, "labs/board.html", context, status=status)
