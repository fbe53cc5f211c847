"""What was measured, and that nobody can be told from it."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.contacts import actions as contacts
from safecall.contacts.actions import Actor
from safecall.contacts.models import Contact, Unit
from safecall.interpreting import actions, measures
from safecall.interpreting.measures import SMALL, Wait, hide, spread, summarise, to_csv
from safecall.interpreting.models import Offer
from tests.interpreting.conftest import Make


def waits(language: str, count: int, without: int = 0) -> list[Wait]:
    return [Wait(language, 1.0, 1.2, 10.0 + n, 12.0 + n, True, n < without) for n in range(count)]


def test_percentiles_are_of_nearest_rank() -> None:
    made = spread(map(float, range(1, 101)))
    assert made == measures.Spread(50.0, 90.0, 100)
    assert spread([1.0] * SMALL) is None


def test_a_language_of_few_is_hidden_and_one_beside_it() -> None:
    made = summarise([*waits("so", 40), *waits("es", 30), *waits("mww", 3)])
    assert [(row.language, row.requests) for row in made.rows] == [
        ("so", 40),
        ("es", None),
        ("mww", None),
    ]
    assert made.total.requests == 73
    table = list(csv.DictReader(io.StringIO(to_csv(made))))
    assert [row["requests"] for row in table] == ["40", "hidden", "hidden", "73"]


def test_the_sum_is_hidden_where_all_are() -> None:
    made = summarise(waits("so", 3))
    assert made.total.requests is None
    assert made.steps == {}


def test_how_many_went_without_is_hidden_where_few_did_or_few_did_not() -> None:
    few, all_but_few, many = (
        summarise(waits("so", 40, without=count)).rows[0].without for count in (3, 35, 20)
    )
    assert (few, all_but_few, many) == (None, None, 20)
    assert summarise(waits("so", 40)).rows[0].without == 0


def possible(counts: Sequence[int], hidden: Sequence[bool]) -> list[set[int]]:
    """For each hidden cell the values that fit the published sum, each at least 1."""
    inside = [count for count, hides in zip(counts, hidden, strict=True) if hides]
    rest = sum(inside)
    return [set(range(1, rest - (len(inside) - 1) + 1)) for _ in inside]


@settings(max_examples=300)
@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_hidden_cell_follows_from_the_others_and_the_sum(counts: list[int]) -> None:
    hidden = hide(counts)
    for count, hides in zip(counts, hidden, strict=True):
        assert hides or count == 0 or count > SMALL
        assert not (hides and count == 0)
    if any(hidden) and not all(
        hides or not count for count, hides in zip(counts, hidden, strict=True)
    ):
        # Something is shown beside them, so the sum is shown too.
        assert all(len(values) > 1 for values in possible(counts, hidden))


def test_the_times_of_a_real_request(
    desk: Actor, somali_call: Contact, interpreter: Make, unit_12: Unit
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    contacts.assign_unit(desk, somali_call, unit_12)
    actions.accept(desk, Offer.objects.get(request=request))
    actions.first_word(desk, request)
    now = timezone.now()
    found = measures._waits(now - timedelta(hours=1), now + timedelta(hours=1), "dispatch")
    assert len(found) == 1
    wait = found[0]
    assert wait.language == "so"
    assert wait.help_first is True
    assert wait.to_offer is not None
    assert wait.to_answer is not None
    assert wait.to_first_word is not None
    assert wait.to_request <= wait.to_offer <= wait.to_answer <= wait.to_first_word
    assert measures._waits(now + timedelta(hours=1), now + timedelta(hours=2), "dispatch") == []
