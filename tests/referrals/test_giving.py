"""A referral and its code: helped, sent on, not reached, and the next step at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from safecall.contacts import receipts
from safecall.contacts.actions import ActRefused, InvalidField
from safecall.contacts.models import Contact
from safecall.referrals import retention, selectors
from safecall.referrals.actions import give, standing, tell
from safecall.referrals.models import Referral, Service
from tests.referrals.conftest import Make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(make: Make) -> Service:
    """An office that refers on to lawyers, and they to a help line."""
    line = make("Help line")
    lawyers = make("Lawyers", takes_everyone=False, onward=(line.pk,))
    return make("Office", takes_everyone=False, onward=(lawyers.pk, line.pk))


def test_a_code_opens_its_referral_however_it_is_typed(office: Service) -> None:
    given = give(office, "site")
    for typed in (given.code, given.code.replace("-", " ").lower()):
        found = standing(typed)
        assert found
        assert found.referral == given.referral
        assert found.next_service
        assert str(found.next_service.name) == "Lawyers"
    assert given.code.replace("-", "") not in str(list(Referral.objects.values()))


@pytest.mark.parametrize("typed", ["", "ABCDE", "ABCDE-ABCDE-ABCDE-ABCDE"])
def test_another_code_opens_nothing(typed: str, office: Service) -> None:
    give(office, "site")
    assert standing(typed) is None
    assert tell(typed, "helped", "person") is None


def test_a_receipt_of_a_report_is_no_code_of_a_referral(contact: Contact, office: Service) -> None:
    assert standing(receipts.issue(contact)) is None
    assert receipts.find(give(office, "site").code) is None


def test_helped_ends_it(office: Service) -> None:
    given = give(office, "desk")
    told = tell(given.code, "helped", "person")
    assert told
    assert told.next_service is None
    assert Referral.objects.get().outcome == "helped"
    with pytest.raises(ActRefused):
        tell(given.code, "not_reached", "person")


def test_not_reached_leads_on_to_the_end_and_never_back(office: Service) -> None:
    code = give(office, "site").code
    been = []
    while (told := tell(code, "not_reached", "person")) and told.referral.outcome == "":
        been.append(str(told.referral.service.name))
    assert been == ["Lawyers", "Help line"]
    assert told
    assert told.next_service is None
    assert [one.step for one in Referral.objects.order_by("id")] == [1, 2, 3]


def test_the_office_sends_on_to_whom_it_knows(office: Service, make: Make) -> None:
    clinic = make("Clinic")
    code = give(office, "desk").code
    told = tell(code, "sent_on", "office", clinic.pk)
    assert told
    assert told.referral.service == clinic
    assert told.referral.source == "onward"
    first = Referral.objects.get(step=1)
    assert (first.outcome, first.told_by) == ("sent_on", "office")


def test_nobody_is_sent_to_where_they_are_or_to_nobody(office: Service, make: Make) -> None:
    code = give(office, "desk").code
    closed = make("Closed", active=False)
    for to in (office.pk, closed.pk):
        with pytest.raises(InvalidField):
            tell(code, "sent_on", "office", to)
    assert Referral.objects.get().outcome == ""
    with pytest.raises(InvalidField):
        tell(code, "vanished", "person")


def test_no_referral_to_a_service_that_is_gone(make: Make) -> None:
    with pytest.raises(InvalidField):
        give(make("Closed", active=False), "site")


def test_figures_are_exact_and_name_those_with_none(office: Service) -> None:
    tell(give(office, "desk").code, "helped", "person")
    tell(give(office, "site").code, "sent_on", "office")
    tell(give(office, "site").code, "not_reached", "person")
    give(office, "site")
    today = timezone.localdate()
    found = {one.name: one for one in selectors.figures(today, today + timedelta(days=1))}
    of_office = found["Office"]
    assert (of_office.given, of_office.reached, of_office.helped) == (4, 2, 1)
    assert (of_office.sent_on, of_office.not_reached, of_office.untold) == (1, 1, 1)
    assert found["Lawyers"].given == 2
    assert found["Help line"].given == 0
    before = selectors.figures(date(2020, 1, 1), today)
    assert sum(one.given for one in before) == 0


def test_after_some_days_the_code_goes_and_the_count_stays(office: Service) -> None:
    old, young, walked = (give(office, "site").code for _ in range(3))
    Referral.objects.update(given_on=timezone.localdate() - timedelta(days=90))
    tell(walked, "not_reached", "person")
    fresh = give(office, "desk").code
    assert retention.due(90).count() == 2
    assert retention.forget_codes(90) == 2
    assert standing(old) is standing(young) is None
    assert standing(walked)
    assert standing(fresh)
    assert sum(one.given for one in selectors.figures(date(2000, 1, 1), date(2100, 1, 1))) == 5
