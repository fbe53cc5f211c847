"""Sentences that the linter lets pass although they read as a question of status. Each has its
reason, and stands here so that anybody can see how few there are.

They pass in Python and in translation catalogues alone: a call taker's script, a template or a
form of another system that holds one is refused. The guard itself knows no exception: whatever
people type is screened as ever.
"""

import re
from typing import Final

SENTENCES: Final[dict[str, str]] = {
    "Did anyone from the police ask about your immigration status?": (
        "On /feedback a resident says whether the police broke their promise. It asks what the "
        "police did, not what the resident's status is, and takes only yes, no, or neither. "
        "Without it nobody could show that the promise is kept."
    ),
}
_SUFFIXES: Final = frozenset({".po", ".pot", ".py"})
_ENTRY = re.compile(
    r'^msgid (?P<id>(?:"[^\n]*"[ \t]*\n)+)msgstr (?:"[^\n]*"[ \t]*(?:\n|\Z))+', re.MULTILINE
)


def without(text: str, suffix: str) -> str:
    """The text with these sentences, and in a catalogue their translations, as blanks."""
    if suffix not in _SUFFIXES:
        return text
    if suffix != ".py":
        text = _ENTRY.sub(
            lambda entry: _blank(entry) if _is_exempt(entry["id"]) else entry[0], text
        )
    for sentence in SENTENCES:
        text = text.replace(sentence, " " * len(sentence))
    return text


def _is_exempt(quoted: str) -> bool:
    return "".join(re.findall(r'"([^\n]*)"', quoted)) in SENTENCES


def _blank(entry: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", entry[0])
