"""What both ways share: names, ids and the small differences between our words and HSDS's."""

from typing import Final
from uuid import UUID, uuid5

#: Ids of rows that have none of their own here follow from the row that they belong to.
NAMES: Final = UUID("0c8a4d0e-6a52-4a3f-9d7a-9a6a2f6b1c55")
TAXONOMY: Final = "safecall"
NEED: Final = "need"
KIND: Final = "kind"
ONWARD: Final = "onward"
TAKES_EVERYONE: Final = "takes-everyone"
RANK: Final = "rank"
TERMS: Final = {
    NEED: "What people need that this service helps with (the value is a code).",
    KIND: "What kind of service it is (the value is a code).",
    ONWARD: "Where it refers people whom it cannot help (the value is the id of that service; "
    "the order is that of the attributes).",
    TAKES_EVERYONE: "It answers everyone, so that a chain of referrals may end here.",
    RANK: "Its place in the list; lower is sooner.",
}
#: Our days and HSDS's (RFC 5545).
DAYS: Final = dict(
    zip(
        ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
        ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        strict=True,
    )
)
CLOSED: Final = "Closed for now"
ANY_HOUR: Final = "Open at all hours"
LOCAL: Final = "Local time in {zone}; no offset is given, because it changes with the season."
INTERPRETER: Final = "Interpreters are arranged"
TAG_NOTE: Final = "BCP 47: "


def derived(owner: UUID, what: str) -> str:
    """The id of a row that has none of its own."""
    return str(uuid5(NAMES, f"{owner} {what}"))


def term_id(code: str) -> str:
    """The id of a term of our taxonomy."""
    return str(uuid5(NAMES, f"term {code}"))
