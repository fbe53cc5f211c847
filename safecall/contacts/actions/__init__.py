"""Every act on a contact: the one door that pages, API, command line and import all use.

Each act checks, then does, then records (a history entry and a ledger row) in one transaction.
"""

from safecall.contacts.actions.base import (
    Actor,
    ActRefused,
    InvalidField,
    VersionConflict,
)
from safecall.contacts.actions.changing import UNSET, Changed, Changes, change
from safecall.contacts.actions.drafts import drop_draft, load_draft, save_draft
from safecall.contacts.actions.notes import NoteAdded, add_note
from safecall.contacts.actions.opening import (
    Concern,
    ContactOpening,
    Opened,
    Place,
    open_contact,
)
from safecall.contacts.actions.response import assign_unit, set_unit_status
from safecall.contacts.actions.steps import answer, close, reopen, transfer

__all__ = [
    "UNSET",
    "ActRefused",
    "Actor",
    "Changed",
    "Changes",
    "Concern",
    "ContactOpening",
    "InvalidField",
    "NoteAdded",
    "Opened",
    "Place",
    "VersionConflict",
    "add_note",
    "answer",
    "assign_unit",
    "change",
    "close",
    "drop_draft",
    "load_draft",
    "open_contact",
    "reopen",
    "save_draft",
    "set_unit_status",
    "transfer",
]
