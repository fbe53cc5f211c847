"""Every act of arranging an interpreter: the one door that pages, feeds, API and import all use.

Each act checks, then does, then records in the contact's history (`Act.INTERPRET`), in one
transaction. All of them can be repeated: the second time changes nothing.
"""

from safecall.interpreting.actions.answering import (
    Answer,
    accept,
    decline,
    lost,
    supervisor_seen,
)
from safecall.interpreting.actions.keeping import (
    InterpreterData,
    SkillData,
    VendorData,
    keep_interpreter,
    keep_vendor,
    set_availability,
)
from safecall.interpreting.actions.lines import vendor_answered, vendor_dialled, vendor_failed
from safecall.interpreting.actions.pushing import browser_of, drop_push, keep_push
from safecall.interpreting.actions.requesting import (
    Need,
    change_language,
    consent,
    needs_interpreter,
    request_if_needed,
    request_interpreter,
)
from safecall.interpreting.actions.speaking import cancel, end, first_word

__all__ = [
    "Answer",
    "InterpreterData",
    "Need",
    "SkillData",
    "VendorData",
    "accept",
    "browser_of",
    "cancel",
    "change_language",
    "consent",
    "decline",
    "drop_push",
    "end",
    "first_word",
    "keep_interpreter",
    "keep_push",
    "keep_vendor",
    "lost",
    "needs_interpreter",
    "request_if_needed",
    "request_interpreter",
    "set_availability",
    "supervisor_seen",
    "vendor_answered",
    "vendor_dialled",
    "vendor_failed",
]
