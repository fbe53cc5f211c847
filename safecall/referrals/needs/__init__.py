"""What a person needs, in their own plain words: one list of phrases a language.

All lists are run on every text, because people write as they speak, whatever page they are on.
Nothing of the text is kept.
"""

from pathlib import Path
from typing import Final

from safecall.guard.word_lists import WordListError, load
from safecall.referrals.kinds import NEEDS

FOLDER: Final = Path(__file__).parent

#: Read when the service starts: one with a broken list does not start.
LISTS: Final = tuple(load(path, "need") for path in sorted(FOLDER.glob("*.toml")))

for _one in LISTS:
    for _group in _one.groups:
        if _group.code not in NEEDS:
            raise WordListError(f"{_group.id}: {_group.code} is no need of kinds.NEEDS")


def needs_in(text: str) -> frozenset[str]:
    """The codes of the needs that the text names; none where it has no word that we know."""
    found = {group for one in LISTS for group in one.groups_in(text)}
    return frozenset(group.rpartition(".")[2] for group in found)
