"""Compile the translation catalogues (.po) that are complete; the others are not offered."""

import sys

from babel.messages.pofile import PoFileError

from safecall.vocabulary.written import BY_TAG
from safecall.website import catalogues


def main() -> int:
    """Compile what is complete, and say what is not; 1 where a catalogue cannot be read."""
    for language in BY_TAG.values():
        source = catalogues.path(language)
        if not source.exists():
            continue
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > source.stat().st_mtime:
            continue
        try:
            if not catalogues.compile_one(language):
                print(f"note: no pages in {language.english} (see: safecall translations)")
        except PoFileError as error:
            print(f"{source}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
