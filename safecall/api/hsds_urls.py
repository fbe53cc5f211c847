"""The directory of services, at the addresses of the HSDS 3.0 API."""

from django.urls import path

from safecall.api import hsds

app_name = "hsds"
urlpatterns = [
    path("", hsds.about, name="about"),
    path("services", hsds.services, name="services"),
    path("services/<uuid:service_id>", hsds.service, name="service"),
]
