"""Words in a report that mean: call 911 first.

One list of phrases a language; `alarm` are texts that must lead to 911, `calm` texts that must
not. All languages are run on every text: people write as they speak, whatever page they are on.
"""

from pathlib import Path
from typing import Final

from safecall.guard.word_lists import WordList, load

FOLDER: Final = Path(__file__).parent


def read(path: Path) -> WordList:
    """One language's list. Raises `WordListError` where it cannot be used."""
    return load(path, "emergency", examples=("alarm", "calm"))


#: Read when the service starts: one with a broken list does not start.
LISTS: Final = tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))


def is_emergency(*texts: str) -> bool:
    """Whether any of the texts says that somebody needs help now."""
    return any(one.groups_in(text) for text in texts if text for one in LISTS)
