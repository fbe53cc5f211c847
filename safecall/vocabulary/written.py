"""Written languages that public pages can come in; spoken ones are `vocabulary/languages.py`.

A written language is not what a person wants to speak: Chinese signs are read by speakers of
Mandarin and of Cantonese. `spoken` names the languages whose speakers read it, the likeliest first.
Tags are BCP 47 in small letters, as they stand in addresses; what a browser may ask for instead is
`also`. Plural rules are those of GNU gettext's manual, and of CLDR where that has none.
"""

from dataclasses import dataclass
from typing import Final

from safecall.vocabulary._table import rows


@dataclass(frozen=True, slots=True)
class Written:
    """One written language; `plurals` is the header that its catalogue must have."""

    tag: str
    english: str
    endonym: str
    script: str
    direction: str
    spoken: tuple[str, ...]
    also: tuple[str, ...]
    plurals: str

    @property
    def folder(self) -> str:
        """The folder of its catalogue, as gettext names it: `zh_Hans`."""
        language, _, script = self.tag.partition("-")
        return f"{language}_{script.title()}" if script else language


def _written(row: dict[str, str]) -> Written:
    plain = {name: row[name] for name in Written.__slots__ if name not in {"spoken", "also"}}
    return Written(**plain, spoken=tuple(row["spoken"].split()), also=tuple(row["also"].split()))


BY_TAG: Final[dict[str, Written]] = {row["tag"]: _written(row) for row in rows("written")}


def tag_for(wish: str, among: frozenset[str]) -> str | None:
    """The tag of `among` that serves what a browser wishes for (`es-MX`), or None.

    The tag itself, then what stands in `also`, then the same with its last part dropped. A script
    is never exchanged for another: `zh-TW` is not served by simplified signs.
    """
    parts = wish.lower().replace("_", "-").split("-")
    while parts:
        tag = "-".join(parts)
        for one in BY_TAG.values():
            if tag == one.tag or tag in one.also:
                return one.tag if one.tag in among else None
        parts.pop()
    return None


def suggested(page: str) -> str:
    """What a reader of this page most likely speaks; "" for English, which says nothing, and
    where speakers of several languages read the same writing."""
    one = BY_TAG.get(page)
    return one.spoken[0] if one and page != "en" and len(one.spoken) == 1 else ""
