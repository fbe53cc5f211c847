"""A department with some weeks of contacts behind it, for a running service."""

#: Opens contacts on past days, as the acts do; prints the receipt code of one of them.
PAST = """
from datetime import UTC, datetime, timedelta
import time_machine
from safecall.contacts import receipts
from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import Agency, AnsweringPoint
agency, _ = Agency.objects.get_or_create(code="test-pd", name="Test Police Department")
point, _ = AnsweringPoint.objects.get_or_create(code="test-911", name="Test 911", agency=agency)
start = datetime(2026, 9, 28, 17, tzinfo=UTC)
for number in range(300):
    with time_machine.travel(start + timedelta(hours=3 * number), tick=False):
        opening = ContactOpening("911", point, narrative="Loud music." if number % 9 == 0 else "")
        contact = open_contact(Actor.system("CAD"), opening).contact
        if number == 150:
            print(receipts.issue(contact))
"""
