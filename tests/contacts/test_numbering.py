"""Numbers are gapless per year, whoever opens and however many workers count."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint, Contact, NumberSeries
from safecall.contacts.numbering import number_pending


def _open(answering_point: AnsweringPoint, count: int) -> None:
    for _ in range(count):
        open_contact(Actor.system("CAD"), ContactOpening("911", answering_point))


def _serials() -> list[int]:
    return sorted(s for s in Contact.objects.values_list("serial", flat=True) if s is not None)


def test_a_contact_gets_the_next_number_of_its_year(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 3)
    assert number_pending() == 3
    assert _serials() == [1, 2, 3]
    year = Contact.objects.values_list("year", flat=True).first()
    assert Contact.objects.get(serial=2).number == f"{year}-000002"


def test_a_rolled_back_opening_leaves_no_gap(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _open(answering_point, 1)
        _ = 1 / 0
    _open(answering_point, 1)
    number_pending()
    assert _serials() == [1, 2]


def test_each_year_counts_from_one(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 2)
    old = Contact.objects.first()
    assert old is not None
    Contact.objects.filter(pk=old.pk).update(opened_at=datetime(2020, 6, 1, tzinfo=UTC))
    while number_pending():
        pass
    assert Contact.objects.get(pk=old.pk).number == "2020-000001"
    assert _serials() == [1, 1]


def test_the_year_is_that_of_the_department_not_of_utc(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 1)
    Contact.objects.update(opened_at=datetime(2025, 1, 1, 3, tzinfo=UTC))
    number_pending()
    assert Contact.objects.get().year == 2024


def test_batches_go_on_where_the_last_one_ended(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 5)
    while number_pending(batch=2):
        pass
    assert _serials() == [1, 2, 3, 4, 5]
    assert NumberSeries.objects.get().last == 5


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_give_no_number_twice(answering_point: AnsweringPoint) -> None:
    _open(answering_point, 60)

    def work() -> None:
        try:
            for _ in range(30):
                number_pending(batch=4)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while number_pending():
        pass
    assert _serials() == list(range(1, 61))
