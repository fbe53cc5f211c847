"""The records clerk's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safecall.contacts import selectors
from safecall.contacts.workflow import State
from safecall.desk import showing
from safecall.vocabulary import dispositions


@require_http_methods(["GET", "HEAD", "POST"])
def records(request: HttpRequest) -> HttpResponse:
    """Closed contacts: those of late, and any by its number.

    The number is posted, so it stands in no address.
    """
    typed = request.POST.get("number", "").strip()
    message = ""
    if request.method == "POST":
        found = selectors.by_number(typed)
        if found is not None and found.state == State.CLOSED.value:
            return redirect("desk:contact", found.pk)
        message = (
            _("This contact is still open. Records are found when it is closed.")
            if found
            else _("No contact has this number. Write it as year-number, such as 2026-000123.")
        )
    closed = [
        {
            "contact": one,
            "what": showing.type_label(one.incident_type),
            "how": dispositions.label(one.disposition),
        }
        for one in selectors.closed_lately()
    ]
    context = {"typed": typed, "message": message, "closed": closed}
    return render(request, "desk/records.html", context, status=404 if message else 200)
