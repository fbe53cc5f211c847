"""Languages by BCP 47 tag, for the question "What language do you want to speak?".

The tags are spoken languages, so Hmong and Chinese are asked by variety and never guessed.
Endonyms of Hmong, Ojibwe and Karen are not confirmed by a speaker.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from safecall.vocabulary._table import rows

# RFC 5646 section 2.1, the parts that a caller's language can have: language, script, region.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


@dataclass(frozen=True, slots=True)
class Language:
    """One spoken or signed language; `direction` is that of its writing."""

    tag: str
    english: str
    endonym: str
    script: str
    direction: str
    aliases: tuple[str, ...]


BY_TAG: Final[dict[str, Language]] = {
    row["tag"]: Language(
        row["tag"],
        row["english"],
        row["endonym"],
        row["script"],
        row["direction"],
        tuple(row["aliases"].split()),
    )
    for row in rows("languages")
}

# Names for several languages, which texts may be in though no caller is asked for them: English
# name and endonym.
GROUPS: Final[dict[str, tuple[str, str]]] = {"hmn": ("Hmong", "Hmoob"), "zh": ("Chinese", "中文")}


def names(tag: str) -> tuple[str, str]:
    """English name and endonym of a language or a group; the tag itself where it is not known."""
    found = BY_TAG.get(tag)
    return (found.english, found.endonym) if found else GROUPS.get(tag, (tag, tag))


def is_tag(text: str) -> bool:
    """Whether the text has the form of a BCP 47 tag (RFC 5646), known here or not."""
    return bool(_TAG.fullmatch(text))


def label(tag: str) -> str:
    """English name, or the tag itself where the language is not in the list."""
    found = BY_TAG.get(tag)
    return found.english if found else tag


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search(typed: str) -> list[Language]:
    """Languages of which the English name, endonym, tag or an alias begins with what was typed."""
    wanted = _folded(typed.strip())
    if not wanted:
        return list(BY_TAG.values())
    return [
        language
        for language in BY_TAG.values()
        if any(
            word.startswith(wanted)
            for name in (language.english, language.endonym, language.tag, *language.aliases)
            for word in (_folded(name), *_folded(name).replace("(", " ").split())
        )
    ]
