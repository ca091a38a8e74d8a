"""Networks as files: out of the lab, and into it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from labs.carrying import KINDS, CarryFault, carry_in, carry_out
from labs.forms import ImportForm, SourceField
from labs.origins import draft_of, weights_of
from labs.views.drafts import form_data, lab_page

NO_SUCH_KIND = "There is no file of this kind. Choose Keras text, JSON or weights."


@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The text that was sent, as a file. What cannot go out is told on the lab's page, with the text."""
    source, title = SourceField().to_python(request.POST.get("source", "")), request.POST.get("title", "")
    origin = request.POST.get("origin", "")
    try:
        if kind != "keras" and kind not in KINDS:
            raise CarryFault(NO_SUCH_KIND)
        carried = carry_out(kind, source, weights_of(origin, request.user))
    except CarryFault as fault:
        draft = draft_of(origin, request.user)
        data = form_data(title, source, origin)
        return lab_page(request, data, draft, status=422, problem=str(fault))
    headers = {"Content-Disposition": f'attachment; filename="{carried.name}"'}
    return HttpResponse(carried.content, content_type=carried.content_type, headers=headers)


@require_POST
def import_file(request: HttpRequest) -> HttpResponse:
    """A file's network in the editor; nothing is kept until the learner keeps it."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        [told, *_] = form.errors["file"]
        return lab_page(request, form_data("", ""), status=422, problem=str(told))
    upload = form.cleaned_data["file"]
    try:
        source = carry_in(upload.read())
    except CarryFault as fault:
        return lab_page(request, form_data("", ""), status=422, problem=str(fault))
    return lab_page(request, form_data(upload.name.rpartition(".")[0][:120], source))
