"""Languages by BCP 47 tag, for the question "What language do you want to speak?".

The tags are spoken (or signed) languages, so Hmong and Chinese are asked by variety and never
guessed. Codes: ISO 639-2/B and the interpreter attributes of NENA-STA-021.1b (EIDO). Endonyms are
those of Unicode CLDR, which speakers vet, except where `endonym_from` is empty: those no speaker
has confirmed. Which language may serve for which is `vocabulary/matching.py`.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from safecall.vocabulary._table import rows

# RFC 5646 section 2.1, the parts that a caller's language can have: language, script, region.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

#: Languages of Minnesota have tier 1 or 2, English 0; the others are asked for elsewhere.
LOCAL_TIER: Final = 2


@dataclass(frozen=True, slots=True)
class Language:
    """One spoken or signed language; `direction` is that of its writing.

    `ui` is the tag of its written pages (empty: it has no writing), `iso639_2` the bibliographic
    code, `eido` the resource attribute of its interpreters (empty: the registry has none).
    """

    tag: str
    english: str
    endonym: str
    script: str
    direction: str
    aliases: tuple[str, ...]
    tier: int
    ui: str
    iso639_2: str
    eido: str
    endonym_from: str

    @property
    def endonym_confirmed(self) -> bool:
        """Whether speakers have vetted the endonym."""
        return bool(self.endonym_from)


@dataclass(frozen=True, slots=True)
class Group:
    """Several languages under one name; `ask` is what the call taker asks next.

    A contact may be in a group's tag while the variety is not known; `members` are tags.
    """

    tag: str
    english: str
    endonym: str
    ask: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def tier(self) -> int:
        """That of its most local member."""
        return min(BY_TAG[tag].tier for tag in self.members)


def _language(row: dict[str, str]) -> Language:
    plain = {name: row[name] for name in Language.__slots__ if name not in {"aliases", "tier"}}
    return Language(**plain, aliases=tuple(row["aliases"].split()), tier=int(row["tier"]))


def _group(row: dict[str, str]) -> Group:
    return Group(**{**row, "members": tuple(row["members"].split())})  # type: ignore[arg-type]


BY_TAG: Final[dict[str, Language]] = {row["tag"]: _language(row) for row in rows("languages")}
GROUPS: Final[dict[str, Group]] = {row["tag"]: _group(row) for row in rows("language_groups")}


def find(tag: str) -> Language | Group | None:
    """The language or group with this tag."""
    return BY_TAG.get(tag) or GROUPS.get(tag)


def names(tag: str) -> tuple[str, str]:
    """English name and endonym of a language or a group; the tag itself where it is not known."""
    found = find(tag)
    return (found.english, found.endonym) if found else (tag, tag)


def is_tag(text: str) -> bool:
    """Whether the text has the form of a BCP 47 tag (RFC 5646), known here or not."""
    return bool(_TAG.fullmatch(text))


def label(tag: str) -> str:
    """English name, with what the tag says beyond it: "Spanish (MX)".

    The tag itself where the language is not in the list.
    """
    if found := find(tag):
        return found.english
    language, _, rest = tag.partition("-")
    found = find(language)
    return f"{found.english} ({rest})" if found else tag


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s()/'ʼ’-]+", _folded(text))


#: What can be chosen at the desk: a group before its members, so that a variety is not guessed.
CHOICES: Final[list[Language | Group]] = [*GROUPS.values(), *BY_TAG.values()]


def _candidates(one: Language | Group, kind: int) -> Iterator[str]:
    """Two keys that may stand for a language, the best kind first; aliases of two are wishes."""
    english, *further = _words(one.english)
    if kind == 0:
        yield from (alias for alias in one.aliases if len(alias) == 2)
    elif kind == 1:
        yield english[:2]
    elif kind == 2:
        yield one.tag
        yield from (word[:2] for word in further)
    elif kind == 3:
        yield from (word[:2] for word in (*_words(one.endonym), *one.aliases))
    else:
        yield from (english[0] + later for later in english[2:] + one.tag)


def _assign_keys() -> dict[str, str]:
    """Local languages choose first; a language that has keys leaves the worse kinds to others."""
    keys: dict[str, str] = {}
    has: set[str] = set()
    choosing = sorted(CHOICES, key=lambda one: one.tier)
    for kind, one in ((kind, one) for kind in range(5) for one in choosing):
        for typed in _candidates(one, kind):
            late = kind > 2 and one.tag in has
            if len(typed) == 2 and typed.isascii() and typed not in keys and not late:
                keys[typed] = one.tag
                has.add(one.tag)
    return keys


#: Two keys -> the language or group that they find first; each has at least one such pair.
KEYS: Final[dict[str, str]] = _assign_keys()


def keys_of(tag: str) -> list[str]:
    """The pairs of keys that find this language first, the most natural one first."""
    return [typed for typed, found in KEYS.items() if found == tag]


def search(typed: str) -> list[Language | Group]:
    """Languages and groups found by what was typed, the likeliest first; all for nothing typed.

    Looks at English names, endonyms, tags and aliases (also misspellings). Two keys that stand for
    a language find it first.
    """
    wanted = _folded(typed.strip())
    if not wanted:
        return list(CHOICES)
    first = KEYS.get(wanted)
    found = [(_rank(one, wanted), one) for one in CHOICES]
    ranked = [(0 if one.tag == first else rank, one) for rank, one in found if rank]
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _rank(one: Language | Group, wanted: str) -> int:
    """1 begins with what was typed, 2 a word of it does, 0 not found (or found by its keys)."""
    full = [_folded(name) for name in (one.english, one.endonym)]
    if one.tag == wanted or KEYS.get(wanted) == one.tag or any(n.startswith(wanted) for n in full):
        return 1
    words = [*_words(one.english), *_words(one.endonym), *map(_folded, one.aliases)]
    parts = wanted.split()
    return 2 if all(any(word.startswith(part) for word in words) for part in parts) else 0


def near(typed: str) -> list[Language | Group]:
    """Languages whose names are like what was typed: to ask "did you mean", never to choose."""
    by_word: dict[str, Language | Group] = {}
    for one in CHOICES:
        for word in (*_words(one.english), *_words(one.endonym), *one.aliases):
            by_word.setdefault(word, one)
    close = difflib.get_close_matches(_folded(typed.strip()), by_word, n=3, cutoff=0.7)
    return list(dict.fromkeys(by_word[word] for word in close))
