"""What sort of values a column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_MOST_CODES: Final = 500
_LONGEST_CODE: Final = 60
#: So few differing values are judged as codes although they do not repeat.
_LISTED: Final = 60
_DIGITS: Final = 7
_LONG_NUMBER: Final = re.compile(r"\d{5}")
_YES_NO: Final = frozenset(
    {"y", "n", "yes", "no", "u", "unk", "unknown", "0", "1", "t", "f", "true", "false", "x",
     "s", "si", "sí", "na", "n/a", "-1"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """The filled values of a column with their counts, most frequent first."""

    counts: Mapping[str, int]
    rows: int

    @property
    def codes(self) -> bool:
        """Whether they may be codes: few and short."""
        few = len(self.counts) <= _LISTED or (self.repeat and len(self.counts) <= _MOST_CODES)
        return few and all(len(value) <= _LONGEST_CODE for value in self.counts)

    @property
    def repeat(self) -> bool:
        """Whether each is in use again and again, as codes are."""
        return len(self.counts) * 2 <= self.rows

    def code(self, value: str) -> bool:
        """Whether a value of such a column is a code, and no number of a person."""
        digits = sum(char.isdigit() for char in value)
        return digits < _DIGITS and _LONG_NUMBER.search(value) is None

    @property
    def yes_no(self) -> bool:
        """Whether they say yes or no."""
        return bool(self.counts) and all(value.casefold() in _YES_NO for value in self.counts)

    @property
    def numbers(self) -> bool:
        """Whether they are numbers or dates, and not just yes or no."""
        return (
            bool(self.counts)
            and not self.yes_no
            and all(not any(char.isalpha() for char in value) for value in self.counts)
        )


def profile(values: Iterable[str] | Mapping[str, int]) -> Profile:
    """The profile of values, or of differing values with their counts."""
    given = values.items() if isinstance(values, Mapping) else Counter(values).items()
    counts: Counter[str] = Counter()
    for value, count in given:
        if value.strip():
            counts[value.strip()] += count
    return Profile(dict(counts.most_common()), sum(counts.values()))
