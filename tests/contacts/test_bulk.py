"""Many contacts of the past at once: each on its own day, numbered in its own year, never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from safecall.contacts import counted, numbering
from safecall.contacts.actions import Actor, ContactOpening, Place, open_contact
from safecall.contacts.actions.bulk import Batch, PastCall, prepare, write
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note
from safecall.ledger.leaf import commit
from safecall.ledger.models import LedgerRow
from safecall.ledger.verify import verify
from safecall.privacy.kept import UnscreenedText
from safecall.privacy.rows import prepared
from tests.ledger import publishing

ACTOR = Actor.system("historical test")
NOON = datetime(2019, 6, 1, 12, tzinfo=UTC)


def past(key: str, point: AnsweringPoint, at: datetime = NOON, words: str = "") -> PastCall:
    opening = ContactOpening("911", point, received_at=at, place=Place(words), narrative=words)
    return PastCall(key, opening, at + timedelta(minutes=9), "13")


def numbers(year: int) -> list[int | None]:
    return list(
        Contact.objects.filter(year=year).order_by("serial").values_list("serial", flat=True)
    )


def test_each_stands_on_its_own_day_with_a_number_of_its_year(
    answering_point: AnsweringPoint,
) -> None:
    eve = datetime(2020, 1, 1, 3, tzinfo=UTC)  # still the last of December in the department
    calls = [
        past("b", answering_point, NOON + timedelta(days=1)),
        past("a", answering_point),
        past("c", answering_point, eve),
        past("d", answering_point, datetime(2021, 5, 5, tzinfo=UTC)),
    ]
    done = write(prepare(ACTOR, calls))
    assert (done.opened, done.closed) == (4, 4)
    inside = Contact.objects.order_by("opened_at").values_list("year", "serial")
    assert list(inside) == [(2019, 1), (2019, 2), (2019, 3), (2021, 1)]
    assert all(one.opened_at == one.received_at for one in Contact.objects.all())
    assert set(Contact.objects.values_list("source", flat=True)) == {"historical"}
    days = LedgerRow.objects.filter(kind="contact").order_by("day").values_list("day", flat=True)
    assert list(days) == [date(2019, 6, 1), date(2019, 6, 2), date(2019, 12, 31), date(2021, 5, 4)]


def test_numbers_go_on_beside_those_of_a_running_service(answering_point: AnsweringPoint) -> None:
    live = open_contact(ACTOR, ContactOpening("911", answering_point)).contact
    numbering.number_pending()
    year = Contact.objects.get(pk=live.pk).year
    assert year is not None
    write(prepare(ACTOR, [past("a", answering_point, live.opened_at)]))
    open_contact(ACTOR, ContactOpening("911", answering_point))
    numbering.number_pending()
    assert numbers(year) == [1, 2, 3]


def test_what_is_there_already_stays_as_it_is(answering_point: AnsweringPoint) -> None:
    calls = [past(key, answering_point) for key in "ab"]
    write(prepare(ACTOR, calls[:1]))
    done = write(prepare(ACTOR, [*calls, calls[1]]))
    assert (done.opened, done.already_there, done.other) == (1, 2, [])
    assert Contact.objects.count() == 2
    assert LedgerRow.objects.filter(kind="contact").count() == 2
    assert numbers(2019) == [1, 2]


def test_a_key_that_another_call_has_is_told(answering_point: AnsweringPoint) -> None:
    later = NOON + timedelta(hours=1)
    calls = [past("a", answering_point), past("a", answering_point, later)]
    assert write(prepare(ACTOR, calls)).other == [1]
    assert write(prepare(ACTOR, calls[1:])).other == [0]
    assert Contact.objects.get().received_at == NOON


def test_a_batch_that_fails_leaves_nothing_and_no_gap(
    answering_point: AnsweringPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = prepare(ACTOR, [past("a", answering_point)])

    def broken(rows: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("safecall.contacts.actions.bulk.append_prepared", broken)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write(batch)
    assert not Contact.objects.exists()
    assert not HistoryEntry.objects.exists()
    write(batch)
    assert numbers(2019) == [1]


def test_words_about_status_are_not_kept_and_are_counted(answering_point: AnsweringPoint) -> None:
    said = "A man at the door. He is undocumented."
    done = write(prepare(ACTOR, [past("a", answering_point, words=said)]))
    assert done.removed["statement"] == 2  # place and note
    contact = Contact.objects.get()
    assert "undocumented" not in contact.place_words + Note.objects.get().text
    assert LedgerRow.objects.filter(kind="guard_removed", subject=contact.pk).count() == 1
    assert "undocumented" not in str(prepare(ACTOR, [past("a", answering_point, words=said)]).made)


def test_a_prepared_row_takes_no_text_that_was_not_screened(contact: Contact) -> None:
    with pytest.raises(UnscreenedText):
        prepared(Note, {"contact_id": contact.pk, "at": NOON, "author_label": "x", "text": "plain"})


def test_the_entry_opens_with_the_record_of_the_contact(answering_point: AnsweringPoint) -> None:
    write(prepare(ACTOR, [past("a", answering_point)]))
    contact = Contact.objects.get()
    row = LedgerRow.objects.get(kind="contact")
    assert row.salt is not None
    made = commit(bytes(row.salt), counted.opening_record(contact))
    assert made == bytes(row.commitment)


def test_what_cannot_be_is_refused_by_place(answering_point: AnsweringPoint) -> None:
    never = PastCall("a", ContactOpening("911", answering_point))
    wrong = PastCall("b", ContactOpening("911", answering_point, received_at=NOON, priority=9))
    batch = prepare(ACTOR, [never, past("c", answering_point), wrong])
    assert list(batch.made) == [1]
    assert {place: reason.split(":")[0] for place, reason in batch.refused.items()} == {
        0: "received_at",
        2: "priority",
    }


def test_an_end_that_cannot_be_leaves_the_contact_open(answering_point: AnsweringPoint) -> None:
    opening = ContactOpening("911", answering_point, received_at=NOON)
    ends = (NOON - timedelta(days=1), datetime(2199, 1, 1, tzinfo=UTC), None)
    calls = [PastCall(str(n), opening, end, "13") for n, end in enumerate(ends)]
    assert write(prepare(ACTOR, calls)).closed == 0
    assert set(Contact.objects.values_list("state", flat=True)) == {"received"}


def test_nothing_to_do_is_done(answering_point: AnsweringPoint) -> None:
    assert write(Batch()).opened == 0


def test_seals_say_how_many_came_from_an_export(answering_point: AnsweringPoint) -> None:
    write(prepare(ACTOR, [past("a", answering_point)]))
    day, contact = NOON.date(), Contact.objects.get()
    numbers = {"year": 2019, "first": 1, "last": 1, "count": 1, "historical": 1}
    assert counted.counted(day, day) == {"numbers": [numbers], "by_telephone": 1}
    live = open_contact(ACTOR, ContactOpening("911", answering_point)).contact
    numbering.number_pending()
    today = timezone.localdate(live.opened_at)
    late = counted.counted(today, today, [contact.pk])
    assert [one["year"] for one in late["numbers"]] == [2019, today.year]
    assert "historical" not in late["numbers"][1]
    assert late["by_telephone"] == 2


@publishing.configured
def test_a_ledger_with_history_verifies_also_when_more_of_it_comes_late(
    answering_point: AnsweringPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(today: date) -> None:
        publishing.publish(today)
        result = verify(publishing.published().__getitem__)
        assert result.faults == []
        assert any("Contact numbers are gapless" in one for one in result.proved)
        assert result.counts["contact"] == Contact.objects.count()

    monkeypatch.setattr(publishing, "counted", counted.counted)
    days = [NOON + timedelta(days=number) for number in range(4)]
    first = [past(f"1-{at}-{n}", answering_point, at) for at in days[:3] for n in range(50)]
    write(prepare(ACTOR, first[100:] + first[:100]))
    publish(days[3].date())
    late = [past(f"2-{at}-{n}", answering_point, at) for at in days for n in range(50)]
    write(prepare(ACTOR, late))
    publish(days[3].date() + timedelta(days=1))
