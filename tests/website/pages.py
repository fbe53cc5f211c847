"""Which public pages there are, in which languages: for tests that hold for all of them."""

from typing import Final

from django.conf import settings

from safecall.vocabulary.written import BY_TAG
from safecall.website.urls import PAGES

LANGUAGES: Final = [code for code, _ in settings.LANGUAGES]
OTHERS: Final = [code for code in LANGUAGES if code != "en"]
#: What stands for the parts of an address.
_PARTS: Final = {"<spoken:spoken>": "ciw"}
#: Not a page: files, and pages that only a form leads to.
_NOT_PAGES: Final = (".pdf", "report/details")


def addresses() -> list[str]:
    """The address of each page below its language (`report`, `i-speak/ciw`)."""
    found = []
    for pattern, _, _ in PAGES:
        address = pattern
        for part, value in _PARTS.items():
            address = address.replace(part, value)
        if "<" not in address and not address.endswith(_NOT_PAGES):
            found.append(address)
    return found


def direction(lang: str) -> str:
    """How the language is written: `ltr` or `rtl`."""
    return BY_TAG[lang].direction
