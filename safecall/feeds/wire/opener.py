"""From what a wire tells to the records, through the one door for acts on contacts.

A call that rings is opened once, however often and on however many wires it is heard of: its id
is made from what identifies it, so the database itself refuses a second one, also after a restart
and with two feeds beside each other.
"""

import hashlib
import logging
import queue
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, IntegrityError, close_old_connections, connections, transaction

from safecall.contacts import actions
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.contacts.workflow import Act, State
from safecall.feeds.wire.calls import Call, HungUp, Moved, News, Position
from safecall.feeds.wire.counts import Counts
from safecall.interpreting import actions as interpreting
from safecall.interpreting.actions.requesting import OWN
from safecall.privacy.rows import together
from safecall.vocabulary.languages import is_tag
from safecall.vocabulary.matching import spoken

_LONGEST_WAIT: Final = 5.0
_MOST_SECOND: Final = 3
HUNG_UP: Final = "The caller hung up before the call was answered."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ring:
    """A contact for which an interpreter may have to be asked."""

    contact: Contact
    call: Call


class Opener:
    """Carries news out on threads of its own; news of one call stay in their order.

    Interpreters are asked for on a thread apart, so that in a rush no contact waits for the
    interpreter of another one.

    A database that does not answer is asked again until it does: what waits is bounded by
    `capacity`, and `put` says when there is no room.
    """

    def __init__(
        self,
        wire: str,
        point: AnsweringPoint,
        counts: Counts,
        workers: int = 1,
        capacity: int = 10_000,
    ) -> None:
        self._wire, self._point, self._counts = wire, point, counts
        name = f"Telephone network ({wire.upper()})"
        self._actor = actions.Actor.system(name)
        self._asker = actions.Actor("service", name)
        each = max(capacity // workers, 1)
        # The last one is for interpreters; it fills from the others, so it ends after them.
        self._rings: queue.Queue[News | _Ring | None] = queue.Queue(capacity)
        self._opening: list[queue.Queue[News | _Ring | None]] = [
            queue.Queue(each) for _ in range(workers)
        ]
        self._queues = [*self._opening, self._rings]
        self._threads = [
            threading.Thread(target=self._work, args=(one,), name=f"{wire}-{number}", daemon=True)
            for number, one in enumerate(self._queues)
        ]
        self._ending = threading.Event()

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def put(self, news: News) -> bool:
        """Leave news to be carried out; False where there is no room."""
        try:
            self._opening[hash(news.key) % len(self._opening)].put_nowait(news)
        except queue.Full:
            return False
        return True

    def stop(self, patience: float = 60.0) -> int:
        """End after what waits, or after `patience` seconds; returns how much was left undone."""
        end = time.monotonic() + patience
        for one, thread in zip(self._queues, self._threads, strict=True):
            with suppress(queue.Full):
                one.put(None, timeout=max(end - time.monotonic(), 0.1))
            thread.join(max(end - time.monotonic(), 0.1))
        self._ending.set()
        # What the threads still hold, and what stands behind it; None is the end's own mark.
        left = sum(thread.is_alive() for thread in self._threads)
        return left + sum(max(one.qsize() - 1, 0) for one in self._queues)

    def contact_id(self, key: str) -> UUID:
        """The id of the contact for this key; without the service's secret nobody can compute it.

        It has the form of a random one, which it looks like to everyone else.
        """
        secret = hashlib.sha256(b"safecall/feeds\n" + settings.SECRET_KEY.encode()).digest()
        named = f"{self._wire}\n{key}".encode("utf-8", "replace")
        return UUID(bytes=hashlib.blake2b(named, key=secret, digest_size=16).digest(), version=4)

    def _work(self, waiting: "queue.Queue[News | _Ring | None]") -> None:
        try:
            self._until_told(waiting)
        finally:
            connections.close_all()

    def _until_told(self, waiting: "queue.Queue[News | _Ring | None]") -> None:
        while (news := waiting.get()) is not None:
            wait = 0.1
            while not self._tried(news):
                if self._ending.wait(wait):
                    return
                wait = min(wait * 2, _LONGEST_WAIT)

    def _tried(self, news: News | _Ring) -> bool:
        """Whether it is done with, for better or worse; False to try again."""
        try:
            self._carry_out(news)
        except DatabaseError:
            self._counts.add("tried again: the database did not answer")
            _log.exception("the database could not take a call; it will be tried again")
            close_old_connections()
            return False
        except Exception:  # noqa: BLE001  one call must not end the feed
            self._counts.add("failed while recording")
            _log.exception("a call could not be recorded")
        return True

    def _carry_out(self, news: News | _Ring) -> None:
        if isinstance(news, Call):
            self._open(news)
        elif isinstance(news, HungUp):
            self._hung_up(news)
        elif isinstance(news, _Ring):
            self._ring(news.contact, news.call)
        else:
            self._moved(news)

    def _open(self, call: Call) -> None:
        pk = self.contact_id(call.key)
        known = self._find(call.earlier.key, call.earlier.since) if call.earlier else None
        contact = known or self._new(call, pk)
        if known or contact is None:
            self._counts.add("already open")
            contact = known or self._find(call.key)
        # Also for a contact that was there: the feed may have ended between the two.
        if contact is not None:
            try:
                self._rings.put_nowait(_Ring(contact, call))
            except queue.Full:
                self._counts.add("interpreter not asked for: too many wait")

    def _new(self, call: Call, pk: UUID) -> Contact | None:
        """The contact, opened; None where there is one with this id already."""
        try:
            with together(savepoint=True):
                contact = self._opened(call, pk)
        except IntegrityError:
            if not Contact.objects.filter(pk=pk).exists():
                raise
            return None
        except actions.InvalidField:
            # A part that cannot be taken must not cost the call: then it opens without parts.
            _log.exception("a call came with a part that could not be taken")
            self._counts.add("opened without its parts")
            contact = self._opened(Call(call.key, call.received_at, call.channel), pk)
        self._counts.add("opened")
        return contact

    def _ring(self, contact: Contact, call: Call) -> None:
        """Ask for the interpreter while the telephone still rings."""
        if not interpreting.needs_interpreter(contact):
            return
        second = [tag for tag in call.languages if is_tag(tag) and spoken(tag) != OWN]
        need = interpreting.Need(
            second=tuple(tag for tag in second if tag != contact.language)[:_MOST_SECOND],
            needed_at=call.received_at,
        )
        try:
            interpreting.request_interpreter(self._asker, contact, need, by_itself=True)
        except (actions.ActRefused, actions.InvalidField):
            self._counts.add("interpreter not asked for: closed meanwhile")
        else:
            self._counts.add("interpreter asked for")

    def _opened(self, call: Call, pk: UUID) -> Contact:
        language = next((tag for tag in call.languages if is_tag(tag)), "")
        opening = actions.ContactOpening(
            channel=call.channel,
            answering_point=self._point,
            received_at=call.received_at,
            place=_place(call.position),
            callback=call.callback,
            language=language,
            narrative=call.narrative,
            id=pk,
        )
        return actions.open_contact(self._actor, opening).contact

    def _hung_up(self, news: HungUp) -> None:
        """A note for whoever rings back; only while nobody has answered, and once."""
        with transaction.atomic():
            # Locked, so that of two feeds only one adds the note.
            mine = Contact.objects.select_for_update().filter(pk=self.contact_id(news.key))
            contact = mine.first()
            if contact is None or contact.state != State.RECEIVED.value:
                self._counts.add("hung up: nothing to note")
                return
            later = contact.history.filter(
                act=Act.NOTE.value, actor_label=self._actor.label, version__gt=1
            )
            if later.exists():
                return
            actions.add_note(self._actor, contact, HUNG_UP)
        self._counts.add("hung up before the answer")

    def _moved(self, news: Moved) -> None:
        """Take the better position, unless a person has set the place since; then note it."""
        with transaction.atomic():
            contact = self._find(news.key)
            if contact is None and news.earlier:
                contact = self._find(news.earlier.key, news.earlier.since)
            if contact is None or contact.state == State.CLOSED.value:
                self._counts.add("position of a call that is not open")
                return
            ours = contact.history.filter(
                actor_label=self._actor.label, act__in=(Act.OPEN.value, Act.CHANGE.value)
            )
            version = ours.order_by("-id").values_list("version", flat=True).first()
            place = _place(news.position)
            try:
                actions.change(self._actor, contact, actions.Changes(place=place), version)
            except actions.VersionConflict:
                at = "" if place.lat is None else f" ({place.lat:.5f}, {place.lon:.5f})"
                told = f"A later position: {place.words}{at}".strip()
                actions.add_note(self._actor, contact, told)
        self._counts.add("position updated")

    def _find(self, key: str, since: datetime | None = None) -> Contact | None:
        """The contact of this key, received since then; the acts on it lock it themselves."""
        found = Contact.objects.filter(pk=self.contact_id(key))
        return (found.filter(received_at__gte=since) if since else found).first()


def _place(position: Position) -> actions.Place:
    return actions.Place(position.words, position.lat, position.lon)
