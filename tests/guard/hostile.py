"""Texts made to break a filter: what each repeats, and how long it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_BRACKETS: Final = "([{<\u00ab\u201c"
_SCRIPTS: Final = {
    "latin": "undocumented", "cyrillic": "\u043d\u0435\u043b\u0435\u0433\u0430\u043b",
    "look_alikes": "\u0430\u0435\u043e\u0440\u0441", "greek": "\u03b1\u03bf\u03c1\u03c7",
    "armenian": "\u0585\u057d\u0578\u0581", "arabic": "\u0645\u0647\u0627\u062c\u0631",
    "hebrew": "\u05de\u05d4\u05d2\u05e8", "devanagari": "\u0928\u093e\u0917\u0930\u093f\u0915",
    "ethiopic": "\u1235\u12f0\u1270\u129b", "georgian": "\u10db\u10d8\u10d2\u10e0",
    "hangul": "\ubd88\ubc95\uccb4\ub958", "thai": "\u0e1a\u0e31\u0e15\u0e23",
    "burmese": "\u1019\u103c\u1014\u103a", "khmer": "\u1781\u17d2\u1798\u17c2\u179a",
    "lao": "\u0e9a\u0eb1\u0e94\u0e82\u0ebd\u0ea7", "kana": "\u3073\u3056\u30d3\u30b6",
    "han": "\u975e\u6cd5\u79fb\u6c11", "han_rare": "\u4e00\u4e01\u4e02",
}  # fmt: skip

#: What is repeated, by name.
UNITS: Final[dict[str, str]] = {
    "a": "a", "letter_digit": "A0", "spaces": " ", "mixed_spaces": " \t\u00a0\u3000",
    "entity": "&#1", "entities": "&#117;", "entity_names": "&amp;amp;", "ampersands": "&",
    "surrogates": "\ud800", "surrogates_low_first": "\udc00\ud800",
    "bidi": "\u202e\u202d\u2066\u2069", "zero_width": "\u200b\u200d\ufeff\u2060",
    "soft_hyphen": "u\u00ad", "newlines": "\n", "returns": "\r\n", "zeros": "\0",
    "marks": "\u0301\u0327", "zalgo": "u\u0301\u0327\u0489", "ligatures": "\ufb01\u00df\ufdfa",
    "matches": "he is undocumented. ", "matches_dense": "undocumented ",
    "matches_two": "is an illegal alien, was born in mexico, has no papers; ",
    "abbreviations": "a.m. at ",
    "authority": "called ICE and la migra. ", "questions": "are you a citizen? ",
    "numbers": "A012345678 ", "number_starts": "A0123 ", "digits": "7", "digit_words": "123 ",
    "receipts": "eac-", "removed": "[removed]", "removed_spaced": "[removed] ",
    "removed_nested": "[remo[removed]ved]", "removed_matches": "he is [removed] undocumented ",
    "apostrophes": "l'", "apostrophe_words": "l'immigr\u00e9 d'", "only_apostrophes": "'",
    "apostrophe_word": "n'a", "hyphens": "u-", "only_hyphens": "-", "hyphen_words": "un-docu-",
    "hyphen_spaces": "a- ", "hyphen_gaps": "a-" + " " * 50, "hyphen_lines": "undocu-\n",
    "dots": "u.", "dots_spaced": "u. ", "only_dots": ".", "spaced": "u n d o c u m e n t e d ",
    "letters": "a b ", "letters_cut": "i a m ", "letters_gap": "u   ", "stars": "u*",
    "underscores": "u_", "only_underscores": "_", "at": "@", "dollar": "a$", "at_words": "p@pers ",
    "leet": "und0cum3nted ", "leet_ones": "i1l1e1g1a1l1", "camel": "immigrationStatus",
    "camel_short": "aA", "variants": "undocumentde ", "prefixes": "immig", "negations": "not ",
    "gaps": "has no ", "born": "born in ", "he": "he is ", "status": "status: ",
    "jamo": "\u1107\u116e\u11af", "jamo_lead": "\u1107", "jamo_tail": "\u11a8",
    "stretcher": "\u0640", "emoji": "\U0001f600", "emoji_between": "u\U0001f600n",
    "private": "\ue000\ue001\ue002", "private_marks": "\ue002 undocumented ",
    "capital_dot": "\u0130", "full_width": "\uff55\uff4e\uff44", "han_spaced": "\u975e\u6cd5 ",
    "han_latin": "\u975ea", "lao_digits": "\u0e9a1", "french": "est sans-papiers, n'a pas ",
    "notes": "nationality (optional): ", "notes_open": "(nationality ", "notes_far": "(a) \t ",
    "notes_lines": "nationality (a)\n",
    "haitian": "li pa gen papye, l'ap ", "spanish": "no tiene papeles, ",
}  # fmt: skip
UNITS.update({f"word_{name}": unit for name, unit in _SCRIPTS.items()})
UNITS.update({f"words_{name}": f"{unit} " for name, unit in _SCRIPTS.items()})

#: Shapes that are not one thing repeated, for a length.
SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "nested": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "matches_before_note": lambda length: _repeat("are you a citizen? ", length - 4) + "(a):",
    "nested_kinds": lambda length: _repeat(_BRACKETS, length),
    "quotes": lambda length: _repeat("\"'", length),
    "nested_match": lambda length: "[" * (length // 2) + "undocumented" + "]" * (length // 2),
    "signed_after_a": lambda length: "a" * length + " @",
    "hyphen_far": lambda length: "a-" + " " * length + "1",
    "hyphen_far_lines": lambda length: "a-" + "\n" * length + "1",
    "far_apart": lambda length: "he has" + " " * length + "no papers",
    "one_letter_words": lambda length: " ".join("abcdefghij"[at % 10] for at in range(length // 2)),
    "distinct_words": lambda length: " ".join(f"w{at:x}q" for at in range(length // 6)),
    "distinct_leet": lambda length: " ".join(f"und0c{at}m" for at in range(length // 8)),
    "distinct_greek": lambda length: " ".join(
        "".join("\u03b1\u03bf\u03c1\u03c4"[at >> shift & 3] for shift in range(0, 12, 2)) + "\u03bd"
        for at in range(length // 8)
    ),
}


def _repeat(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


NAMES: Final = (*UNITS, *SHAPES)


def hostile(name: str, length: int) -> str:
    """The shape of this name, about so many characters long."""
    return _repeat(UNITS[name], length) if name in UNITS else SHAPES[name](length)
