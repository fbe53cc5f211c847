"""No hidden count can be computed: by arithmetic, by linear programming, by knowing the rules."""

from collections import defaultdict
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from safecall.accountability.disclosure import (
    GRACE_DAYS,
    SMALL,
    Cells,
    is_due,
    may_split,
    protect,
    protect_together,
    released,
    span,
)

LANGUAGES = ("am", "hmn", "so", "es", "vi")
# Where the edges are: none, one, the last small one, the first large one.
COUNT = st.one_of(st.sampled_from([0, 1, 2, 9, 10, 11, 12]), st.integers(0, 60))
YEAR = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, COUNT))


def test_small_counts_are_hidden_and_none_is_shown() -> None:
    made = protect({"so": 41, "es": 7, "am": 3, "vi": 0})
    assert made.counts == {"so": 41, "es": None, "am": None, "vi": 0}
    assert made.total == 51
    assert made.hidden == ["es", "am"]


def test_one_hidden_alone_takes_the_next_smallest_with_it() -> None:
    made = protect({"so": 41, "es": 30, "am": 3})
    assert made.counts == {"so": 41, "es": None, "am": None}
    assert made.total == 74


def test_without_a_larger_one_the_sum_is_hidden() -> None:
    assert protect({"so": 4, "es": 0}) == Cells({"so": None, "es": 0}, None)
    assert protect({"so": 1, "es": 1}) == Cells({"so": None, "es": None}, None)
    assert protect({"so": 10, "es": 10}) == Cells({"so": None, "es": None}, None)
    assert protect({"so": 1, "es": 1, "am": 50}) == Cells(dict.fromkeys(("so", "es", "am")), 52)


def test_nothing_to_hide() -> None:
    assert protect({}) == Cells({}, 0)
    assert protect({"so": 11, "es": 0}) == Cells({"so": 11, "es": 0}, 11)


@given(YEAR)
def test_what_is_shown_is_true_and_never_small(counts: dict[str, int]) -> None:
    made = protect(counts)
    for name, shown in made.counts.items():
        assert shown is None or (shown == counts[name] and not 0 < shown <= SMALL)
        assert shown is not None or counts[name] > 0, "none is never hidden"
    assert made.total in (None, sum(counts.values()))


def test_nobody_who_knows_the_rules_can_tell_a_hidden_count() -> None:
    """All tables of up to four counts, with 1 to 3 as the small ones: whatever is published
    could have come from two tables that differ in each hidden count."""
    small, most = 3, 9
    for width in (1, 2, 3, 4):
        values: dict[object, list[set[int]]] = {}
        for counts in product(range(most + 1), repeat=width):
            made = protect({str(place): count for place, count in enumerate(counts)}, small)
            # The largest counts here have no larger twins in this small world.
            if sum(counts) > most and made.total is not None:
                continue
            seen = values.setdefault(
                (tuple(made.counts.values()), made.total), [set() for _ in counts]
            )
            for place, count in enumerate(counts):
                seen[place].add(count)
        for (shown, _), found in values.items():  # type: ignore[misc]
            for place, count in enumerate(shown):
                assert count is not None or len(found[place]) > 1, (shown, place)


class Adversary:
    """Everything that was published, as equations over what was counted; solved exactly."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, int], int] = {}
        self.sums: list[tuple[list[tuple[str, int]], int]] = []
        self.lower: dict[tuple[str, int], int] = defaultdict(int)

    def see(self, cells: Cells, years: list[int]) -> None:
        for name in cells.counts:
            for year in years:
                self.names.setdefault((name, year), len(self.names))
        for name, count in cells.counts.items():
            if count is not None:
                self.sums.append(([(name, year) for year in years], count))
            elif len(years) == 1:
                self.lower[name, years[0]] = 1  # 0 is shown
        if cells.total is not None and cells.counts:
            self.sums.append(([(n, y) for n in cells.counts for y in years], cells.total))

    def range(self, cell: tuple[str, int]) -> tuple[int, int]:
        """The least and the most that this count can be."""
        size = len(self.names)
        rows = np.zeros((len(self.sums), size))
        for row, (cells, _) in enumerate(self.sums):
            for one in cells:
                rows[row, self.names[one]] = 1
        said = np.array([count for _, count in self.sums], dtype=float)
        lower = np.array([self.lower[name] for name in self.names], dtype=float)
        held = [LinearConstraint(rows, said, said)] if len(self.sums) else []
        ends = []
        for sign in (1, -1):
            aim = np.zeros(size)
            aim[self.names[cell]] = sign
            found = milp(
                aim, constraints=held, bounds=Bounds(lower, 500.0), integrality=np.ones(size)
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def _publish(
    seen: Adversary,
    counts: dict[int, dict[str, int]],
    before: dict[int, Cells],
    today: date,
) -> dict[int, Cells]:
    """A release as the accountability page makes it: each year, and all years together."""
    made = {
        year: released(before.get(year), counted, year, today) for year, counted in counts.items()
    }
    shown = {year: cells for year, cells in made.items() if is_due(year, today)}
    for year, cells in shown.items():
        seen.see(cells, [year])
    for first in shown:
        years = [year for year in shown if year >= first]
        seen.see(span(shown[year] for year in years), years)
    return shown


@settings(max_examples=25, deadline=None)
@given(st.lists(YEAR, min_size=3, max_size=3), YEAR)
def test_two_releases_and_all_their_sums_tell_no_hidden_count(
    years: list[dict[str, int]], late: dict[str, int]
) -> None:
    """The first release has two years and one that goes on; then more comes in, and the third
    year is over. The sums of the first and of the second release are held against each other."""
    counts = dict(zip((2024, 2025, 2026), years, strict=True))
    seen = Adversary()
    first = _publish(seen, counts, {}, date(2026, 11, 28))
    assert set(first) == {2024, 2025}
    later = {year: {n: c + late[n] for n, c in counted.items()} for year, counted in counts.items()}
    second = _publish(seen, later, first, date(2027, 6, 1))
    assert set(second) == {2024, 2025, 2026}
    assert {year: second[year] for year in first} == first, "a released table stands"
    for year, cells in second.items():
        for name in cells.hidden:
            least, most = seen.range((name, year))
            assert least < most, f"{name} in {year} must be {least}"


def test_the_adversary_does_find_what_is_not_protected() -> None:
    """The test above can fail: a bare difference is found."""
    seen = Adversary()
    seen.see(Cells({"so": None, "es": 30}, 34), [2025])
    assert seen.range(("so", 2025)) == (4, 4)
    seen = Adversary()
    seen.see(Cells({"so": None, "es": None}, 30), [2025])
    seen.see(Cells({"so": 50, "es": 60}, None), [2025, 2026])
    seen.see(Cells({"so": 44, "es": 36}, 80), [2026])
    assert seen.range(("so", 2025)) == (6, 6)


def test_several_years_show_what_is_known_of_a_hidden_count() -> None:
    made = span([protect({"so": 40, "es": 5, "am": 2}), protect({"so": 20, "es": 15})])
    assert made.counts == {"so": 60, "es": None, "am": None}
    assert made.at_least == {"es": 15}
    assert made.total == 82
    assert span([]) == Cells({}, 0)
    assert span([protect({"so": 3})]).total is None


@pytest.mark.parametrize(
    ("part", "whole", "may"), [(0, 5, False), (0, 40, True), (30, 40, False), (20, 40, True)]
)
def test_a_part_is_shown_only_beside_a_large_rest(part: int, whole: int, may: bool) -> None:
    assert may_split(part, whole) is may


def test_a_year_is_released_when_it_and_its_grace_are_over() -> None:
    assert not is_due(2026, date(2026, 12, 31))
    assert not is_due(2026, date(2027, 1, GRACE_DAYS))
    assert is_due(2026, date(2027, 2, 1))
    assert released(None, {"so": 40}, 2026, date(2026, 6, 1)) == Cells({}, None)
    stands = protect({"so": 40})
    assert released(stands, {"so": 47}, 2026, date(2028, 1, 1)) is stands


REPLIES = st.fixed_dictionaries(dict.fromkeys(("yes", "no", "unsaid"), COUNT))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3))
def test_three_questions_to_the_same_people_tell_no_hidden_count(
    people: int, shares: list[tuple[float, float]]
) -> None:
    """Each question's answers add up to the same number of people, which may itself be hidden."""
    vectors = {}
    for question, (yes_share, no_share) in zip(("helped", "own", "asked"), shares, strict=False):
        yes = round(people * yes_share)
        no = round((people - yes) * no_share)
        vectors[question] = {"yes": yes, "no": no, "unsaid": people - yes - no}
    made, total = protect_together(vectors)
    assert total in (None, people)
    cells = [(question, reply) for question in vectors for reply in ("yes", "no", "unsaid")]
    # One unknown a cell, and how many people there were.
    width = len(cells) + 1
    rows, said = [], []
    for question in vectors:
        rows.append([1.0 * (one[0] == question) for one in cells] + [-1.0])
        said.append(0.0)
    lower, upper = np.zeros(width), np.full(width, 500.0)
    for place, (question, reply) in enumerate(cells):
        shown = made[question].counts[reply]
        lower[place], upper[place] = (1, 500) if shown is None else (shown, shown)
    if total is not None:
        lower[-1] = upper[-1] = total
    held = LinearConstraint(np.array(rows), said, said)
    for place, (question, reply) in enumerate(cells):
        if made[question].counts[reply] is None:
            ends = []
            for sign in (1, -1):
                aim = np.zeros(width)
                aim[place] = sign
                found = milp(
                    aim,
                    constraints=held,
                    bounds=Bounds(lower, upper),
                    integrality=np.ones(width),
                )
                assert found.success, found.message
                ends.append(round(sign * found.fun))
            assert ends[0] < ends[1], (vectors, question, reply)


@given(REPLIES)
def test_a_total_that_one_question_hides_stands_at_no_other(replies: dict[str, int]) -> None:
    people = sum(replies.values())
    made, total = protect_together({"helped": replies, "asked": {"yes": people}})
    if total is None:
        assert all(not count for one in made.values() for count in one.counts.values())
    else:
        assert {one.total for one in made.values()} == {people}
