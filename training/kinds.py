"""The kinds of words: taken from the rules' lists of persons, countries, verbs and so on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from safecall.guard.fold import fold_word
from safecall.guard.kinds import RULES_DIR

#: For each language and each of its lists the kind of its words; the first that has a word counts.
_KINDS = {
    "en": {
        "contr": "he is", "pron": "he", "pron_all": "he", "be": "be", "have": "have",
        "country": "country", "foreign_city": "country", "demonym": "people",
        "demonym_people": "people", "person": "person", "name": "name", "poss": "his", "say": "say",
        "crossed": "cross", "visa_class": "class", "us_state": "state", "det": "the",
        "adv": "even", "number": "number", "aux": "aux",
    },
    "es": {
        "ser": "be", "ser1": "be", "tener": "have", "pais": "country", "ciudad_fuera": "country",
        "gent": "people", "gent_persona": "people", "persona": "person", "t_nombre": "name",
        "decir": "say", "cruzar": "cross", "preguntar": "ask", "venir": "come", "vivir": "live",
        "estar": "estar", "obtener": "get", "det": "the", "pos": "his", "pron": "he",
        "quien": "person", "adv": "even", "num": "number",
    },
}  # fmt: skip
_PLAIN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LIST = re.compile(r"\{(\w+)\}")
#: The shortest beginning that stands for words of a kind.
_BEGINNING = 5


def kinds(words: Iterable[str]) -> dict[str, str]:
    """The kind of each of these words and signs, and of all that the lists hold; "" for none."""
    whole, begun = _listed()
    out = dict(whole)
    for word in words:
        if word not in out:
            some = (kind for begin, kind in begun.items() if word.startswith(begin))
            out[word] = next(some, "")
    return out


@cache
def _listed() -> tuple[dict[str, str], dict[str, str]]:
    """Whole words and beginnings of words, each with its kind."""
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for kind in dict.fromkeys(kind for some in _KINDS.values() for kind in some.values()):
        for lang, some in _KINDS.items():
            for name, one in some.items():
                if one == kind:
                    for word in _words(lang, name, frozenset()):
                        into = begun if word.endswith("*") else whole
                        if not word.endswith("*") or len(word) > _BEGINNING:
                            into.setdefault(word.rstrip("*"), kind)
    return whole, begun


def _words(lang: str, name: str, above: frozenset[str]) -> Iterable[str]:
    """The single words of a list, and of the lists that it names."""
    for entry in _lists(lang).get(name, []):
        inner = _LIST.fullmatch(entry)
        if inner and inner[1] not in above:
            yield from _words(lang, inner[1], above | {name})
        elif _PLAIN.fullmatch(entry.rstrip("*")):
            yield fold_word(entry.rstrip("*")) + "*" * entry.endswith("*")


@cache
def _lists(lang: str) -> dict[str, list[str]]:
    shared = tomllib.loads((RULES_DIR / "lists.toml").read_text(encoding="utf-8"))["list"]
    own = tomllib.loads((RULES_DIR / lang / "lists.toml").read_text(encoding="utf-8"))["list"]
    return {**shared, **own}
