"""Words in a report that mean: call 911 first.

One list of phrases a language; `alarm` are texts that must lead to 911, `calm` texts that must
not.
"""

from pathlib import Path
from typing import Final

from safecall.guard.word_lists import WordLists

LISTS: Final = WordLists(Path(__file__).parent, "emergency", examples=("alarm", "calm"))


def is_emergency(*texts: str) -> bool:
    """Whether any of the texts says that somebody needs help now."""
    return any(LISTS.groups_in(text) for text in texts if text)
