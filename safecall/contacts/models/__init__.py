"""The tables of contacts, one model a file."""

from safecall.contacts.models.agency import Agency, AnsweringPoint
from safecall.contacts.models.contact import Contact, NumberSeries
from safecall.contacts.models.draft import Draft
from safecall.contacts.models.history import HistoryEntry
from safecall.contacts.models.note import Note
from safecall.contacts.models.receipt import Receipt
from safecall.contacts.models.response import Assignment, Unit

__all__ = [
    "Agency",
    "AnsweringPoint",
    "Assignment",
    "Contact",
    "Draft",
    "HistoryEntry",
    "Note",
    "NumberSeries",
    "Receipt",
    "Unit",
]
