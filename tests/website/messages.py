"""The texts of the public pages, as the translation catalogues have to have them.

`python -m tests.website.messages` brings the catalogues up to date: new texts come in without a
translation, changed ones are marked fuzzy, old ones go. Then translate, and run the tests.
`python -m tests.website.messages vi lo` also begins catalogues for Vietnamese and Lao.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

import safecall
from safecall.vocabulary.written import BY_TAG, Written
from safecall.website.catalogues import path as path_of

ROOT: Final = Path(safecall.__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "safecall"
LOCALE: Final = PACKAGE / "locale"
#: What residents see. Staff pages are in English for now.
PUBLIC: Final = tuple(
    PACKAGE / room for room in ("website", "ui", "referrals", "accountability", "feedback")
)
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
    made = catalogue.creation_date
    catalogue.update(source())
    # A date that changes with every run would make two people's changes collide.
    catalogue.creation_date = made
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "safecall", ""
    catalogue.msgid_bugs_address = catalogue.language_team = catalogue.last_translator = ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)


def begin(language: Written) -> None:
    """An empty catalogue with its head, where there is none yet."""
    path = path_of(language)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"""# {language.english} of the public pages.
# Confirmed by: nobody yet.
msgid ""
msgstr ""
"Project-Id-Version: safecall \\n"
"Language: {language.folder}\\n"
"Plural-Forms: {language.plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    for tag in sys.argv[1:]:
        begin(BY_TAG[tag])
    for one in catalogues():
        update(one)
