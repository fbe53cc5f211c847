"""Fonts for whole pages and for what is printed: small ones for browsers, and of all scripts that
pages are written in, files for leaflets and posters.

Only what changed is made again: each script's files carry the digest of what they were made of.

    python bin/page_fonts.py .tools/fonts/node_modules safecall/website/static/website/fonts
"""

import hashlib
import json
import re
import sys
from datetime import date, time
from pathlib import Path
from typing import Final

from babel.dates import format_date, format_time, get_day_names
from babel.messages.pofile import read_po
from browser_fonts import LARGE, WEB, for_browsers, large_for_browsers, names_style, ranges, shrink
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

from fonts import PACKAGES, sources
from safecall import vocabulary
from safecall.vocabulary.written import BY_TAG
from safecall.website.catalogues import path as catalogue_path

#: What stands on the first page, in the words of a catalogue's places.
FIRST: Final = re.compile(r"/(home|base|base_public|document|_911)\.html$|website/pages\.py$")
#: The code whose change makes all anew.
MADE_BY: Final = ("page_fonts.py", "browser_fonts.py", "fonts.py", "local_fonts.py")
#: Where the names of languages stand.
LISTED: Final = tuple(
    Path(vocabulary.__file__).parent / "data" / name for name in ("written.csv", "languages.csv")
)
#: The parts of `noto-sans` for languages in Latin and Cyrillic letters.
EUROPEAN: Final = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext")


def with_space(font: TTFont) -> TTFont:
    """The font with a space: on paper the one behind a sign is taken from the sign's own font."""
    if 0x20 not in font.getBestCmap():
        font.setGlyphOrder([*font.getGlyphOrder(), "space"])
        font["glyf"]["space"] = Glyph()
        font["hmtx"]["space"] = (font["head"].unitsPerEm // 4, 0)
        if "vmtx" in font:
            font["vmtx"]["space"] = (font["head"].unitsPerEm, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[0x20] = "space"
    return font


def for_paper(modules: Path, script: str, signs: set[int], out: Path) -> list[tuple[str, int]]:
    """TrueType files of one script; returns family and weight of each."""
    package = PACKAGES[script]
    if script in LARGE:
        return _large(modules, script, signs, out)
    parts = EUROPEAN if script == "Latn" else (package.removeprefix("noto-sans-"),)
    files = modules / "@fontsource" / package / "files"
    return [
        _save(
            TTFont(files / f"{package}-{part}-{weight}-normal.woff2"),
            out,
            f"page-Latn-{part}" if script == "Latn" else f"page-{script}",
            weight,
        )
        for part in parts
        for weight in (400, 700)
    ]


def _large(modules: Path, script: str, signs: set[int], out: Path) -> list[tuple[str, int]]:
    made = []
    for number, source in enumerate(sources(modules, PACKAGES[script])):
        if found := source.signs & signs:
            font = instantiateVariableFont(TTFont(source.path), {"wght": 400})
            small = with_space(shrink(font, found))
            made.append(_save(small, out, f"page-{script}-{number}", 400))
            signs = signs - found
    if signs:
        raise SystemExit(f"error: no font has {sorted(map(chr, signs))} ({script})")
    return made


def _save(font: TTFont, out: Path, name: str, weight: int) -> tuple[str, int]:
    font.flavor = None
    font.save(out / f"{name}-{weight}.ttf")
    return name, weight


def _paper_style(script: str, made: list[tuple[str, int]], latin: list[str]) -> str:
    faces = [
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; '
        f'src: url("{name}-{weight}.ttf") format("truetype"); }}'
        for name, weight in made
    ]
    own = list(dict.fromkeys(name for name, _ in made))
    families = ", ".join(f'"{name}"' for name in dict.fromkeys([*own, *latin]))
    return "\n".join([*faces, f".in-page-{script} {{ font-family: {families}; }}", ""])


def scripts(places: re.Pattern[str] = re.compile("")) -> dict[str, set[int]]:
    """Script -> the signs of its catalogues that ASCII does not have; those of messages that stand
    in these places. Of a large script also those of days and hours."""
    found: dict[str, set[int]] = {"Latn": set()}
    for language in BY_TAG.values():
        path = catalogue_path(language)
        if not path.exists():
            continue
        with path.open("rb") as file:
            catalogue = read_po(file)
        script = "Latn" if PACKAGES[language.script] == PACKAGES["Latn"] else language.script
        texts = [
            text
            for message in catalogue
            if message.id and any(places.search(place) for place, _ in message.locations)
            for text in (message.string if isinstance(message.string, tuple) else [message.string])
        ]
        if script in LARGE:
            texts += _calendar(language.folder)
        signs = {ord(sign) for text in [*texts, language.endonym] for sign in text or ""}
        found.setdefault(script, set()).update(code for code in signs if code > 0x7F)
    return found


def _calendar(locale: str) -> list[str]:
    """Days and hours as pages write them (CLDR): the names of a year's days, the hours of a day."""
    return [
        *get_day_names("abbreviated", context="stand-alone", locale=locale).values(),
        *(
            format_date(date(2026, month, month), style, locale)
            for month in range(1, 13)
            for style in ("medium", "long", "full")
        ),
        *(format_time(time(hour), "short", locale=locale) for hour in range(24)),
    ]


def _own(script: str, signs: set[int]) -> set[int]:
    """Of a large script what its own font has to have; Latin letters are taken from Latin's."""
    european = re.compile(r"[ -ɏḀ-ỿ–—‘’“”…·•]")
    return {code for code in signs if not european.match(chr(code))} if script in LARGE else signs


def main() -> int:
    """Make what is missing or was made of something else."""
    modules, out = map(Path, sys.argv[1:])
    stamp = out / "page-made-of.json"
    before = json.loads(stamp.read_text()) if stamp.exists() else {}
    after = {}
    here = Path(__file__).parent
    made_by = [modules.parent / "package-lock.json", *map(here.joinpath, MADE_BY)]
    code = b"".join(path.read_bytes() for path in made_by)
    after["names"] = hashlib.sha256(code + b"".join(map(Path.read_bytes, LISTED))).hexdigest()
    if before.get("names") != after["names"]:
        (out / "names.css").write_text(names_style(modules, out), encoding="utf-8")
    on_first_page = scripts(FIRST)
    latin = [f"page-Latn-{part}" for part in EUROPEAN]
    for script, all_signs in scripts().items():
        signs = _own(script, all_signs)
        first = signs & on_first_page[script]
        told = f"{ranges(signs)} {ranges(first)}" if script in LARGE else ""
        after[script] = hashlib.sha256(code + told.encode()).hexdigest()
        if before.get(script) == after[script]:
            continue
        for old in out.glob(f"page-{script}[-.]*"):
            old.unlink()
        if script in WEB:
            for_browsers(modules, script, out)
        if script in LARGE:
            large_for_browsers(modules, script, signs, first, out)
        made = for_paper(modules, script, signs, out)
        style = _paper_style(script, made, latin)
        (out / f"page-{script}-paper.css").write_text(style, encoding="utf-8")
    stamp.write_text(json.dumps(after), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
