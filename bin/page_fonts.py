"""Fonts for whole pages and for what is printed: of scripts that old telephones lack, one small
file for browsers; of all scripts that pages are written in, files for leaflets and posters.

Only what changed is made again: each script's files carry the digest of what they were made of.

    python bin/page_fonts.py .tools/fonts/node_modules safecall/website/static/website/fonts
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

from fonts import PACKAGES, sources
from safecall.vocabulary.written import BY_TAG
from safecall.website.catalogues import path as catalogue_path

#: Browsers get these; the letters of the block, which is all that a page or a reader writes.
WEB: Final = {
    "Arab": (0x0600, 0x06FF),
    "Ethi": (0x1200, 0x137F),
    "Laoo": (0x0E80, 0x0EFF),
    "Mymr": (0x1000, 0x109F),
}
#: Where the machine has one of these it is used, and nothing is fetched.
LOCAL: Final = {
    "Arab": ("Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Segoe UI"),
    "Ethi": ("Noto Sans Ethiopic", "Nyala", "Kefa", "Ebrima"),
    "Laoo": ("Noto Sans Lao", "Lao Sangam MN", "Leelawadee UI", "Lao UI"),
    "Mymr": ("Noto Sans Myanmar", "Myanmar Text", "Padauk"),
}
MOST_BYTES: Final = 60_000
PUNCTUATION: Final = frozenset(map(ord, " ()-–.,:;!?0123456789"))
#: Scripts of thousands of signs: the paper gets those that its catalogue has.
LARGE: Final = frozenset({"Hans", "Hant", "Kore"})
#: The parts of `noto-sans` for languages in Latin and Cyrillic letters.
EUROPEAN: Final = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext")


def local(script: str) -> str:
    """The machine's own fonts of this script, as sources of a style sheet."""
    return ", ".join(f'local("{name}")' for name in LOCAL[script])


def shrink(font: TTFont, signs: Iterable[int]) -> TTFont:
    """The font with these signs alone, and what shapes them."""
    subsetter = Subsetter(Options(layout_features=["*"], notdef_outline=True, name_IDs=[0, 13, 14]))
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    return font


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


def for_browsers(modules: Path, script: str, out: Path) -> None:
    """One WOFF2 file and the style sheet that pages in this script load."""
    package = PACKAGES[script]
    part = package.removeprefix("noto-sans-")
    source = modules / "@fontsource" / package / "files" / f"{package}-{part}-400-normal.woff2"
    font = TTFont(source)
    first, last = WEB[script]
    signs = {code for code in font.getBestCmap() if first <= code <= last}
    font = shrink(font, signs | (PUNCTUATION & font.getBestCmap().keys()))
    font.flavor = "woff2"
    path = out / f"page-{script}.woff2"
    font.save(path)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"error: {path.name} has {path.stat().st_size} bytes, over {MOST_BYTES}")
    (out / f"page-{script}.css").write_text(
        f'@font-face {{ font-family: "page {script}"; font-display: swap; '
        f"unicode-range: U+{first:04X}-{last:04X}; "
        f'src: {local(script)}, url("{path.name}") format("woff2"); }}\n'
        # First in the list: Chromium does not always draw a word again that it has drawn without
        # it. The range leaves all other letters to the fonts behind.
        f':root {{ --font: "page {script}", system-ui, -apple-system, "Segoe UI", Roboto, '
        f'"Noto Sans", "Liberation Sans", sans-serif; }}\n',
        encoding="utf-8",
    )


def names_style(card: Path) -> str:
    """The tiny fonts of the language card, for the names in every page's list of languages."""
    faces = []
    for path in sorted(card.glob("*.woff2")):
        script = path.name.partition("-")[0]
        # Arabic is on every machine; for its few names nothing is fetched.
        if script in WEB and script != "Arab":
            codes = sorted(code for code in TTFont(path).getBestCmap() if code > 0x20)
            shown = ", ".join(f"U+{code:04X}" for code in codes)
            faces.append(
                '@font-face { font-family: "names"; font-display: swap; '
                f'src: {local(script)}, url("{path.name}") format("woff2"); '
                f"unicode-range: {shown}; }}"
            )
    rule = '.languages, .endonyms, .spoken-name { font-family: "names", var(--font); }'
    return "\n".join([*faces, rule, ""])


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


def scripts() -> dict[str, set[int]]:
    """Script -> the signs of its catalogues that ASCII does not have."""
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
            if message.id
            for text in (message.string if isinstance(message.string, tuple) else [message.string])
        ]
        signs = {ord(sign) for text in [*texts, language.endonym] for sign in text or ""}
        found.setdefault(script, set()).update(code for code in signs if code > 0x7F)
    return found


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
    (out / "names.css").write_text(names_style(out), encoding="utf-8")
    latin = [f"page-Latn-{part}" for part in EUROPEAN]
    for script, all_signs in scripts().items():
        signs = _own(script, all_signs)
        told = "".join(map(chr, sorted(signs))) if script in LARGE else ""
        code = Path(__file__).read_bytes() + (modules.parent / "package-lock.json").read_bytes()
        after[script] = hashlib.sha256(code + told.encode()).hexdigest()
        if before.get(script) == after[script]:
            continue
        for old in out.glob(f"page-{script}[-.]*"):
            old.unlink()
        if script in WEB:
            for_browsers(modules, script, out)
        made = for_paper(modules, script, signs, out)
        style = _paper_style(script, made, latin)
        (out / f"page-{script}-paper.css").write_text(style, encoding="utf-8")
    stamp.write_text(json.dumps(after), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
