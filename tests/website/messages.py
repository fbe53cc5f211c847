"""The texts of the public pages, as the translation catalogues have to have them.

`python -m tests.website.messages` brings the catalogues up to date: new texts come in without a
translation, changed ones are marked fuzzy, old ones go. Then translate, and run the tests.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

import safecall

ROOT: Final = Path(safecall.__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "safecall"
LOCALE: Final = PACKAGE / "locale"
#: What residents see. Staff pages are in English for now.
PUBLIC: Final = (PACKAGE / "website", PACKAGE / "ui")
STAFF_ONLY: Final = frozenset({"base_staff.html"})
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    """The catalogue of each language that pages are translated into."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def source() -> Catalog:
    """Every translatable text of the public pages, with where it stands."""
    found = Catalog(project="safecall")
    for path in _files():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # Django's own reading of its templates, as Python.
            text = template.templatize(text, origin=str(path))
        for line, message, comments, context in extract(
            "python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            place = (str(path.relative_to(ROOT)), line)
            found.add(message, locations=[place], auto_comments=comments, context=context)
    return found


def _files() -> list[Path]:
    return [
        path
        for folder in PUBLIC
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".html") and path.name not in STAFF_ONLY
    ]


def read(path: Path) -> Catalog:
    """The catalogue in this file."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def update(path: Path) -> None:
    """Bring the catalogue in this file up to date with the pages."""
    catalogue = read(path)
    catalogue.update(source())
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "safecall", ""
    catalogue.msgid_bugs_address = catalogue.language_team = catalogue.last_translator = ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    for one in catalogues():
        update(one)
