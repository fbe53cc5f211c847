"""Ways of writing past a filter: which the guard sees through, and which it does not.

The table in docs/guard.md says the same. A way that is not seen through has a test that says so:
where one fails because the guard has learnt it, move it up and correct the table.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

import pytest

from safecall.guard import bulk, screen

Way = Callable[[str], str]

#: Sentences with one word in each that gives status away.
SENTENCES: Final = {
    "undocumented": "He is {} now, two men at the door",
    "citizenship": "no proof of {} at all, he left on foot",
    "deported": "he was {} last year, he left on foot",
}


def _between(sign: str) -> Way:
    return sign.join


def _within(sign: str) -> Way:
    return lambda word: word[:3] + sign + word[3:]


def _letters(plain: str, others: str) -> Way:
    table = str.maketrans(plain, others)
    return lambda word: word.translate(table)


def _from(first: int) -> Way:
    return lambda word: "".join(chr(first + ord(char) - ord("a")) for char in word)


def _every(text: Callable[[str], str]) -> Way:
    return lambda word: "".join(map(text, word))


SEEN: Final[dict[str, Way]] = {
    "spaces between letters": _between(" "),
    "tabs between letters": _between("\t"),
    "no-break spaces between letters": _between("\u00a0"),
    "a line a letter": _between("\n"),
    "stops between letters": _between("."),
    "low lines between letters": _between("_"),
    "stars between letters": _between("*"),
    "hyphens between letters": _between("-"),
    "slashes between letters": _between("/"),
    "backslashes between letters": _between("\\"),
    "bars between letters": _between("|"),
    "tildes between letters": _between("~"),
    "plus signs between letters": _between("+"),
    "number signs between letters": _between("#"),
    "emoji between letters": _between("\U0001f600"),
    "hearts between letters": _between("\u2764\ufe0f"),
    "middle dots between letters": _between("\u00b7"),
    "a star within": _within("*"),
    "a stop within": _within("."),
    "a hyphen within": _within("-"),
    "an emoji within": _within("\U0001f600"),
    "an apostrophe within": _within("'"),
    "a hyphen at a line's end": _within("-\n"),
    "full width": _from(0xFF41),
    "mathematical bold": _from(0x1D41A),
    "mathematical script": _from(0x1D4EA),
    "letters in circles": _from(0x24D0),
    "letters in squares": _from(0x1F130),
    "white letters on black": _from(0x1F170),
    "small capitals": _letters("cdeimnoptu", "ᴄᴅᴇɪᴍɴᴏᴘᴛᴜ"),
    "Cyrillic among Latin": _letters("aeopcyxi", "аеорсухі"),
    "Cyrillic capitals among Latin": lambda word: word.upper().translate(
        str.maketrans("AEOPCTXHKM", "АЕОРСТХНКМ")
    ),
    "Greek among Latin": _letters("aeopi", "αεορι"),
    "Armenian among Latin": _letters("oung", "օսոց"),
    "digits for letters": _letters("oie", "013"),
    "signs for letters": _letters("as", "@$"),
    "zero-width characters": _between("\u200b"),
    "soft hyphens": _between("\u00ad"),
    "marks of direction": _between("\u200e"),
    "variation selectors": _between("\ufe0f"),
    "combining marks": _every(lambda char: f"{char}\u0301\u0327\u0335"),
    "struck through": _every(lambda char: f"{char}\u0336"),
    "accents as marks of their own": _letters("e", "\u00e9"),
    "HTML entities, decimal": _every(lambda char: f"&#{ord(char)};"),
    "HTML entities, hexadecimal": _every(lambda char: f"&#x{ord(char):x};"),
    "capitals": str.upper,
    "capitals and small letters in turn": lambda word: "".join(
        char.upper() if at % 2 else char for at, char in enumerate(word)
    ),
    "a letter doubled": lambda word: word[:4] + word[3:],
    "a letter left out": lambda word: word[:4] + word[5:],
    "two letters exchanged": lambda word: word[:4] + word[5] + word[4] + word[6:],
}
NOT_SEEN: Final[dict[str, Way]] = {
    "a space within": _within(" "),
    "a low line within": _within("_"),
    "a slash within": _within("/"),
    "a line's end within, without hyphen": _within("\n"),
    "HTML tags within": lambda word: f"<b>{word[:3]}</b>{word[3:]}",
    "stars for vowels": _letters("aeiou", "*****"),
    "vowels left out": lambda word: word[0] + word[1:].translate(dict.fromkeys(map(ord, "aeiou"))),
    "every letter doubled": _every(lambda char: char * 2),
    "a letter held down": lambda word: word[:4] + word[3] * 5 + word[4:],
    "two typing errors": lambda word: word[:3] + word[4:6] + word[7:],
    "flags for letters": _every(lambda char: chr(0x1F1E6 + ord(char) - ord("a")) + "\u200b"),
    "turned round by a mark of direction": lambda word: f"\u202e{word[::-1]}\u202c",
    "written backwards": lambda word: word[::-1],
    "HTML entities without semicolon": _every(lambda char: f"&#{ord(char)}"),
    "URL encoding of letters": _every(lambda char: f"%{ord(char):02x}"),
    "escapes of program code": _every(lambda char: f"\\u{ord(char):04x}"),
    "base64": lambda word: base64.b64encode(word.encode()).decode(),
    "ROT13": lambda word: codecs.encode(word, "rot13"),
}


def _seen(text: str) -> bool:
    screened = screen(text)
    (column,) = bulk.screen_column([text], workers=1)
    assert column.texts == [screened.text], "a column gives something else"
    return any(one.removed for one in screened.findings)


@pytest.mark.parametrize("way", SEEN)
@pytest.mark.parametrize("word", SENTENCES)
def test_seen_through(way: str, word: str) -> None:
    text = SENTENCES[word].format(SEEN[way](word))
    assert _seen(text), ascii(text)
    assert screen(text).text.endswith(SENTENCES[word].rpartition(",")[2])


@pytest.mark.parametrize("way", NOT_SEEN)
@pytest.mark.parametrize("word", SENTENCES)
def test_not_seen_through(way: str, word: str) -> None:
    text = SENTENCES[word].format(NOT_SEEN[way](word))
    assert not _seen(text), ascii(text)


@pytest.mark.parametrize(
    "text",
    [
        "He is und0cument\u0435d now",  # two ways at once
        "He is \uff55.\uff4e.\uff44.o.c.u.m.e.n.t.e.d now",
        "No tiene pap\u0435les",  # Cyrillic e
        "\u0430\u0441\u0443\u04cf\u0443\u043c seeker, asylum papers",
        "green\ncard holder",
        "he is an illegal<br>alien",
        "he is an illegal+alien",
        "he is un\u00adlawfully\u200b present",
        "tiene residencia, esta indocumentado",
        "ESTA INDOCUMENTADA",
        "he is undokumented",
    ],
)
def test_other_ways_that_are_seen_through(text: str) -> None:
    assert _seen(text)


@pytest.mark.parametrize(
    "texts",
    [
        ("the cook has no pa", "pers, two men at the door"),  # over two notes
        ("he was depor", "ted last year"),
        ("he is undoccumeanted",),  # as it is heard
        (quote("he has a green card"),),
        ("status as in the attached picture",),
        ("one of those without the paperwork",),
    ],
)
def test_other_ways_that_are_not(texts: tuple[str, ...]) -> None:
    assert not any(map(_seen, texts))


@pytest.mark.parametrize(
    "text",
    [
        "Section A. B. C. D. checked, no one inside",
        "1. a\n2. b\n3. c\na\nb\nc\nd",
        "plate C A T 1 2 3, lost i.d. and keys",
        "no.weapons, no.injuries; rear*door open",
        "unit u-n-k, dept. of p.w., e.t.a. 5 min",
        "\u2764\ufe0f\U0001f600 o k \U0001f600 t h x \U0001f600",
        "S/B on I - 3 5 W, L / R / C lanes blocked",
        "grey.hooded man ran east.He had a bat",
    ],
)
def test_plain_texts_that_look_alike_stay(text: str) -> None:
    assert screen(text).text == text
