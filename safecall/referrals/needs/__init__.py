"""What a person needs, in their own plain words: one list of phrases a language.

Nothing of the text is kept.
"""

from pathlib import Path
from typing import Final

from safecall.guard.word_lists import WordLists

#: The part of a group's id behind the language is a code of `kinds.NEEDS`.
LISTS: Final = WordLists(Path(__file__).parent, "need")


def needs_in(text: str) -> frozenset[str]:
    """The codes of the needs that the text names; none where it has no word that we know."""
    return frozenset(group.rpartition(".")[2] for group in LISTS.groups_in(text))
