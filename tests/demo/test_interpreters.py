"""The demonstration's interpreters: marked as such, and made by the same acts as all others."""

from safecall.contacts.models import AnsweringPoint
from safecall.demo.calls import make_calls
from safecall.demo.department import make_department
from safecall.demo.interpreters import PEOPLE, VENDORS, make_interpreters
from safecall.interpreting.models import Interpreter, InterpreterRequest, Offer, Vendor


def test_everybody_is_marked_as_demonstration(db: None) -> None:
    assert make_interpreters() == len(PEOPLE) + len(VENDORS)
    assert make_interpreters() == len(PEOPLE) + len(VENDORS), "nobody twice"
    for one in Interpreter.objects.all():
        assert one.demo
        assert str(one.name).startswith("Demo")
    assert all(line.demo and "demo data" in str(line.name) for line in Vendor.objects.all())


def test_calls_of_the_past_were_interpreted(db: None) -> None:
    point: AnsweringPoint = make_department()
    make_interpreters()
    make_calls(point, 14)
    request = InterpreterRequest.objects.first()
    assert request is not None
    assert request.ending == "interpreted"
    assert request.first_word_at
    assert request.contact.answered_at
    assert request.contact.answered_at < request.needed_at < request.first_word_at
    assert not Offer.objects.filter(over_at__isnull=True).exists(), "everybody is free again"
