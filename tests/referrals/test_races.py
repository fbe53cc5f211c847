"""Two clerks at the same moment cannot make a circle together, which each alone would not."""

from collections.abc import Callable
from functools import partial

import pytest

from safecall.contacts.actions import Actor, ActRefused
from safecall.people.models import User
from safecall.referrals import chains
from safecall.referrals.actions import BrokenChain, give, keep_service, standing, tell
from safecall.referrals.actions.keeping import graph_of_active
from safecall.referrals.models import Referral, Service
from tests.interpreting.test_races import at_once
from tests.referrals.conftest import data

RACES = 10

pytestmark = pytest.mark.django_db(transaction=True)


def _tried(act: Callable[[], object], *refusals: type[Exception]) -> bool:
    try:
        act()
    except refusals:
        return False
    return True


def test_two_edges_that_make_a_circle_together(ruth: User) -> None:
    clerk = Actor.staff(ruth)
    for number in range(RACES):
        one, two = (keep_service(clerk, data(f"{name} {number}")) for name in ("One", "Two"))

        def refer(here: Service, there: Service) -> bool:
            changed = data(str(here.name), id=here.pk, onward=(there.pk,))
            return _tried(partial(keep_service, clerk, changed), BrokenChain)

        kept = at_once([partial(refer, one, two), partial(refer, two, one)])
        assert sorted(kept, key=bool) == [False, True]
        graph, _, _ = graph_of_active()
        assert chains.circle(graph) == []


def test_person_and_office_tell_at_the_same_moment(ruth: User) -> None:
    clerk = Actor.staff(ruth)
    last = keep_service(clerk, data("Last"))
    first = keep_service(clerk, data("First", takes_everyone=False, onward=(last.pk,)))
    for _ in range(RACES):
        code = give(first, "site").code
        told = [
            partial(_tried, partial(tell, code, outcome, who), ActRefused)
            for outcome, who in (("not_reached", "person"), ("helped", "office"))
        ]
        at_once(told)
        # Whoever was second spoke of the step on which they found it.
        there = standing(code)
        assert there
        assert there.referral.step <= 2
        steps = Referral.objects.filter(code_hash=there.referral.code_hash)
        assert len(set(steps.values_list("step", flat=True))) == steps.count()
