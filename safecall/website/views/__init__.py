"""The public pages. Nothing half-finished is stored: what was typed travels in the pages."""

from safecall.website.views.card import i_speak, i_speak_pdf
from safecall.website.views.receipts import receipt
from safecall.website.views.reports import details, home, report

__all__ = ["details", "home", "i_speak", "i_speak_pdf", "receipt", "report"]
