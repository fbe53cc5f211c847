"""How a report stands, and adding to it, for whoever has its code."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from safecall.contacts import counted, receipts
from safecall.contacts.actions import ActRefused, InvalidField
from safecall.contacts.models import Contact
from safecall.contacts.workflow import State
from safecall.guard import GuardUnavailable
from safecall.ledger.prove import NoProof
from safecall.website import reporting
from safecall.website.emergency import is_emergency
from safecall.website.forms import CodeForm, NoteForm
from safecall.website.pages import Page, public, show
from safecall.website.standing import stages
from safecall.website.throttle import NOTES, WRONG_CODES
from safecall.website.views.emergency import call_911


@public("receipt")
def receipt(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask for the code; with a code, show how the report stands or add to it."""
    if request.method != "POST":
        return show(request, page, "receipt", form=CodeForm())
    if "keep" in request.POST:
        form = CodeForm(initial={"code": request.POST.get("code", "")})
        return show(request, page, "receipt", form=form)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return show(request, page, "receipt", 422, form=form)
    contact, status = _find(request, form)
    if contact is None:
        return show(request, page, "receipt", status, form=form)
    return _asked(request, page, contact)


def _asked(request: HttpRequest, page: Page, contact: Contact) -> HttpResponse:
    """What the button that was pressed asks for."""
    if "proof" in request.POST:
        return _proof(request, page, contact)
    if "add" in request.POST and "look" not in request.POST:
        return _add(request, page, contact)
    note = NoteForm(initial={name: request.POST.get(name, "") for name in ("code", "note")})
    return _standing(request, page, contact, note)


def _find(request: HttpRequest, form: CodeForm) -> tuple[Contact | None, int]:
    """The report of the code, or None with the form's error and the status of the answer."""
    if WRONG_CODES.reached(request):
        form.add_error("code", _("Too many wrong codes. Please wait an hour, or call us."))
        return None, 429
    contact = receipts.find(form.cleaned_data["code"])
    if contact is None:
        WRONG_CODES.count(request)
        form.add_error("code", _("We cannot find this code. Please check each letter and number."))
    return contact, 422


def _add(request: HttpRequest, page: Page, contact: Contact) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _standing(request, page, contact, form, 422)
    text = form.cleaned_data["note"]
    if "not_emergency" not in request.POST and is_emergency(text):
        return call_911(request, page)
    if NOTES.reached(request):
        form.add_error(None, _("Many notes came from your connection. Please wait an hour."))
        return _standing(request, page, contact, form, 429)
    try:
        removed = reporting.add(contact, text)
    except GuardUnavailable:
        form.add_error(None, _("This could not be saved right now. Please try again soon."))
        return _standing(request, page, contact, form, 503)
    except (ActRefused, InvalidField):
        form.add_error("note", _("This could not be added. Please call us instead."))
        return _standing(request, page, contact, form, 422)
    NOTES.count(request)
    empty = NoteForm(initial={"code": form.cleaned_data["code"]})
    return _standing(request, page, contact, empty, added=True, removed=removed)


def _proof(request: HttpRequest, page: Page, contact: Contact) -> HttpResponse:
    """The proof that this contact is counted, as a file; only for whoever asks for it."""
    note = NoteForm(initial={"code": request.POST.get("code", "")})
    try:
        text = counted.proof(contact)
    except NoProof:
        why = _("There is no proof yet, or no longer. A report is in the ledger after some days.")
        return _standing(request, page, contact, note, no_proof=why)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="proof.tlog-proof"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _standing(
    request: HttpRequest,
    page: Page,
    contact: Contact,
    form: NoteForm,
    status: int = 200,
    *,
    added: bool = False,
    removed: bool = False,
    no_proof: str = "",
) -> HttpResponse:
    return show(
        request,
        page,
        "standing",
        status,
        form=form,
        number=contact.number,
        stages=stages(contact),
        closed=contact.state == State.CLOSED.value,
        added=added,
        removed=removed,
        no_proof=no_proof,
        switch="look",
    )
