"""NENA's answering figures."""

from datetime import timedelta

from django.utils import timezone

from safecall.contacts import answering
from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint


def test_shares_are_of_answered_911_calls_in_the_span(answering_point: AnsweringPoint) -> None:
    received = timezone.now() - timedelta(hours=1)
    for channel, seconds in (("911", 5), ("911", 15), ("911", 18), ("911", 40), ("web", 2)):
        open_contact(
            Actor.system("CAD"),
            ContactOpening(
                channel,
                answering_point,
                received_at=received,
                answered_at=received + timedelta(seconds=seconds),
            ),
        )
    figures = answering.figures(received, received + timedelta(minutes=1))
    assert (figures.calls, figures.share_15, figures.share_20) == (4, 50.0, 75.0)
    assert figures.kept is False


def test_no_call_is_no_figure(db: None) -> None:
    now = timezone.now()
    figures = answering.figures(now - timedelta(days=1), now)
    assert (figures.calls, figures.share_15, figures.kept) == (0, None, None)
