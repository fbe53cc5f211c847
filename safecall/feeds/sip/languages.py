"""The languages that a caller wants, from the session description (SDP): RFC 8373.

`hlang-send` and `hlang-recv` belong to one medium each and name languages in order of preference.
What comes out is a hint that the call taker confirms, never a match: no language stands for
another one here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import iso639

from safecall.vocabulary.languages import label

_MOST_LINES: Final = 2000
_MOST_TAGS: Final = 8
_LONGEST_TAG: Final = 35

# RFC 5646: language, up to three extended ones, script, region, and what is left out here.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<extended>(?:-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{1,8})*",
    re.IGNORECASE,
)
# The RFC's own examples name two languages that do not exist (errata 5374 and 5387); the other
# codes are ISO 639-1's that were withdrawn, which the registry of language tags still maps.
_ALIASES: Final = {"gr": "el", "sp": "es", "iw": "he", "in": "id", "ji": "yi", "mo": "ro"}
# Sign languages were once named by country (registry of language tags, "redundant").
_SIGN_BY_REGION: Final = {
    "BR": "bzs", "CO": "csn", "DE": "gsg", "DK": "dsl", "ES": "ssp", "FR": "fsl", "GB": "bfi",
    "GR": "gss", "IE": "isg", "IT": "ise", "JP": "jsl", "MX": "mfs", "NI": "ncs", "NL": "dse",
    "NO": "nsl", "PT": "psr", "SE": "swl", "US": "ase", "ZA": "sfs",
}  # fmt: skip
_NOT_A_LANGUAGE: Final = frozenset({"und", "mul", "zxx", "mis"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tags in order of preference, without repeats; `strange` counts those that are none.

    `even_without` is the trailing `*`: connect the call also where none of them is to be had.
    """

    tags: tuple[str, ...] = ()
    even_without: bool = False
    strange: int = 0


@lru_cache(maxsize=1)
def sign_languages() -> frozenset[str]:
    """ISO 639-3 codes of sign languages."""
    return frozenset(
        one.part3
        for one in iso639.ALL_LANGUAGES
        if "Sign Language" in one.name or one.name == "International Sign"
    )


@lru_cache(maxsize=1)
def _shortest() -> dict[str, str]:
    """Every code of a language -> the one that BCP 47 uses: two letters where there are two."""
    codes: dict[str, str] = {}
    for one in iso639.ALL_LANGUAGES:
        tag = one.part1 or one.part3
        codes.update({code: tag for code in (one.part1, one.part2b, one.part3) if code})
    return codes


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """The tag in its usual form (`som` -> `so`, `zh-cmn-hans` -> `cmn-Hans`); "" if it is none.

    Variants and extensions are left out. The language itself is never exchanged for a near one.
    """
    found = _TAG.fullmatch(tag) if len(tag) <= _LONGEST_TAG else None
    if found is None:
        return ""
    language, region = found["language"].lower(), (found["region"] or "").upper()
    if language == "sgn" and not found["extended"]:
        return _SIGN_BY_REGION.get(region, "")
    if found["extended"]:
        language = found["extended"].split("-")[1].lower()
    language = _shortest().get(_ALIASES.get(language, language), "")
    if not language or language in _NOT_A_LANGUAGE:
        return ""
    parts = [language, (found["script"] or "").title(), region]
    return "-".join(part for part in parts if part)


def wanted(sdp: str) -> Wanted:
    """What the caller wants. Signed languages come first: without one nothing else is understood.

    A spoken language on a video medium is only the view of the speaker (RFC 8373 section 5.2).
    """
    signed: list[str] = []
    spoken: dict[str, list[str]] = {"hlang-send": [], "hlang-recv": []}
    medium, strange, even_without = "", 0, False
    for line in sdp.splitlines()[:_MOST_LINES]:
        if line.startswith("m="):
            medium = line[2:].split(" ", 1)[0].lower()
        name, colon, value = line.removeprefix("a=").partition(":")
        if not (line.startswith("a=") and colon and name.lower() in spoken):
            continue
        for word in re.split(r"[\s,]+", value.strip())[: _MOST_TAGS + 1]:
            tag = canonical(word.rstrip("*"))
            even_without |= word.endswith("*")
            strange += bool(word.rstrip("*")) and not tag
            if tag.split("-")[0] in sign_languages():
                signed.append(tag)
            elif tag and medium != "video":
                spoken[name.lower()].append(tag)
    tags = unique([*signed, *spoken["hlang-send"], *spoken["hlang-recv"]])
    return Wanted(tags[:_MOST_TAGS], even_without, strange)


def name(tag: str) -> str:
    """The language's English name as the desk has it, else as the registry has it."""
    if label(tag) != tag:
        return label(tag)
    language = tag.partition("-")[0]
    found = next((o for o in iso639.ALL_LANGUAGES if language in (o.part1, o.part3)), None)
    return found.name.partition(" (")[0] if found else tag


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags without repeats, in their order."""
    return tuple(dict.fromkeys(tags))
