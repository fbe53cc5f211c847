"""The public pages. Nothing half-finished is stored: what was typed travels in the pages."""

from safecall.website.views.accountability import (
    accountability,
    accountability_file,
    accountability_period,
    open_data,
    open_data_file,
)
from safecall.website.views.answers import feedback
from safecall.website.views.card import i_speak, i_speak_pdf, spoken
from safecall.website.views.complaints import complaint, complaint_standing
from safecall.website.views.help import help_page, help_service, referral
from safecall.website.views.ledger import check, ledger_file
from safecall.website.views.paper import leaflet_pdf, poster_pdf
from safecall.website.views.policy import policy, translate
from safecall.website.views.receipts import receipt
from safecall.website.views.reports import details, home, report

__all__ = [
    "accountability",
    "accountability_file",
    "accountability_period",
    "check",
    "complaint",
    "complaint_standing",
    "details",
    "feedback",
    "help_page",
    "help_service",
    "home",
    "i_speak",
    "i_speak_pdf",
    "leaflet_pdf",
    "ledger_file",
    "open_data",
    "open_data_file",
    "policy",
    "poster_pdf",
    "receipt",
    "referral",
    "report",
    "spoken",
    "translate",
]
