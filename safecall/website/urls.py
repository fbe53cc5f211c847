"""Addresses of the public pages: each as it is (the browser's language decides) and below a
language, so that a switch is a plain link and needs no cookie."""

from django.urls import URLPattern, path, register_converter

from safecall.website import views
from safecall.website.languages import LanguageConverter

app_name = "website"
register_converter(LanguageConverter, "language")

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("report", views.report, name="report"),
    path("report/details", views.details, name="details"),
    path("receipt", views.receipt, name="receipt"),
    path("i-speak", views.i_speak, name="i-speak"),
    path("i-speak.pdf", views.i_speak_pdf, name="i-speak-pdf"),
    path("ledger/check", views.check, name="check"),
    path("ledger/<path:name>", views.ledger_file, name="ledger_file"),
    path("<language:lang>/", views.home, name="home"),
    path("<language:lang>/report", views.report, name="report"),
    path("<language:lang>/report/details", views.details, name="details"),
    path("<language:lang>/receipt", views.receipt, name="receipt"),
    path("<language:lang>/i-speak", views.i_speak, name="i-speak"),
    path("<language:lang>/i-speak.pdf", views.i_speak_pdf, name="i-speak-pdf"),
    path("<language:lang>/ledger/check", views.check, name="check"),
]
