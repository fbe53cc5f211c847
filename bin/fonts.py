"""Take from the fonts of `fonts/package-lock.json` the few signs that the language card shows.

Each file of a font that has a needed sign becomes one small WOFF2 file (for browsers) and one
TrueType file (for the PDF), with two style sheets that name them. Shaping tables are kept: Khmer or
Arabic without them is no writing. All fonts are Noto, under the SIL Open Font License 1.1, whose
text is put beside them.

    python bin/fonts.py fonts/node_modules safecall/website/static/website/fonts
"""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from local_fonts import local

from safecall.vocabulary.languages import BY_TAG

ASCII: Final = "".join(map(chr, range(0x20, 0x7F))) + "–—·…©‘’“”áéíñóú¿¡ÁÉÍÑÓÚ"
#: Script -> the package that has it. Latin, Cyrillic and Greek are one font.
PACKAGES: Final = {
    "Latn": "noto-sans",
    "Cyrl": "noto-sans",
    "Grek": "noto-sans",
    "Arab": "noto-sans-arabic",
    "Armn": "noto-sans-armenian",
    "Beng": "noto-sans-bengali",
    "Cher": "noto-sans-cherokee",
    "Deva": "noto-sans-devanagari",
    "Ethi": "noto-sans-ethiopic",
    "Geor": "noto-sans-georgian",
    "Gujr": "noto-sans-gujarati",
    "Guru": "noto-sans-gurmukhi",
    "Hebr": "noto-sans-hebrew",
    "Knda": "noto-sans-kannada",
    "Khmr": "noto-sans-khmer",
    "Laoo": "noto-sans-lao",
    "Mlym": "noto-sans-malayalam",
    "Mymr": "noto-sans-myanmar",
    "Sinh": "noto-sans-sinhala",
    "Taml": "noto-sans-tamil",
    "Telu": "noto-sans-telugu",
    "Thai": "noto-sans-thai",
    "Tibt": "noto-serif-tibetan",
    "Hans": "noto-sans-sc",
    "Hant": "noto-sans-tc",
    "Jpan": "noto-sans-jp",
    "Kore": "noto-sans-kr",
}
#: Browsers' own fonts have these; the PDF needs them.
ONLY_PDF: Final = frozenset({"Latn"})
WEIGHT: Final = 400


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a package with the signs that its index says it has."""

    path: Path
    signs: frozenset[int]


def needed() -> dict[str, set[str]]:
    """Script -> the signs of its endonyms; Latin also those of the card's own words."""
    signs: dict[str, set[str]] = {"Latn": set(ASCII)}
    for language in BY_TAG.values():
        signs["Latn"].update(language.english)
        if language.script:
            signs.setdefault(language.script, set()).update(language.endonym)
    return signs


def sources(modules: Path, package: str) -> Iterator[Source]:
    """The files of a package at the card's weight."""
    for family, weight in (("@fontsource", str(WEIGHT)), ("@fontsource-variable", "wght")):
        folder = modules / family / package
        if not folder.is_dir():
            continue
        ranges = json.loads((folder / "unicode.json").read_text(encoding="utf-8"))
        for name, text in ranges.items():
            part = name.strip("[]")
            path = folder / "files" / f"{package}-{part}-{weight}-normal.woff2"
            if path.exists():
                yield Source(path, frozenset(_code_points(text)))


def _code_points(ranges: str) -> Iterator[int]:
    for first, last in re.findall(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?", ranges):
        yield from range(int(first, 16), int(last or first, 16) + 1)


def subset(source: Source, signs: set[str]) -> TTFont | None:
    """The font with these signs alone; None where it has none of them."""
    font = TTFont(source.path)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": WEIGHT})
    has = {ord(sign) for sign in signs} & font.getBestCmap().keys()
    if not has - {0x20}:
        return None
    options = Options(layout_features=["*"], notdef_outline=True, name_IDs=[0, 13, 14])
    shrink = Subsetter(options)
    shrink.populate(unicodes=has)
    shrink.subset(font)
    return font


def of_script(modules: Path, script: str, signs: set[str]) -> Iterator[tuple[str, TTFont]]:
    """The small fonts of one script, each by its name. Raises `SystemExit` on a missing sign."""
    missing = {sign for sign in signs if not sign.isspace()}
    count = 0
    for source in sources(modules, PACKAGES[script]):
        if not source.signs & {ord(sign) for sign in missing}:
            continue
        font = subset(source, missing | {" "})
        if font is not None:
            missing -= set(map(chr, font.getBestCmap()))
            yield f"{script}-{count}", font
            count += 1
    if missing:
        raise SystemExit(f"error: no font of the lock file has {sorted(missing)} ({script})")


def make(modules: Path, out: Path) -> int:
    """Write all files and style sheets into `out`; returns how many fonts."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    web: list[str] = []
    pdf: list[str] = []
    for script, signs in sorted(needed().items()):
        names = []
        for name, font in of_script(modules, script, signs):
            names.append(f'"card {name}"')
            pdf.append(_save(font, out / f"{name}.ttf", "truetype"))
            if script not in ONLY_PDF:
                web.append(_save(font, out / f"{name}.woff2", "woff2", f"{local(script)}, "))
        pdf.append(f".in-{script} {{ font-family: {', '.join(names)}, sans-serif; }}")
        if script not in ONLY_PDF:
            web.append(f".in-{script} {{ font-family: {', '.join(names)}, var(--font); }}")
    (out / "card.css").write_text("\n".join(web) + "\n", encoding="utf-8")
    (out / "card-pdf.css").write_text("\n".join(pdf) + "\n", encoding="utf-8")
    shutil.copyfile(modules / "@fontsource" / "noto-sans" / "LICENSE", out / "OFL.txt")
    return len(list(out.glob("*.ttf")))


def _save(font: TTFont, path: Path, form: str, before: str = "") -> str:
    """Write the font, and return the rule that names it, with other sources before it."""
    font.flavor = "woff2" if form == "woff2" else None
    font.save(path)
    return (
        f'@font-face {{ font-family: "card {path.stem}"; font-display: swap; '
        f'src: {before}url("{path.name}") format("{form}"); }}'
    )


def main() -> int:
    """Make the fonts of the card."""
    modules, out = map(Path, sys.argv[1:])
    count = make(modules, out)
    size = sum(path.stat().st_size for path in out.glob("*.woff2"))
    print(f"The language card has {count} fonts; {size / 1000:.0f} kB for browsers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
