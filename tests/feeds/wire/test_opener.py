"""From what a wire tells to the records: once, whatever happens."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from safecall.contacts import actions
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.feeds.sip.feed import SipFeed
from safecall.feeds.wire.calls import Call, HungUp, Malformed, Moved, News, Position
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.opener import HUNG_UP, Opener
from safecall.interpreting.models import InterpreterRequest
from safecall.people.models import User
from tests.feeds.sip.examples import audio, full, invite
from tests.interpreting.conftest import Make

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def counts() -> Counts:
    return Counts(logging.getLogger("safecall.test"))


@pytest.fixture
def opener(answering_point: AnsweringPoint, counts: Counts) -> Opener:
    """Not started: what is put is carried out by `tried` in the test's own thread."""
    return Opener("sip", answering_point, counts)


@pytest.fixture
def tried(opener: Opener) -> Callable[[News], bool]:
    """Carries out one piece of news and what follows from it; whether it is done with."""

    def carry_out(news: News) -> bool:
        done = opener._tried(news)
        while not opener._rings.empty():
            following = opener._rings.get()
            assert following is not None
            done &= opener._tried(following)
        return done

    return carry_out


@pytest.fixture
def feed(tried: Callable[[News], bool], counts: Counts) -> SipFeed:
    return SipFeed(tried, counts)


def call(key: str = "k", **changed: Any) -> Call:
    return Call(**{"key": key, "received_at": timezone.now(), "channel": "911"} | changed)


def test_a_call_is_a_contact_that_rings(feed: SipFeed) -> None:
    feed.handle(full())
    contact = Contact.objects.get()
    assert (contact.state, contact.channel, contact.language) == ("received", "911", "so")
    assert contact.callback == "+12185550142"
    assert contact.place_words == "211 W 2nd St, Unit 4, Duluth, MN 55802"
    assert (contact.latitude, contact.longitude) == (46.7867, -92.1005)
    assert "Somali, else Arabic" in contact.notes.get().text
    assert contact.history.first().actor_label == "Telephone network (SIP)"  # type: ignore[union-attr]


def test_repeats_open_nothing_also_after_a_restart_and_beside_another_feed(
    feed: SipFeed, tried: Callable[[News], bool], counts: Counts
) -> None:
    for _ in range(3):
        feed.handle(full())
    again = SipFeed(tried, counts)
    again.handle(invite(CSeq="2 INVITE"))
    again.handle(invite(To="<urn:service:sos>;tag=desk", CSeq="3 INVITE"))
    assert Contact.objects.count() == 1
    assert counts["repeated"] == 2
    assert counts["already open"] == 1
    assert counts["within a call"] == 1


def test_a_call_is_received_when_it_came_and_not_when_it_was_recorded(
    tried: Callable[[News], bool],
) -> None:
    before = timezone.now() - timedelta(seconds=9)
    assert tried(call(received_at=before))
    assert Contact.objects.get().received_at == before


def test_hanging_up_is_noted_once(feed: SipFeed, counts: Counts) -> None:
    feed.handle(full())
    feed.handle(invite(method="CANCEL", Via="SIP/2.0/UDP x;branch=z9hG4bKother"))
    assert counts["another telephone stopped ringing"] == 1
    assert not Contact.objects.get().notes.filter(text__contains="hung up").exists()
    feed.handle(invite(method="CANCEL"))
    feed.handle(invite(method="CANCEL"))
    assert Contact.objects.get().notes.filter(text__contains="hung up").count() == 1
    assert Contact.objects.get().state == "received"


def test_hanging_up_is_noted_once_also_after_a_restart(
    tried: Callable[[News], bool],
) -> None:
    tried(call(narrative="The position may be off by 30 m."))
    tried(HungUp("k"))
    tried(HungUp("k"))
    assert [note.text for note in Contact.objects.get().notes.order_by("id")][1:] == [HUNG_UP]


def test_after_the_answer_a_cancel_says_nothing(
    tried: Callable[[News], bool], amina: User, counts: Counts
) -> None:
    tried(call())
    actions.answer(actions.Actor.staff(amina), Contact.objects.get())
    tried(HungUp("k"))
    tried(HungUp("unknown"))
    assert counts["hung up: nothing to note"] == 2


def test_a_better_position_is_taken(tried: Callable[[News], bool]) -> None:
    tried(call(position=Position("Cell tower 12")))
    tried(Moved("k", Position("12 Invented Ave", 46.5, -92.5)))
    tried(Moved("k", Position("14 Invented Ave", 46.6, -92.6)))
    contact = Contact.objects.get()
    assert (contact.place_words, contact.latitude) == ("14 Invented Ave", 46.6)


def test_what_a_person_typed_is_never_overwritten(
    tried: Callable[[News], bool], amina: User
) -> None:
    tried(call(position=Position("Cell tower 12")))
    actions.change(
        actions.Actor.staff(amina),
        Contact.objects.get(),
        actions.Changes(place=actions.Place("Back door of the school")),
    )
    tried(Moved("k", Position("12 Invented Ave", 46.5, -92.5)))
    contact = Contact.objects.get()
    assert contact.place_words == "Back door of the school"
    assert "12 Invented Ave (46.50000, -92.50000)" in contact.notes.get().text


def test_a_part_that_cannot_be_taken_does_not_cost_the_call(
    tried: Callable[[News], bool], counts: Counts
) -> None:
    assert tried(call(position=Position("x" * 600), callback="+12185550142"))
    assert Contact.objects.get().place_words == ""
    assert counts["opened without its parts"] == 1


def test_a_language_that_the_record_cannot_hold_is_passed_over(
    tried: Callable[[News], bool],
) -> None:
    tried(call(languages=("x-unknown", "so")))
    assert Contact.objects.get().language == "so"


def test_a_database_that_does_not_answer_is_asked_again(
    tried: Callable[[News], bool], monkeypatch: pytest.MonkeyPatch, counts: Counts
) -> None:
    def down(*_: object) -> None:
        raise OperationalError("not there")

    monkeypatch.setattr("safecall.feeds.wire.opener.close_old_connections", lambda: None)
    with monkeypatch.context() as broken:
        broken.setattr(actions, "open_contact", down)
        assert not tried(call())
    assert tried(call())
    assert Contact.objects.count() == 1
    assert counts["tried again: the database did not answer"] == 1


def test_the_interpreter_s_telephone_rings_while_the_caller_s_does(
    feed: SipFeed, interpreter: Make, counts: Counts
) -> None:
    interpreter("hodan", "so")
    feed.handle(full())
    asked = InterpreterRequest.objects.get()
    assert (asked.language, asked.second_languages, asked.by_itself) == ("so", "ar", True)
    assert asked.needed_at == asked.contact.received_at
    assert asked.contact.state == "received"
    assert [offer.interpreter.code for offer in asked.offers.all()] == ["hodan"]
    assert counts["interpreter asked for"] == 1


def test_english_needs_none_and_is_nobody_s_second_language(
    feed: SipFeed, interpreter: Make
) -> None:
    interpreter("hodan", "so")
    feed.handle(invite(audio("a=hlang-send:en so")))
    assert not InterpreterRequest.objects.exists()
    feed.handle(invite(audio("a=hlang-send:so en en-GB"), Call_ID="other"))
    assert InterpreterRequest.objects.get().second_languages == ""


def test_a_feed_that_ended_between_opening_and_asking_asks_when_it_hears_of_the_call_again(
    feed: SipFeed,
    tried: Callable[[News], bool],
    counts: Counts,
    interpreter: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    interpreter("hodan", "so")
    with monkeypatch.context() as ended:
        ended.setattr("safecall.feeds.wire.opener.Opener._ring", lambda *_: None)  # killed here
        feed.handle(full())
    assert not InterpreterRequest.objects.exists()
    again = SipFeed(tried, counts)
    again.handle(full())
    assert InterpreterRequest.objects.count() == 1
    SipFeed(tried, counts).handle(full())
    assert InterpreterRequest.objects.count() == 1


def test_limits_are_counted_and_a_repeat_gets_another_chance(counts: Counts) -> None:
    room: list[News] = []

    def put(news: News) -> bool:
        room.append(news)
        return len(room) > 1

    feed = SipFeed(put, counts, calls_a_second=1)
    for number in (1, 1, 1, 2, 3, 3):
        feed.handle(invite(Call_ID=f"call-{number}"))
    assert counts["not opened: too many calls wait"] == 1
    assert counts["not opened: over the limit of calls a second"] == 3
    assert counts["repeated"] == 1
    assert len(room) == 2


def test_malformed_messages_open_nothing(feed: SipFeed) -> None:
    with pytest.raises(Malformed):
        feed.handle(b"INVITE nonsense\r\n\r\n")
    assert not Contact.objects.exists()


def test_the_id_says_nothing_of_the_call(opener: Opener, settings: Any) -> None:
    first = opener.contact_id("k")
    assert first == opener.contact_id("k") != opener.contact_id("l")
    settings.SECRET_KEY = "another secret of more than fifty characters, as it should be"
    assert opener.contact_id("k") != first


@pytest.mark.django_db(transaction=True)
def test_threads_carry_out_what_is_put_and_end(
    answering_point: AnsweringPoint, counts: Counts
) -> None:
    opener = Opener("sip", answering_point, counts, workers=2, capacity=100)
    for number in range(20):
        assert opener.put(call(f"k{number}"))
        assert opener.put(HungUp(f"k{number}"))
    opener.start()
    assert opener.stop(patience=120) == 0
    assert Contact.objects.count() == 20
    assert counts["hung up before the answer"] == 20


def test_what_could_not_be_recorded_before_the_end_is_said(
    opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise OperationalError("not there")

    monkeypatch.setattr(opener, "_carry_out", down)
    for number in range(3):
        opener.put(call(f"k{number}"))
    opener.start()
    assert opener.stop(patience=0.5) == 3
