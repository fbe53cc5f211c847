"""Fonts for browsers: of scripts that some machines lack, one small file for whole pages, or two;
and tiny ones for the names in every page's list of languages.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont
from local_fonts import local

from fonts import PACKAGES, sources
from safecall.vocabulary.languages import BY_TAG as SPOKEN
from safecall.vocabulary.languages import LOCAL_TIER
from safecall.vocabulary.written import BY_TAG as WRITTEN

#: Browsers get these; the letters of the block, which is all that a page or a reader writes.
WEB: Final = {
    "Arab": (0x0600, 0x06FF),
    "Ethi": (0x1200, 0x137F),
    "Laoo": (0x0E80, 0x0EFF),
    "Mymr": (0x1000, 0x109F),
}
MOST_BYTES: Final = 60_000
PUNCTUATION: Final = frozenset(map(ord, " ()-–.,:;!?0123456789"))
#: Scripts of thousands of signs: a page and the paper get those that the catalogue has. Chinese in
#: one file would have more than `MOST_BYTES`, so the first page's signs are one.
LARGE: Final = frozenset({"Hans", "Hant", "Kore"})
#: On every machine; for a few names nothing is fetched.
EVERYWHERE: Final = frozenset({"Latn", "Cyrl", "Grek", "Arab"})
#: The same signs in another shape: of these each has a family of its own.
SHARED: Final = {"Hans": "zh-hans", "Hant": "zh-hant", "Jpan": "ja"}
SHAPED: Final = Options(layout_features=["*"], notdef_outline=True, name_IDs=[0, 13, 14])


def shrink(font: TTFont, signs: Iterable[int], options: Options = SHAPED) -> TTFont:
    """The font with these signs alone, and (if nothing else is said) what shapes them."""
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    return font


def for_browsers(modules: Path, script: str, out: Path) -> None:
    """One WOFF2 file and the style sheet that pages in this script load."""
    font = TTFont(_file(modules, script))
    first, last = WEB[script]
    signs = {code for code in font.getBestCmap() if first <= code <= last}
    font = shrink(font, signs | (PUNCTUATION & font.getBestCmap().keys()))
    font.flavor = "woff2"
    path = out / f"page-{script}.woff2"
    font.save(path)
    _small_enough(path)
    _page_style(out, script, [(path.name, f"U+{first:04X}-{last:04X}")])


def large_for_browsers(
    modules: Path, script: str, signs: set[int], first: set[int], out: Path
) -> None:
    """The same of a large script: a file with the first page's signs, and one with all others.

    Where all are little enough, they are one file.
    """
    path = out / f"page-{script}.woff2"
    if merged(modules, script, signs, path).stat().st_size <= MOST_BYTES:
        _page_style(out, script, [(path.name, ranges(signs))])
        return
    path.unlink()
    sheet = []
    for name, part in (("first", signs & first), ("others", signs - first)):
        path = out / f"page-{script}-{name}.woff2"
        _small_enough(merged(modules, script, part, path))
        sheet.append((path.name, ranges(part)))
    _page_style(out, script, sheet)


def _small_enough(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"error: {path.name} has {path.stat().st_size} bytes, over {MOST_BYTES}")


def _page_style(out: Path, script: str, files: list[tuple[str, str]]) -> None:
    """The style sheet that pages in this script load; of each file its name and its range."""
    faces = "".join(
        f'@font-face {{ font-family: "page {script}"; font-display: swap; unicode-range: {shown}; '
        f'src: {local(script)}, url("{name}") format("woff2"); }}\n'
        for name, shown in files
    )
    (out / f"page-{script}.css").write_text(
        # First in the list: Chromium does not always draw a word again that it has drawn without
        # it. The range leaves all other letters to the fonts behind.
        f'{faces}:root {{ --font: "page {script}", system-ui, -apple-system, "Segoe UI", Roboto, '
        f'"Noto Sans", "Liberation Sans", sans-serif; }}\n',
        encoding="utf-8",
    )


def ranges(signs: Iterable[int]) -> str:
    """The signs as a style sheet names them: `U+4E00-4E02, U+4E0A`."""
    found: list[list[int]] = []
    for code in sorted(signs):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{a:04X}" + (f"-{b:04X}" if b > a else "") for a, b in found)


def merged(modules: Path, script: str, signs: set[int], path: Path) -> Path:
    """One WOFF2 file of a large script, whose packages have it in a hundred. What is only for
    shaping is left out: these signs stand side by side as they are."""
    plain = Options(layout_features=[], hinting=False, name_IDs=[0, 13, 14])
    plain.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "vhea", "vmtx"]
    parts: list[str] = []
    with TemporaryDirectory() as folder:
        for source in sources(modules, PACKAGES[script]):
            if found := source.signs & signs:
                font = instantiateVariableFont(TTFont(source.path), {"wght": 400})
                font.flavor = None
                parts.append(f"{folder}/{len(parts)}.ttf")
                shrink(font, found, plain).save(parts[-1])
                signs = signs - found
        Merger().merge(parts).save(f"{folder}/all.ttf")
        font = TTFont(f"{folder}/all.ttf")
        # Half the steps, a ninth fewer bytes; in a heading a step is a seventh of a pixel.
        scale_upem(font, 512)
        font.flavor = "woff2"
        font.save(path)
    if signs:
        raise SystemExit(f"error: no font has {sorted(map(chr, signs))} ({script})")
    return path


def names_style(modules: Path, out: Path) -> str:
    """Tiny fonts for the names in every page's list of languages, one of each script."""
    names: dict[str, set[int]] = {}
    in_list = [*WRITTEN.values(), *(one for one in SPOKEN.values() if one.tier <= LOCAL_TIER)]
    for one in in_list:
        if one.script and one.script not in EVERYWHERE:
            names.setdefault(one.script, set()).update(map(ord, one.endonym.replace(" ", "")))
    faces, own = [], []
    for script, signs in sorted(names.items()):
        path = out / f"names-{script}.woff2"
        if script in LARGE | SHARED.keys():
            merged(modules, script, signs, path)
        else:
            font = shrink(TTFont(_file(modules, script)), signs)
            font.flavor = "woff2"
            font.save(path)
        family = f"names {script}" if script in SHARED else "names"
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-display: swap; '
            f'src: {local(script)}, url("{path.name}") format("woff2"); '
            f"unicode-range: {ranges(signs)}; }}"
        )
        if script in SHARED:
            shown = f":is(.languages, .endonyms) :lang({SHARED[script]})"
            own.append(f'{shown} {{ font-family: "{family}", "names", var(--font); }}')
    rule = '.languages, .endonyms { font-family: "names", var(--font); }'
    return "\n".join([*faces, rule, *own, ""])


def _file(modules: Path, script: str) -> Path:
    """The file of a package that has the letters of its script."""
    package = PACKAGES[script]
    part = package.partition("-")[2].partition("-")[2]
    return modules / "@fontsource" / package / "files" / f"{package}-{part}-400-normal.woff2"
