"""Try a text: ``python -m safecall.guard.try_text "caller is undocumented"``; for rule authors."""

from __future__ import annotations

import sys

from safecall.guard.engine import ask, screen


def main(texts: list[str]) -> int:
    """Print what `screen` leaves of each text, what it found, and what `ask` refuses."""
    for text in texts or [line.rstrip("\n") for line in sys.stdin]:
        screened = screen(text)
        print(screened.text)
        for one in screened.findings:
            print(
                f"  {one.kind:<10} {one.start}-{one.end} [{text[one.start : one.end]}] {one.rule}"
            )
        for one in ask(text):
            print(f"  ask        {one.start}-{one.end} [{text[one.start : one.end]}] {one.rule}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
