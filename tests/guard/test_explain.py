"""Findings that explain themselves, from the rules' own words and never from the text's."""

from __future__ import annotations

import json
from pathlib import Path

from safecall.guard.engine import Finding
from safecall.guard.explain import Explainer
from safecall.guard.kinds import Kind
from tests.guard.test_command import run

RULES = """
[file]
source = "the department's own reports"
confirmed = "not confirmed by a speaker"

[[rule]]
id = "en.card"
kind = "statement"
means = "Says that a person has a card."
find = ["green card"]
flag = ["He has a [green card].", "The landlord took her [green card] away."]
pass = ["Theft of green card stock.", "A landlord waved a green umbrella."]

[[rule]] # its own source
id = "en.other"
kind = "statement"
means = "Something else."
source = "a court interpreter"
find = ["papers"]
flag = ["no [papers]"]
pass = ["newspaper"]
"""
TEXT = "Help. The landlord took a green card! Send the police."
FOUND = Finding(Kind.STATEMENT, TEXT.index("green"), TEXT.index("!"), "en.card", "en")


def explainer(folder: Path) -> Explainer:
    (folder / "en").mkdir()
    (folder / "en" / "cards.toml").write_text(RULES, encoding="utf-8")
    return Explainer([folder])


def test_it_tells_the_rule_its_source_and_its_nearest_examples(tmp_path: Path) -> None:
    why = explainer(tmp_path).explain(FOUND, TEXT)
    assert why.as_dict() == {
        "rule": "en.card",
        "file": "en/cards.toml:6",
        "means": "Says that a person has a card.",
        "source": "the department's own reports",
        "confirmed": "not confirmed by a speaker",
        "flag": "The landlord took her [green card] away.",
        "pass": "A landlord waved a green umbrella.",
    }


def test_a_rule_may_have_a_source_of_its_own(tmp_path: Path) -> None:
    why = explainer(tmp_path).explain(Finding(Kind.STATEMENT, 0, 6, "en.other", "en"), "papers")
    assert (why.source, why.place) == ("a court interpreter", "en/cards.toml:14")


def test_files_are_read_only_when_asked_and_may_be_gone(tmp_path: Path) -> None:
    made = explainer(tmp_path)
    (tmp_path / "en" / "cards.toml").write_text("[[rule", encoding="utf-8")
    why = made.explain(FOUND, TEXT)
    assert (why.rule, why.means, why.flag) == ("en.card", "", "")


def test_writing_without_spaces_has_nearest_examples_too(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.toml").write_text(
        '[[rule]]\nid = "zh.a"\nflag = ["[非法移民]在门口", "房东拿走了她的[绿卡]"]',
        encoding="utf-8",
    )
    text = "我的房东拿走了绿卡。"
    why = Explainer([tmp_path]).explain(Finding(Kind.STATEMENT, 7, 9, "zh.a", "zh"), text)
    assert why.flag == "房东拿走了她的[绿卡]"


def test_the_command_explains_in_text_without_the_words() -> None:
    done = run("--explain", given=b"Quetzal is an undocumented immigrant, knife.")
    told = done.stderr.decode()
    assert done.returncode == 0, told
    assert "Quetzal" not in told
    for name in ("means", "source", "confirmed", "finds", "leaves", "rule in"):
        assert f"\n  {name} " in told


def test_the_command_explains_in_json_where_asked() -> None:
    given = json.dumps({"id": 1, "text": "Quetzal is an undocumented immigrant."}).encode()
    [finding] = json.loads(run("--format", "jsonl", "--explain", given=given).stdout)["findings"]
    assert finding["explain"]["rule"] == finding["rule"]
    assert "Quetzal" not in json.dumps(finding)
    assert finding["explain"]["flag"]
    [plain] = json.loads(run("--format", "jsonl", given=given).stdout)["findings"]
    assert "explain" not in plain
