"""Compile the translation catalogues (.po) that are newer than their compiled form (.mo)."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parents[1] / "safecall" / "locale"


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside `source`, without fuzzy translations."""
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue, use_fuzzy=False)


def is_old(source: Path) -> bool:
    """Whether the compiled form is missing or older than its source."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime


def main() -> int:
    """Compile what is old; 1 where a catalogue cannot be read."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        if is_old(source):
            try:
                compile_catalogue(source)
            except PoFileError as error:
                print(f"{source}: {error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
