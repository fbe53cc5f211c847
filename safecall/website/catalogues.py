"""The translation catalogues: which are there, complete, and confirmed by a speaker.

A language is offered when its catalogue is complete; set-up compiles no other. The head of each
catalogue says who confirmed it, in a line `# Confirmed by: ...` ("nobody yet" until then). Without
Django, because the settings ask which languages there are.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from safecall.vocabulary.written import BY_TAG, Written

LOCALE: Final = Path(__file__).resolve().parents[1] / "locale"
NOBODY: Final = "nobody yet"
_CONFIRMED: Final = re.compile(r"^# Confirmed by: (.+?)\.?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class State:
    """How far a catalogue is: how many texts, how many of them are not translated or unsure."""

    language: Written
    texts: int
    missing: int
    unsure: int
    confirmed_by: str

    @property
    def complete(self) -> bool:
        """Whether every text has its translation."""
        return not self.missing and not self.unsure


def path(language: Written) -> Path:
    """Where the catalogue of this language is, or would be."""
    return LOCALE / language.folder / "LC_MESSAGES" / "django.po"


def compiled(language: Written) -> bool:
    """Whether the catalogue was complete when set-up compiled it."""
    return path(language).with_suffix(".mo").exists()


def offered() -> list[tuple[str, str]]:
    """Tag and own name of each language that pages come in; English first."""
    return [(one.tag, one.endonym) for one in BY_TAG.values() if one.tag == "en" or compiled(one)]


@cache
def confirmed_by(tag: str) -> str:
    """Who confirmed the translation into this language; "" while nobody has."""
    source = path(BY_TAG[tag])
    return _confirmed(source.read_text(encoding="utf-8")) if source.exists() else ""


def _confirmed(text: str) -> str:
    found = _CONFIRMED.search(text)
    return "" if found is None or found[1] == NOBODY else found[1]


def state(language: Written) -> State | None:
    """How far the catalogue of this language is; None where there is none.

    Raises `babel.messages.pofile.PoFileError` where it cannot be read.
    """
    source = path(language)
    if not source.exists():
        return None
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    texts = [message for message in catalogue if message.id]
    missing = sum(
        not all(one.string) if isinstance(one.string, (tuple, list)) else not one.string
        for one in texts
    )
    unsure = sum(one.fuzzy for one in texts)
    return State(
        language, len(texts), missing, unsure, _confirmed(source.read_text(encoding="utf-8"))
    )


def compile_one(language: Written) -> bool:
    """Compile the catalogue if it is complete; otherwise take its compiled form away, so that no
    page is half in another language. Returns whether the language can be offered."""
    found = state(language)
    target = path(language).with_suffix(".mo")
    if found is None or not found.complete:
        target.unlink(missing_ok=True)
        return False
    with path(language).open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return True
