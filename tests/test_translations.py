"""Every text of the public pages is translated, into every language that they come in."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from safecall import guard
from safecall.guard import exempt
from safecall.vocabulary.written import BY_TAG
from safecall.website.catalogues import offered, state
from safecall.website.catalogues import path as path_of
from tests.website.messages import catalogues, read, source

ALL = catalogues()
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%%")
_911 = "911"
_MARKS = str.maketrans(
    {"؟": "?", "？": "?", "፧": "?", "。": ".", "።": ".", "။": ".", "：": ":", "፦": ":"}
)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


@pytest.fixture(params=ALL, ids=[path.parts[-3] for path in ALL])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_there_is_spanish() -> None:
    assert "es" in [path.parts[-3] for path in ALL]


def test_nothing_is_missing_old_or_unsure(path: Path) -> None:
    catalogue = read(path)
    wanted = {(message.context, _first(message)) for message in _messages(source())}
    there = {(message.context, _first(message)) for message in _messages(catalogue)}
    advice = "run `python -m tests.website.messages`, then translate what is new"
    assert wanted - there == set(), f"missing: {advice}"
    assert there - wanted == set(), f"no longer used: {advice}"
    assert [_first(m) for m in _messages(catalogue) if m.fuzzy] == []
    assert [_first(m) for m in _messages(catalogue) if not all(_texts(m))] == []


def test_the_same_placeholders_and_numbers(path: Path) -> None:
    for message in _messages(read(path)):
        for text in _texts(message):
            assert sorted(_PLACEHOLDER.findall(text)) == sorted(
                _PLACEHOLDER.findall(_first(message))
            ), text
            assert (_911 in text) == (_911 in _first(message)), text


def _latin_marks(text: str) -> str:
    """The text with the question marks, colons and full stops of other scripts as ours."""
    return text.translate(_MARKS)


def test_a_question_stays_a_question_and_a_sentence_ends(path: Path) -> None:
    for message in _messages(read(path)):
        source_end = _first(message)[-1]
        for text in _texts(message):
            assert (_latin_marks(text)[-1] in "?:.") == (source_end in "?:."), text
            assert _latin_marks(text).count("?") == _first(message).count("?"), text
            assert text.strip(string.whitespace) == text


def test_no_translation_asks_for_status(path: Path) -> None:
    for message in _messages(read(path)):
        if message.id in exempt.SENTENCES:
            continue
        for text in _texts(message):
            assert guard.ask(text) == (), text


def test_it_says_whether_a_speaker_confirmed_it(path: Path) -> None:
    assert re.search(r"^# Confirmed by: .+", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_its_plural_forms_are_those_of_the_language(path: Path) -> None:
    wanted = next(one for one in BY_TAG.values() if path_of(one) == path).plurals
    count = re.search(r"nplurals=(\d)", wanted)
    assert count
    assert read(path).num_plurals == int(count[1])
    for message in _messages(read(path)):
        if isinstance(message.id, (tuple, list)):
            assert len(_texts(message)) == int(count[1]), message.id


def test_what_is_complete_is_offered_and_nothing_else() -> None:
    complete = {one.tag for one in BY_TAG.values() if (found := state(one)) and found.complete}
    assert {tag for tag, _ in offered()} == {"en"} | complete, "run: make setup"
