"""The page that stands between an emergency word and everything else."""

from django.http import HttpRequest, HttpResponse

from safecall.website.pages import Page, show

#: Fields whose words can be read aloud to 911.
_SAID = ("story", "note", "words")


def call_911(request: HttpRequest, page: Page) -> HttpResponse:
    """Call 911 first; all that was typed is on the page, and goes on from there."""
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("not_emergency", "again")
    ]
    said = next((request.POST[name] for name in _SAID if request.POST.get(name)), "")
    return show(request, page, "emergency", typed=typed, said=said, switch="again")
