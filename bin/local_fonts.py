"""Fonts that machines have of their own: where one is there, a page fetches nothing.

`local()` of a style sheet takes a font's full name or its PostScript name (CSS Fonts 4, 4.3.1), not
that of its family: newer copies of Noto Sans Lao are called "Noto Sans Lao Regular", and all of
them "NotoSansLao-Regular".
"""

from typing import Final

_EUROPEAN: Final = (
    "Roboto", "Roboto-Regular", "Helvetica", "Segoe UI", "Arial", "DejaVu Sans", "Liberation Sans",
)  # fmt: skip
#: Script -> fonts of Android (Noto), Apple, Windows and Linux.
LOCAL: Final = {
    "Arab": ("Noto Sans Arabic", "Noto Naskh Arabic", "GeezaPro", "Geeza Pro", "Segoe UI"),
    "Armn": ("Noto Sans Armenian", "Mshtakan", "Segoe UI", "Sylfaen", "DejaVu Sans"),
    "Beng": ("Noto Sans Bengali", "Bangla Sangam MN", "Nirmala UI", "Vrinda"),
    "Cher": ("Noto Sans Cherokee", "Plantagenet Cherokee", "Gadugi"),
    "Cyrl": _EUROPEAN,
    "Deva": (
        "Noto Sans Devanagari", "KohinoorDevanagari-Regular", "Devanagari Sangam MN", "Nirmala UI",
        "Mangal", "Lohit Devanagari",
    ),
    "Ethi": ("Noto Sans Ethiopic", "Kefa", "Kefa-Regular", "Nyala", "Ebrima"),
    "Geor": ("Noto Sans Georgian", "Segoe UI", "Sylfaen", "DejaVu Sans"),
    "Grek": _EUROPEAN,
    "Gujr": ("Noto Sans Gujarati", "Gujarati Sangam MN", "Nirmala UI", "Shruti"),
    "Guru": ("Noto Sans Gurmukhi", "Gurmukhi MN", "Nirmala UI", "Raavi"),
    "Hebr": ("Noto Sans Hebrew", "Arial Hebrew", "ArialHebrew", "Segoe UI", "Arial", "DejaVu Sans"),
    "Knda": ("Noto Sans Kannada", "Kannada Sangam MN", "Nirmala UI", "Tunga"),
    "Khmr": ("Noto Sans Khmer", "Khmer Sangam MN", "Leelawadee UI", "Khmer UI"),
    "Laoo": ("Noto Sans Lao", "Lao Sangam MN", "Leelawadee UI", "Lao UI"),
    "Mlym": ("Noto Sans Malayalam", "Malayalam Sangam MN", "Nirmala UI", "Kartika"),
    "Mymr": ("Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text", "Padauk"),
    "Sinh": ("Noto Sans Sinhala", "Sinhala Sangam MN", "Nirmala UI", "Iskoola Pota"),
    "Taml": ("Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI", "Latha"),
    "Telu": ("Noto Sans Telugu", "Telugu Sangam MN", "Nirmala UI", "Gautami"),
    "Thai": ("Noto Sans Thai", "Thonburi", "Leelawadee UI", "Tahoma"),
    "Tibt": ("Noto Serif Tibetan", "Kailasa", "Microsoft Himalaya"),
    "Hans": (
        "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "Droid Sans Fallback",
        "PingFangSC-Regular", "STHeitiSC-Light", "Microsoft YaHei", "SimSun",
        "SourceHanSansSC-Regular", "SourceHanSansCN-Regular", "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ),
    "Hant": (
        "Noto Sans CJK TC", "NotoSansCJKtc-Regular", "Noto Sans TC", "Droid Sans Fallback",
        "PingFangTC-Regular", "STHeitiTC-Light", "Microsoft JhengHei", "PMingLiU",
        "SourceHanSansTC-Regular", "SourceHanSansTW-Regular",
    ),
    "Jpan": (
        "Noto Sans CJK JP", "NotoSansCJKjp-Regular", "Noto Sans JP", "HiraginoSans-W3",
        "HiraKakuProN-W3", "YuGothic-Regular", "Meiryo", "MS Gothic", "SourceHanSansJP-Regular",
    ),
    "Kore": (
        "Noto Sans CJK KR", "NotoSansCJKkr-Regular", "Noto Sans KR", "AppleSDGothicNeo-Regular",
        "Malgun Gothic", "SourceHanSansKR-Regular", "NanumGothic", "UnDotum",
    ),
}  # fmt: skip


def local(script: str) -> str:
    """The machine's own fonts of this script, as sources of a style sheet."""
    return ", ".join(f'local("{name}")' for one in LOCAL[script] for name in _names(one))


def _names(font: str) -> tuple[str, ...]:
    """The font's name, and its PostScript name where that follows from it."""
    if font.startswith("Noto S") and "CJK" not in font:
        return (font, f"{font.replace(' ', '')}-Regular")
    return (font, font.replace(" ", "")) if font.endswith(" MN") else (font,)
