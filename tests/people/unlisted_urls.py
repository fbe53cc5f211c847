"""An address that nobody listed in the table, as a forgetful developer would leave it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def forgotten(request: HttpRequest) -> HttpResponse:
    """Would show everything to anyone."""
    return HttpResponse("everything")


urlpatterns = [
    path("forgotten", forgotten, name="forgotten"),
    path("nameless", forgotten),
    path("", include("safecall.config.urls")),
]
