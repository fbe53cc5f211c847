"""The root of all addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("safecall.website.urls")),
    path("desk/", include("safecall.desk.urls")),
    path("interpreter/", include("safecall.desk.interpreter_urls")),
    path("accounts/", include("safecall.people.urls")),
    path("api/", include("safecall.api.urls")),
    path("hsds/", include("safecall.api.hsds_urls")),
]
