"""Small counts about residents: which stay hidden, so that no hidden one can be computed. Pure.

1 to 10 people of a language in a small city could be told who they are; 0 is shown, since it is
about nobody (the model of the Centers for Medicare & Medicaid Services). Three rules keep a
hidden count from being computed by subtraction:

1. **Within a year**: where the hidden counts follow from the others and the sum, the next smallest
   is hidden beside them, and where there is none, the sum (`protect`).
2. **Between periods**: figures of several years are made only from what the years show (`span`),
   so they tell nothing that the years do not.
3. **Between two releases**: a year's table is made once, after the year, and stands (`released`).
   A year that goes on has none: the difference of two days would be one day's people.

What was done with an immigration authority is counted exactly and is never combined with these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

SMALL: Final = 10
#: Records may still come in for so many days after a year's end, before its tables are made.
GRACE_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts that add up to `total`; None: hidden.

    `at_least`, for several years together: what the years show of a count that is hidden in some
    of them.
    """

    counts: dict[str, int | None]
    total: int | None
    at_least: dict[str, int] = field(default_factory=dict)

    @property
    def hidden(self) -> list[str]:
        """The names of what is hidden."""
        return [name for name, count in self.counts.items() if count is None]


def protect(counts: Mapping[str, int], small: int = SMALL) -> Cells:
    """The counts of one year as they may be shown. 0 is shown, 1 to `small` never.

    The hidden counts are enough where their sum leaves each of them more than one value, whether
    one takes it for a small one or for the one that was hidden beside them.
    """
    total = sum(counts.values())
    hidden = {name for name, count in counts.items() if 0 < count <= small}
    larger = sorted((count, name) for name, count in counts.items() if count > small)
    while hidden and larger and _follows([counts[name] for name in hidden], small):
        hidden.add(larger.pop(0)[1])
    bare = bool(hidden) and _follows([counts[name] for name in hidden], small)
    shown = {name: None if name in hidden else count for name, count in counts.items()}
    return Cells(shown, None if bare else total)


def protect_together(
    vectors: Mapping[str, Mapping[str, int]], small: int = SMALL
) -> tuple[dict[str, Cells], int | None]:
    """Several questions that the same people answered, so that each adds up to the same total.

    Where one of them hides the total, the others would tell it: then all that is not 0 is hidden.
    Returns the cells of each, and the common total.
    """
    made = {name: protect(counts, small) for name, counts in vectors.items()}
    totals = {cells.total for cells in made.values()}
    if None not in totals:
        return made, max((one for one in totals if one is not None), default=0)
    bare = {
        name: Cells({one: None if count else 0 for one, count in counts.items()}, None)
        for name, counts in vectors.items()
    }
    return bare, None


def span(years: Iterable[Cells]) -> Cells:
    """Several years together, from nothing but what each of them shows."""
    parts = list(years)
    names = dict.fromkeys(name for part in parts for name in part.counts)
    counts: dict[str, int | None] = {}
    at_least: dict[str, int] = {}
    for name in names:
        each: list[int | None] = [part.counts.get(name, 0) for part in parts]
        known: list[int] = [count for count in each if count is not None]
        summed: int = sum(known)
        counts[name] = summed if len(known) == len(each) else None
        if counts[name] is None and summed:
            at_least[name] = summed
    totals = [part.total for part in parts]
    known_totals = [one for one in totals if one is not None]
    total = sum(known_totals) if len(known_totals) == len(totals) else None
    return Cells(counts, total, at_least)


def may_split(part: int, whole: int, small: int = SMALL) -> bool:
    """Whether a part of a shown whole may be shown: neither it nor the rest is small."""
    return all(count == 0 or count > small for count in (part, whole - part))


def is_due(year: int, today: date) -> bool:
    """Whether the tables of this year may be made: it and the days of grace are over."""
    return today > date(year, 12, 31) + timedelta(days=GRACE_DAYS)


def released(before: Cells | None, counts: Mapping[str, int], year: int, today: date) -> Cells:
    """The table of a year: as it was released, or made now if it is due; else empty and hidden.

    What came late changes nothing in a table that was released.
    """
    if before is not None:
        return before
    if not is_due(year, today):
        return Cells({}, None)
    return protect(counts)


def _follows(inside: list[int], small: int) -> bool:
    """Whether hidden counts follow from their sum: one alone, or all of them at one end."""
    if len(inside) == 1:
        return True
    least, most = len(inside), small * len(inside)
    return sum(inside) in (least, most) and max(inside) <= small
