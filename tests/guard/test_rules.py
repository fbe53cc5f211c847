"""Rule files: what they may say, and how faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from safecall.guard import check
from safecall.guard.kinds import RuleError
from safecall.guard.rules import load_rules

GOOD = """
[[rule]]
id = "en.card"
kind = "statement"
means = "A card."
find = ["green card"]
flag = ["a [green card]"]
pass = ["green cards"]
"""


def rules(folder: Path, text: str, lists: str = "") -> Path:
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / "cards.toml").write_text(text, encoding="utf-8")
    if lists:
        (folder / "en" / "lists.toml").write_text(lists, encoding="utf-8")
    return folder


def test_a_good_rule_loads_and_knows_its_place(tmp_path: Path) -> None:
    [rule] = load_rules(rules(tmp_path, GOOD))
    assert (rule.id, rule.kind, rule.lang) == ("en.card", "statement", "en")
    assert rule.place in {"en/cards.toml:2 (en.card)", "en/cards.toml:2"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('flag = ["a [green card]"]', ""), "no `flag` example"),
        (('pass = ["green cards"]', ""), "no `pass` example"),
        (('kind = "statement"', 'kind = "status"'), "`kind` must be one of"),
        (('means = "A card."', ""), "`means` must say"),
        (('find = ["green card"]', "find = []"), "`find` is missing"),
        (('find = ["green card"]', 'find = "green card"'), "must be a list"),
        (('find = ["green card"]', 'find = ["green {colour}"]'), "no list is called {colour}"),
        (('find = ["green card"]', 'find = ["green {@colour}"]'), "no number is called"),
        (('find = ["green card"]', 'find = ["green (card"]'), "`)` is missing"),
        (('find = ["green card"]', 'find = ["green card )"]'), "stands alone"),
        (('find = ["green card"]', 'find = ["[green]"]'), "nothing is obligatory"),
        (('find = ["green card"]', 'find = ["green ..."]'), "must stand between words"),
        (('find = ["green card"]', 'find = ["(a|b)c"]'), "put a space before"),
        (('find = ["green card"]', 'find = ["green ( |card)"]'), "an empty alternative"),
        (('find = ["green card"]', 'find = ["gr.*n?"]'), "is no word"),
        (('id = "en.card"', 'id = "en.card"\ncolour = "green"'), "unknown key ['colour']"),
        (('id = "en.card"', 'id = "en.card"\ncase = "lower"'), '`case` can only be "upper"'),
        (('id = "en.card"', "id = en.card"), "en/cards.toml"),
    ],
)
def test_faults_name_the_file_and_what_to_change(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    with pytest.raises(RuleError) as raised:
        load_rules(rules(tmp_path, GOOD.replace(*change)))
    assert told in str(raised.value)
    assert "en/cards.toml" in str(raised.value)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="already used"):
        load_rules(rules(tmp_path, GOOD + GOOD))


def test_lists_may_refer_to_lists_but_not_to_themselves(tmp_path: Path) -> None:
    text = GOOD.replace('"green card"]', '"{colour} card", "green card"]', 1)
    assert load_rules(rules(tmp_path, text, '[list]\ncolour = ["{dark}"]\ndark = ["navy"]'))
    with pytest.raises(RuleError, match="refers to itself"):
        load_rules(rules(tmp_path, text, '[list]\ncolour = ["{dark}"]\ndark = ["{colour}"]'))


def test_no_rules_at_all_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules"):
        load_rules(tmp_path)


def test_check_tells_each_example_that_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace('"a [green card]"', '"a [green] card"').replace(
        '"green cards"', '"green card"'
    )
    assert check.main(["--rules", str(rules(tmp_path, text))]) == 1
    told = capsys.readouterr().out
    assert "[green] 2-7" in told
    assert "[green card] 2-12" in told
    assert "2 not held" in told


def test_check_tells_every_fault_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = GOOD.replace("en.card", "en.other").replace("green card", "green (card")
    assert check.main(["--rules", str(rules(tmp_path, GOOD + bad))]) == 2
    told = capsys.readouterr()
    assert "en.other" in told.err
    assert "1 rules and 0 contexts, 2 examples, 0 not held, 1 rules that cannot be used" in told.out
