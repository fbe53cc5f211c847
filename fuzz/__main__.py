"""Looks for a text that breaks a promise of the guard, guided by which code each text reaches.

A text that does is printed as Python writes it, to be added to tests/guard/test_hostile.py. The
texts that it grows live in a temporary folder and are gone afterwards.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import atheris

# What numba compiles cannot count its branches.
with atheris.instrument_imports(
    include=["safecall.guard"],
    exclude=[
        "safecall.guard.kernels",
        "safecall.guard.passes",
        "safecall.guard.running",
        "safecall.guard.signs",
        "safecall.guard.slots",
        "safecall.guard.tracking",
    ],
):
    from safecall.guard import engine, screen
    from tests.guard import hostile, invariants

from safecall.guard.check import unmark
from safecall.guard.rules import load_rules

_LONGEST = 400
#: Seconds that a text may take; far above any, and far below a hang.
_PATIENCE = 20
_SECONDS_A_LETTER = 0.001


def main() -> int:
    """Fuzz for a while; see --help. Ends with an exit code of its own where something breaks."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long (default 60)")
    parser.add_argument("--seed", type=int, default=0, help="of chance; 0 takes another each time")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="safecall-fuzz-") as name:
        folder = Path(name)
        _sow(folder / "texts")
        (folder / "words").write_text("\n".join(_dictionary()) + "\n", encoding="ascii")
        options = {
            "max_total_time": wanted.seconds,
            "seed": wanted.seed,
            "max_len": _LONGEST,
            "timeout": _PATIENCE,
            "dict": folder / "words",
            "artifact_prefix": f"{folder}/",
            "print_final_stats": 1,
        }
        words = [f"-{key}={value}" for key, value in options.items()]
        atheris.Setup([sys.argv[0], *words, str(folder / "texts")], attack)
        atheris.Fuzz()
    return 0


def attack(data: bytes) -> None:
    """One text, from any bytes; those that are no UTF-8 become lone surrogates."""
    text = data.decode("utf-8", "surrogateescape")
    began = time.process_time()
    try:
        invariants.hold(text)
        if time.process_time() - began > 0.1 + _SECONDS_A_LETTER * len(text):
            grown = invariants.growth(screen, text * 2, text * 20)
            assert grown < invariants.MOST, f"ten times the text takes {grown:.0f} times as long"
    except BaseException:
        sys.stderr.write(f"\nA promise of the guard is broken by this text:\n{text!a}\n")
        raise


def _sow(folder: Path) -> None:
    """The texts that it begins with: examples of all rules, and hostile shapes."""
    folder.mkdir()
    for text in _seeds():
        content = text.encode("utf-8", "surrogatepass")[:_LONGEST]
        (folder / hashlib.sha256(content).hexdigest()[:20]).write_bytes(content)


def _seeds() -> Iterator[str]:
    for rule in load_rules():
        yield from (unmark(example)[0] for example in (*rule.flag[:2], *rule.passes[:1]))
    for name in hostile.NAMES:
        yield hostile.hostile(name, 60)


def _dictionary() -> Iterator[str]:
    """Words of the rules, as libFuzzer reads them."""
    plan = engine.engine().plan
    for word in (*sorted(plan.words)[::7], *sorted(plan.prefixes)[::7], "[removed]"):
        if 1 < len(word) < 30:
            yield '"' + "".join(f"\\x{byte:02x}" for byte in f" {word} ".encode()) + '"'


if __name__ == "__main__":
    sys.exit(main())
