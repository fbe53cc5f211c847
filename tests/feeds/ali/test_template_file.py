"""A template that would not do what it says is refused, with words that say what to change."""

from importlib.resources import files

import pytest

from safecall.feeds.ali import template_file
from safecall.feeds.ali.template import TemplateError
from tests.support.service import ROOT

SHIPPED = files("safecall.feeds.ali").joinpath("templates", "example.toml").read_text()


@pytest.mark.parametrize("name", template_file.names())
def test_what_ships_loads(name: str) -> None:
    assert template_file.load(name).name == name


@pytest.mark.parametrize(
    ("change", "to", "words"),
    [
        ('name = "example"', "", "the file needs name"),
        ("[frame]", "[frames]", "frames, which is not known"),
        ('end = "03"', 'end = "zz"', "bytes in hexadecimal"),
        ('end = "03"', "", "[frame] needs end"),
        ('check = "none"', 'check = "crc"', "one of none, xor"),
        ('encoding = "ascii"', 'encoding = "utf-7"', "encoding is one of"),
        ('break = "0D"', 'break = "0D"\nwidth = 32', "either break"),
        ("{ line = 1, from = 1, to = 3 }", "{ line = 1, from = 1 }", "fields.position is written"),
        (
            "{ line = 1, from = 1, to = 3 }",
            "{ line = 0, from = 1, to = 3 }",
            "fields.position: line",
        ),
        ("{ line = 1, from = 1, to = 3 }", "{ line = 1, from = 4, to = 3 }", "ends before"),
        ("{ line = 1, from = 1, to = 3 }", "{ line = true, from = 4, to = 3 }", "whole number"),
        ('callback  = ["area", "number"]', 'callback = ["tel"]', "has no tel"),
        ('callback  = ["area", "number"]', 'callback = "tel"', "list of fields"),
        ('latitude  = "lat"\n', "", "which nothing reads"),
        ('place     = [["house"', 'place = ["house", ["house"', "list of groups"),
        ("seconds = 300", "seconds = 0", "seconds is a whole number"),
        ('RESD = ""', "RESD = 1", "[classes]"),
        (
            "[fields]",
            "[fields]\nname = { line = 3, from = 1, to = 30 }",
            "name, which nothing reads",
        ),
        ("title = ", "title", "not readable as TOML"),
    ],
)
def test_mistakes_are_named(change: str, to: str, words: str) -> None:
    assert change in SHIPPED
    with pytest.raises(TemplateError) as raised:
        template_file.parse(SHIPPED.replace(change, to, 1), "mine.toml")
    assert words in str(raised.value)
    assert str(raised.value).startswith("mine.toml: ")


def test_a_template_that_is_not_there() -> None:
    with pytest.raises(TemplateError, match="Give one of example"):
        template_file.load("no-such-file.toml")


def test_the_template_in_the_documentation_loads() -> None:
    text = (ROOT / "docs" / "telephony.md").read_text(encoding="utf-8")
    block = text.partition("```toml\n")[2].partition("```")[0]
    assert template_file.parse(block, "docs/telephony.md").name == "county"
