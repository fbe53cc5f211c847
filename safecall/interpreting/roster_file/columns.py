"""The columns of a roster's file, and a file to start from."""

import csv
import io
from typing import Final

# Column -> what stands in it.
COLUMNS: Final[dict[str, str]] = {
    "what": "staff, roster or vendor",
    "code": "your own short code; the same code again: a further language of the same one",
    "name": "by which the desk knows them",
    "language": "an English name or a tag (so, mww); vendors: several with blanks, or *",
    "level": "ILR such as 2+, ACTFL such as advanced-mid, or empty",
    "tested_on": "the day of the test, 2026-01-31",
    "certificate": "fcice, state_court, chi, cmi, nic, cdi or empty",
    "certified_until": "2027-01-31, or empty",
    "by": "telephone, video, in_person, text; several with blanks",
    "hours": "Mo-Fr 08:00-17:00; Sa 09:00-12:00, or always, or never",
    "telephone": "of an interpreter",
    "email": "of an interpreter, for offers",
    "webhook": "https address for offers, or empty",
    "works_for": "an interpreter's employer, or empty",
    "gender": "woman or man, only where the interpreter says so",
    "user": "the user name with which they sign in, or empty",
    "dial": "vendors: what is dialled, +18005550100,,1",
    "account_secret": "vendors: the NAME of the secret with the account code",
    "price": "vendors: dollars a minute, 0.95",
    "rank": "vendors: 1 is dialled first",
    "active": "yes or no; empty is yes",
}
REQUIRED: Final = ("what", "code", "name", "language")
EXAMPLES: Final = (
    {
        "what": "staff",
        "code": "es-1",
        "name": "Example One (invented)",
        "language": "Spanish",
        "level": "3",
        "tested_on": "2026-01-31",
        "by": "telephone in_person",
        "hours": "Mo-Fr 08:00-16:00",
    },
    {
        "what": "roster",
        "code": "so-1",
        "name": "Example Two (invented)",
        "language": "so",
        "level": "advanced-mid",
        "tested_on": "2025-11-02",
        "certificate": "state_court",
        "certified_until": "2027-12-31",
        "by": "telephone video",
        "hours": "always",
        "telephone": "(218) 555-0123",
        "email": "two@example.org",
    },
    {
        "what": "vendor",
        "code": "line-1",
        "name": "Invented Language Line",
        "language": "*",
        "by": "telephone",
        "hours": "always",
        "dial": "+18005550100,,1",
        "account_secret": "LINE_1_ACCOUNT",
        "price": "0.95",
        "rank": "1",
    },
)


def template() -> str:
    """A file to start from: the heading and three invented lines."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(EXAMPLES)
    return out.getvalue()
