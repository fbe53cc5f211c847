"""Which languages may serve a caller: a fixed order of four steps, and never a "closest match".

1. the language itself;
2. its varieties, or the language of which it is one (ISO 639-3 macrolanguages, and our groups):
   the variety has to be confirmed with the caller;
3. the table of equivalents (`data/language_equivalents.csv`): only if the caller agrees;
4. a second language that the caller named.

Libraries' closest match gives Russian for Ukrainian, English for Somali and nothing for Hmong ->
White Hmong. Nothing here goes by likeness: a language that is not in these four steps is not
offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from iso639 import ALL_LANGUAGES, LanguageNotFoundError
from iso639 import Language as Registered

from safecall.vocabulary._table import rows
from safecall.vocabulary.languages import GROUPS

# Tags that the IANA registry replaced (RFC 5646, Preferred-Value).
_REPLACED: Final = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
_EXTLANG_LENGTH: Final = 3


class How(StrEnum):
    """By which step a language may serve."""

    EXACT = "exact"
    VARIETY = "variety"
    EQUIVALENT = "equivalent"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Match:
    """`offered` may serve a caller who wants `wanted`.

    `to_confirm`: the variety is to be confirmed with the caller. `needs_consent`: it is another
    language, and the caller is asked whether it will do.
    """

    wanted: str
    offered: str
    how: How
    to_confirm: bool = False
    needs_consent: bool = False


def matches(wanted: str, offered: Iterable[str], second: Sequence[str] = ()) -> list[Match]:
    """The offered tags that may serve, the best first; each once, all others left out.

    `wanted` is the tag as stated; `second` are other languages that the caller named, in order.
    """
    tags = list(dict.fromkeys(offered))
    found = [one for tag in tags if (one := _match(wanted, tag))]
    for named in second:
        for tag in tags:
            one = _match(named, tag)
            if one and not one.needs_consent:
                found.append(Match(named, tag, How.SECOND, one.to_confirm))
    order = list(How)
    found.sort(key=lambda one: order.index(one.how))
    best: dict[str, Match] = {}
    for one in found:
        best.setdefault(one.offered, one)
    return list(best.values())


def best(wanted: str, offered: Iterable[str], second: Sequence[str] = ()) -> Match | None:
    """The first of `matches`; None where none of the offered languages may serve."""
    return next(iter(matches(wanted, offered, second)), None)


def _match(wanted: str, offered: str) -> Match | None:
    want, have = spoken(wanted), spoken(offered)
    if want == have:
        regions = {_region(wanted), _region(offered)} - {""}
        if len(regions) > 1:
            return Match(wanted, offered, How.VARIETY, to_confirm=True)
        return Match(wanted, offered, How.EXACT)
    if want in wider(have) or have in wider(want):
        return Match(wanted, offered, How.VARIETY, to_confirm=True)
    if have in equivalents(want):
        return Match(wanted, offered, How.EQUIVALENT, needs_consent=True)
    return None


@cache
def spoken(tag: str) -> str:
    """The spoken language of a tag in its shortest code: script and region are left away.

    `spa`, `ES` and `es-Latn-MX` give `es`; `zh-yue` gives `yue`; `chi` gives `zh`. A code that the
    registry does not have stays as it is.
    """
    parts = tag.strip().lower().replace("_", "-").split("-")
    code = parts[0]
    if len(parts) > 1 and len(parts[1]) == _EXTLANG_LENGTH and parts[1].isalpha():
        code = parts[1]
    code = _REPLACED.get(code, code)
    known = _registered(code)
    return (known.part1 or known.part3) if known else code


def _region(tag: str) -> str:
    parts = tag.strip().upper().replace("_", "-").split("-")[1:]
    regions = [one for one in parts if len(one) == 2 or (len(one) == 3 and one.isdigit())]
    return regions[0] if regions else ""


@cache
def wider(code: str) -> frozenset[str]:
    """The macrolanguage and the groups that a spoken language belongs to."""
    known = _registered(code)
    found = {spoken(known.macrolanguage)} if known and known.macrolanguage else set()
    found |= {tag for tag, group in GROUPS.items() if code in map(spoken, group.members)}
    return frozenset(found)


@cache
def varieties(code: str) -> frozenset[str]:
    """The members of a macrolanguage or group, as spoken languages; empty for any other."""
    group = GROUPS.get(code)
    return frozenset(spoken(tag) for tag in group.members if group) if group else _members(code)


def _members(code: str) -> frozenset[str]:
    known = _registered(code)
    if known is None:
        return frozenset()
    return frozenset(
        one.part1 or one.part3
        for one in ALL_LANGUAGES
        if one.macrolanguage == known.part3 and one.status == "A"
    )


@cache
def equivalents(code: str) -> frozenset[str]:
    """What the reviewed table names for this language; it holds in both directions."""
    return frozenset(other for pair in _pairs() for one, other in (pair, pair[::-1]) if one == code)


def _pairs() -> Iterator[tuple[str, str]]:
    for row in rows("language_equivalents"):
        yield spoken(row["one"]), spoken(row["other"])


def _registered(code: str) -> Registered | None:
    """The registry's entry of a code, never of a name: `Language.match` would also take names."""
    for find in (
        Registered.from_part3,
        Registered.from_part1,
        Registered.from_part2b,
    ):
        try:
            return find(code)
        except LanguageNotFoundError:
            continue
    return None
