"""The acts of feedback. Each checks, does and records, in one transaction."""

from safecall.feedback.actions.answering import Given, give_answers, mark_seen, once_of
from safecall.feedback.actions.complaining import Complained, add_words, complain, find
from safecall.feedback.actions.settling import look_at, reopen, settle

__all__ = [
    "Complained",
    "Given",
    "add_words",
    "complain",
    "find",
    "give_answers",
    "look_at",
    "mark_seen",
    "once_of",
    "reopen",
    "settle",
]
