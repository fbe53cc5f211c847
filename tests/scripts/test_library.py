"""The scripts: complete in each language, in order, and never asking what is never asked."""

import pytest

from safecall import guard, scripts
from safecall.scripts.library import parse, parse_common
from safecall.vocabulary import incident_types

COMMON = """
[ask]
where = "Where?"
callback = "Number?"
what = "What?"
hurt = "Hurt?"
weapons = "Weapons?"
who = "Who?"
direction = "Which way?"
language = "What language do you want to speak?"
[[card]]
id = "a"
title = "A"
when = "B"
say = "C"
"""
QUESTIONS = "".join(f'[[question]]\nabout = "{topic}"\n' for topic in scripts.TOPICS)
HEAD = """
id = "test"
version = 1
language = "en"
title = "Test"
family = "fire"
confirmed = "by nobody"
say = ["Help is coming."]
"""


def everything_said(language: str) -> list[str]:
    said = []
    for one in scripts.scripts(language):
        said += [one.title, *one.say]
        for question in one.questions:
            said += [question.ask, question.prompt]
    for card in scripts.cards(language):
        said += [card.title, card.when, card.say, card.otherwise]
    return [text for text in said if text]


@pytest.mark.parametrize("language", scripts.LANGUAGES)
def test_no_script_asks_what_is_never_asked(language: str) -> None:
    asked = {text: found for text in everything_said(language) if (found := guard.ask(text))}
    assert asked == {}


@pytest.mark.parametrize("language", scripts.LANGUAGES)
def test_nothing_that_a_script_says_would_be_removed_from_a_note(language: str) -> None:
    kept = {text: guard.screen(text).text for text in everything_said(language)}
    assert {text: after for text, after in kept.items() if after != text} == {}


@pytest.mark.parametrize("language", scripts.LANGUAGES)
def test_each_family_of_incidents_has_its_script(language: str) -> None:
    families = {one.family for one in scripts.scripts(language)}
    assert families == set(incident_types.FAMILIES)


@pytest.mark.parametrize("language", scripts.LANGUAGES)
def test_each_incident_type_has_a_script_in_the_language_and_of_its_family(language: str) -> None:
    for code, kind in incident_types.BY_CODE.items():
        found = scripts.for_incident_type(code, language)
        assert (found.language, found.family) == (language, kind.family)


def test_the_place_is_asked_first_and_every_topic_once() -> None:
    for language in scripts.LANGUAGES:
        for one in scripts.scripts(language):
            assert tuple(question.about for question in one.questions) == scripts.TOPICS
            assert all(question.ask for question in one.questions)


def test_the_language_is_asked_in_the_same_words_everywhere() -> None:
    wordings = {one.questions[-1].ask for one in scripts.scripts("en")}
    assert wordings == {"What language do you want to speak?"}


def test_versions_are_the_same_in_both_languages() -> None:
    english = {one.id: one.version for one in scripts.scripts("en")}
    assert {one.id: one.version for one in scripts.scripts("es")} == english


def test_an_unknown_type_or_language_still_gives_a_script() -> None:
    assert scripts.for_incident_type("").id == "general"
    assert scripts.for_incident_type("NOSUCH", "xx").language == "en"
    assert scripts.script("fire", "xx") == scripts.script("fire", "en")
    assert scripts.script("nothing") is None


def test_a_volunteered_status_is_met_with_a_card_in_each_language() -> None:
    for language in scripts.LANGUAGES:
        card = next(one for one in scripts.cards(language) if one.id == "not_asked")
        assert card.say
        assert card.otherwise


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD, "'question' is missing"),
        (HEAD + '[[question]]\nabout = "where"\n', "ask once about each of these, in order"),
        (HEAD.replace("fire", "arson") + QUESTIONS, "no family 'arson'"),
        (HEAD + 'types = ["ALIEN"]\n' + QUESTIONS, "no type ALIEN"),
        (HEAD.replace("version = 1", "version = 0") + QUESTIONS, "counts from 1"),
        ("id =", "test.toml"),
    ],
)
def test_a_wrong_file_says_what_to_mend(text: str, message: str) -> None:
    with pytest.raises(scripts.ScriptError, match=message):
        parse(text, "en/test.toml", parse_common(COMMON, "en/common.toml"))


def test_common_wordings_must_cover_every_topic() -> None:
    with pytest.raises(scripts.ScriptError, match="no wording for hurt"):
        parse_common(COMMON.replace('hurt = "Hurt?"\n', ""), "en/common.toml")
