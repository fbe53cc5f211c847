"""Reading the scripts: TOML files to frozen values, checked whole when the service starts.

A file `<language>/<family>.toml` has `id`, `version`, `language`, `title`, `family`, optionally
`types` (incident types that it serves instead of the rest of its family), `say` (lines to say) and
its `[[question]]`s in the order in which they are asked. A question that gives no wording of its
own takes that of `<language>/common.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from safecall.vocabulary import incident_types

LANGUAGES: Final[dict[str, str]] = {"en": "English", "es": "español"}
#: What is asked, in the order of asking: where help is needed first, so that it can be sent.
TOPICS: Final = ("where", "callback", "what", "hurt", "weapons", "who", "direction", "language")
FALLBACK_FAMILY: Final = "general"


class ScriptError(ValueError):
    """A script file is wrong; the message names the file and says what to mend."""


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the topic, `ask` the words to say, `prompt` a hint for the call taker or empty."""

    about: str
    ask: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Card:
    """What to say in a situation that is not the incident's; `otherwise` may be empty."""

    id: str
    title: str
    when: str
    say: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Script:
    """The script of one incident family in one language (a BCP 47 tag)."""

    id: str
    version: int
    language: str
    title: str
    family: str
    types: tuple[str, ...]
    say: tuple[str, ...]
    questions: tuple[Question, ...]
    confirmed: str


@dataclass(frozen=True, slots=True)
class _Common:
    ask: Mapping[str, str]
    prompt: Mapping[str, str]
    cards: tuple[Card, ...]


def parse(text: str, name: str, common: _Common) -> Script:
    """The script written in `text`; `name` is its file's, for messages. Raises `ScriptError`."""
    data = _table(text, name)
    try:
        made = Script(
            id=data["id"],
            version=data["version"],
            language=data["language"],
            title=data["title"],
            family=data["family"],
            types=tuple(data.get("types", ())),
            say=tuple(data["say"]),
            questions=tuple(_question(one, common) for one in data["question"]),
            confirmed=data["confirmed"],
        )
    except KeyError as error:
        raise ScriptError(f"{name}: {error.args[0]!r} is missing.") from None
    _check(made, name)
    return made


def parse_common(text: str, name: str) -> _Common:
    """The shared wordings of a language. Raises `ScriptError`."""
    data = _table(text, name)
    try:
        made = tuple(
            Card(one["id"], one["title"], one["when"], one["say"], one.get("otherwise", ""))
            for one in data["card"]
        )
        missing = [topic for topic in TOPICS if topic not in data["ask"]]
    except KeyError as error:
        raise ScriptError(f"{name}: {error.args[0]!r} is missing.") from None
    if missing:
        raise ScriptError(f"{name}: [ask] has no wording for {', '.join(missing)}.")
    return _Common(data["ask"], data.get("prompt", {}), made)


def _table(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(f"{name}: {error}") from None


def _question(data: Mapping[str, str], common: _Common) -> Question:
    about = data["about"]
    return Question(
        about,
        data.get("ask") or common.ask.get(about, ""),
        data.get("prompt") or common.prompt.get(about, ""),
    )


def _check(made: Script, name: str) -> None:
    topics = tuple(question.about for question in made.questions)
    if topics != TOPICS:
        raise ScriptError(f"{name}: ask once about each of these, in order: {', '.join(TOPICS)}.")
    if made.family not in incident_types.FAMILIES:
        raise ScriptError(f"{name}: the vocabulary has no family {made.family!r}.")
    unknown = [code for code in made.types if code not in incident_types.BY_CODE]
    if unknown:
        raise ScriptError(f"{name}: the vocabulary has no type {', '.join(unknown)}.")
    if made.version < 1 or not made.say:
        raise ScriptError(f"{name}: the version counts from 1, and there is a line to say.")


def _load(folder: Traversable) -> tuple[dict[str, Script], tuple[Card, ...]]:
    common_file = folder / "common.toml"
    common = parse_common(common_file.read_text("utf-8"), f"{folder.name}/common.toml")
    loaded: dict[str, Script] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml") and file.name != "common.toml":
            name = f"{folder.name}/{file.name}"
            made = parse(file.read_text("utf-8"), name, common)
            if made.language != folder.name or made.id in loaded:
                raise ScriptError(f"{name}: its language or id belongs to another file.")
            loaded[made.id] = made
    return loaded, common.cards


_loaded = {tag: _load(files("safecall.scripts") / tag) for tag in LANGUAGES}
_BY_LANGUAGE: Final[dict[str, dict[str, Script]]] = {
    tag: scripts for tag, (scripts, _) in _loaded.items()
}
_CARDS: Final[dict[str, tuple[Card, ...]]] = {tag: made for tag, (_, made) in _loaded.items()}


def script(script_id: str, language: str = "en") -> Script | None:
    """The script with this id; in English where it does not exist in the language."""
    known = _BY_LANGUAGE.get(language, {})
    return known.get(script_id) or _BY_LANGUAGE["en"].get(script_id)


def scripts(language: str) -> tuple[Script, ...]:
    """All scripts of a language, or of English where there are none."""
    return tuple(_BY_LANGUAGE.get(language, _BY_LANGUAGE["en"]).values())


def cards(language: str) -> tuple[Card, ...]:
    """The cards of a language, or of English where there are none."""
    return _CARDS.get(language, _CARDS["en"])


def for_incident_type(code: str, language: str = "en") -> Script:
    """The script for an incident type; the general one while the type is not known."""
    for one in scripts(language):
        if code in one.types:
            return one
    known = incident_types.BY_CODE.get(code)
    family = known.family if known else FALLBACK_FAMILY
    return next(one for one in scripts(language) if one.family == family and not one.types)
