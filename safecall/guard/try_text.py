"""Try a text: ``python -m safecall.guard.try_text "caller is undocumented"``; for rule authors."""

from __future__ import annotations

import sys

from safecall.guard.engine import Finding, ask, engine, screen


def main(texts: list[str]) -> int:
    """Print what `screen` makes of each text and finds, what contexts leave, what `ask` refuses."""
    for text in texts or [line.rstrip("\n") for line in sys.stdin]:
        screened = screen(text)
        sys.stdout.write(f"{screened.text}\n")
        for one in screened.findings:
            sys.stdout.write(f"  {one.kind:<10} {_words(text, one)}\n")
        for found, context in engine().left(text):
            words = text[found.start : found.end]
            told = f"{found.start}-{found.end} [{words}] {found.rule.id}, by {context}"
            sys.stdout.write(f"  {'left':<10} {told}\n")
        for one in ask(text):
            sys.stdout.write(f"  {'ask':<10} {_words(text, one)}\n")
    return 0


def _words(text: str, one: Finding) -> str:
    return f"{one.start}-{one.end} [{text[one.start : one.end]}] {one.rule}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
