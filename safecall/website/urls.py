"""Addresses of the public pages: each as it is (the browser's language decides) and below a
language, so that a switch is a plain link and needs no cookie."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter

from safecall.website import views
from safecall.website.languages import LanguageConverter, SpokenConverter
from safecall.website.periods import PeriodConverter

app_name = "website"
register_converter(LanguageConverter, "language")
register_converter(SpokenConverter, "spoken")
register_converter(PeriodConverter, "period")

#: Address -> page and name; each exists in every language.
PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("", views.home, "home"),
    ("report", views.report, "report"),
    ("report/details", views.details, "details"),
    ("receipt", views.receipt, "receipt"),
    ("feedback", views.feedback, "feedback"),
    ("complaint", views.complaint, "complaint"),
    ("complaint/standing", views.complaint_standing, "complaint-standing"),
    ("i-speak", views.i_speak, "i-speak"),
    ("i-speak.pdf", views.i_speak_pdf, "i-speak-pdf"),
    ("i-speak/<spoken:spoken>", views.spoken, "spoken"),
    ("help", views.help_page, "help"),
    ("help/<uuid:service>", views.help_service, "help-service"),
    ("referral", views.referral, "referral"),
    ("ledger/check", views.check, "check"),
    ("accountability", views.accountability, "accountability"),
    ("accountability/data", views.open_data, "open-data"),
    ("accountability/<period:period>", views.accountability_period, "accountability-period"),
    (
        "accountability/<period:period>/statement.<slug:ending>",
        views.accountability_file,
        "accountability-file",
    ),
    ("policy", views.policy, "policy"),
    ("leaflet.pdf", views.leaflet_pdf, "leaflet-pdf"),
    ("poster.pdf", views.poster_pdf, "poster-pdf"),
    ("help/translate", views.translate, "translate"),
]
urlpatterns: list[URLPattern] = [
    *(path(address, view, name=name) for address, view, name in PAGES),
    path("ledger/<path:name>", views.ledger_file, name="ledger_file"),
    path("accountability/data/<path:name>", views.open_data_file, name="open-data-file"),
    # Where data portals look for it.
    path("data.json", views.open_data_file, {"name": "data.json"}, name="data-json"),
    *(path(f"<language:lang>/{address}", view, name=name) for address, view, name in PAGES),
]
