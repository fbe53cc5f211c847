"""A small set of rules, so that tests of the engine do not hang on the wording of real ones."""

from __future__ import annotations

from pathlib import Path

from safecall.guard.engine import load
from safecall.guard.matching import Engine

SMALL_RULES = """
[[rule]]
id = "en.card"
kind = "statement"
means = "Says that a person has permanent residence."
find = ["green card", "(lawful|legal|us) permanent resident*", "lpr", "undocumented",
        "he is <illegal>", "isn't [a] citizen", "non-citizen", "has ... asylum",
        "born in {place}", "{person}'s visa", "papers", "287-g"]
but_not = ["green card (stock|envelope)", "lpr (hit*|camera*)", "divorce papers"]
flag = ["a [green card]"]
pass = ["green card stock"]

[[rule]]
id = "en.number"
kind = "identifier"
means = "A number of the immigration system."
find = ["{@a_number}", "{@uscis_receipt}", "{@sevis}"]
flag = ["[A012345678]"]
pass = ["A-07969-22"]

[[rule]]
id = "en.asks"
kind = "question"
means = "Asks for status."
find = ["are you ... citizen"]
label = ["immigration status", "nationality"]
flag = ["[Nationality]: ___"]
pass = ["we will not ask about your immigration status"]

[[rule]]
id = "en.capitals"
kind = "authority"
means = "The authority, in capitals."
case = "upper"
find = ["ice"]
flag = ["Called [ICE] today."]
pass = ["ice on the road"]
"""
SMALL_LISTS = """
[list]
place = ["mexico", "el salvador", "{more}"]
more = ["côte d'ivoire"]
person = ["caller", "wife"]
"""
SMALL_TRIGGERS = """
[triggers]
words = ["undocumented"]
stop = []

[abbreviated]
words = ["appl"]
"""


def small_engine(folder: Path, rules: str = SMALL_RULES) -> Engine:
    """An engine of the rules above, written to ``folder``."""
    language = folder / "en"
    language.mkdir(parents=True, exist_ok=True)
    (language / "rules.toml").write_text(rules, encoding="utf-8")
    (language / "lists.toml").write_text(SMALL_LISTS, encoding="utf-8")
    (language / "triggers.toml").write_text(SMALL_TRIGGERS, encoding="utf-8")
    return load(folder)


def words_found(engine: Engine, text: str, *, ask: bool = False) -> list[str]:
    """The words that ``engine`` finds in ``text``, in order, as the text has them."""
    spans = sorted({(one.start, one.end) for one in engine.matches(text, ask=ask)})
    return [text[start:end] for start, end in spans]
