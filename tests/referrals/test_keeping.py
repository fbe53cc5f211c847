"""The directory: what a clerk keeps, what is refused, and for how long it counts as confirmed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from safecall.contacts.actions import Actor, InvalidField
from safecall.referrals import selectors
from safecall.referrals.actions import BrokenChain, PhoneData, confirm, keep_service
from safecall.referrals.models import PastNumber, Service
from safecall.referrals.seed import PRINTED_ON, SEEDS, seed, seed_id
from tests.referrals.conftest import Make, data

pytestmark = pytest.mark.django_db


def test_a_number_that_nobody_confirmed_is_not_given_out(make: Make) -> None:
    assert make("Quiet office").shown_phones == []
    shown = make("Asked office", confirmed=True).shown_phones
    assert [one.shown for one in shown] == ["(218) 555-0142"]


def test_a_national_number_is_given_out(make: Make) -> None:
    one = make("Help line", phones=(PhoneData("211"),))
    assert [phone.dialled for phone in one.shown_phones] == ["211"]


def test_an_extension_keeps_its_leading_zeros(make: Make) -> None:
    one = make("Office", confirmed=True, phones=(PhoneData("(218) 555-0142 ext. 007"),))
    assert one.shown_phones[0].shown == "(218) 555-0142 ext. 007"
    assert one.shown_phones[0].dialled == "+12185550142;ext=007"


def test_a_changed_number_ends_the_confirmation_a_changed_description_does_not(
    make: Make, clerk: Actor
) -> None:
    one = make("Office", confirmed=True)
    keep_service(clerk, data("Office", id=one.pk, description="Open to all."))
    assert Service.objects.get(pk=one.pk).confirmed_on == timezone.localdate()
    other = (PhoneData("218 555 0143"),)
    keep_service(clerk, data("Office", id=one.pk, phones=other))
    assert Service.objects.get(pk=one.pk).confirmed_on is None


def test_after_ninety_days_a_confirmation_is_old_and_listed(make: Make, clerk: Actor) -> None:
    one = make("Office", confirmed=True)
    today = timezone.localdate()
    for days, old in ((90, False), (91, True)):
        Service.objects.filter(pk=one.pk).update(confirmed_on=today - timedelta(days=days))
        assert Service.objects.get(pk=one.pk).old(today) is old
        assert (one in selectors.to_confirm()) is old
    assert confirm(clerk, one).confirmed_by == clerk.user
    assert selectors.to_confirm() == []


def test_a_circle_is_refused_with_its_chain_and_nothing_is_kept(make: Make, clerk: Actor) -> None:
    last = make("Last")
    middle = make("Middle", onward=(last.pk,))
    first = make("First", onward=(middle.pk,))
    with pytest.raises(BrokenChain) as refused:
        keep_service(clerk, data("Last", id=last.pk, onward=(first.pk,)))
    assert set(refused.value.chain) == {"First", "Middle", "Last"}
    assert refused.value.chain[0] == refused.value.chain[-1]
    assert "First → Middle → Last" in " → ".join(refused.value.chain[:-1] * 2)
    assert not Service.objects.get(pk=last.pk).onward.exists()


def test_a_service_cannot_refer_to_itself(make: Make, clerk: Actor) -> None:
    one = make("One")
    with pytest.raises(BrokenChain):
        keep_service(clerk, data("One", id=one.pk, onward=(one.pk,)))


def test_a_chain_that_ends_at_nobody_is_refused(make: Make) -> None:
    with pytest.raises(BrokenChain, match="ends here") as refused:
        make("Somewhere", takes_everyone=False)
    assert refused.value.chain == ["Somewhere"]


def test_the_end_of_a_chain_cannot_be_taken_away(make: Make, clerk: Actor) -> None:
    end = make("End")
    make("Office", takes_everyone=False, onward=(end.pk,))
    with pytest.raises(BrokenChain, match="Office"):
        keep_service(clerk, data("End", id=end.pk, active=False))
    assert Service.objects.get(pk=end.pk).active


def test_who_takes_everyone_has_a_number(make: Make) -> None:
    with pytest.raises(InvalidField, match="needs a number"):
        make("Nobody", phones=())


def test_a_chain_nobody_would_walk_to_its_end_is_refused(make: Make) -> None:
    last = make("0")
    with pytest.raises(BrokenChain, match="Shorten"):
        for step in range(1, 20):
            last = make(str(step), onward=(last.pk,))
    assert Service.objects.count() == 12


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "He has no papers"}, "name"),
        ({"description": "Are you a citizen?"}, "description"),
        ({"kind": "sorcery"}, "kind"),
        ({"needs": ("gold",)}, "needs"),
        ({"languages": ("Spanish",)}, "languages"),
        ({"hours": "nine to five"}, "hours"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://user:pass@example.org"}, "website"),
        ({"phones": (PhoneData("call us"),)}, "phones"),
        ({"phones": (PhoneData("12"),)}, "phones"),
        ({"phones": (PhoneData("218 555 0142", "x"),)}, "phones"),
        ({"phones": (PhoneData("218 555 0142", kind="pigeon"),)}, "phones"),
        ({"onward": (uuid4(),)}, "onward"),
        ({"rank": 1000}, "rank"),
    ],
)
def test_what_cannot_be_kept_says_which_field(
    make: Make, fields: dict[str, object], field: str
) -> None:
    name = str(fields.pop("name", "Office"))
    with pytest.raises(InvalidField) as refused:
        make(name, **fields)
    assert refused.value.field == field
    assert not Service.objects.exists()


def test_the_directory_to_start_with() -> None:
    assert seed() == len(SEEDS)
    assert seed() == 0
    for one in selectors.services():
        # No number is given out but those of the whole country.
        assert {phone.number for phone in one.phones.all()} <= {"911", "211", "988"}
        assert one.confirmed_on is None
        assert one.takes_everyone or one.onward.all()


def test_the_numbers_of_2017_are_history_alone() -> None:
    seed()
    assert set(PastNumber.objects.values_list("number", "printed_on")) == {
        ("+16512211016", PRINTED_ON),
        ("+16127275220", PRINTED_ON),
        ("+12184645095", PRINTED_ON),
    }
    assert all(not one.shown_phones for one in selectors.services() if one.past_numbers.exists())


def test_what_a_clerk_changed_stays_when_the_start_is_made_again(clerk: Actor) -> None:
    seed()
    line = seed_id("211")
    changed = data("211, by telephone", id=line, phones=(PhoneData("211"),))
    keep_service(clerk, changed)
    seed()
    assert str(Service.objects.get(pk=line).name) == "211, by telephone"
