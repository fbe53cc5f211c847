"""Asking for an interpreter: with one key, or by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions import Changes, change, values
from safecall.contacts.actions.base import Actor, ActRefused, InvalidField, acting, finish
from safecall.contacts.models import Contact, HistoryEntry
from safecall.contacts.workflow import Act, State
from safecall.interpreting.actions.base import keep, on_request, refuse_if_ended, refuse_unless_desk
from safecall.interpreting.advance import advance_soon, close_offers
from safecall.interpreting.models import Interpreter, InterpreterRequest
from safecall.interpreting.roster import somebody_to_ask, speaks
from safecall.interpreting.story import offers_of
from safecall.interpreting.terms import Outcome, Purpose, Reason
from safecall.vocabulary.matching import spoken

# The language of this department's staff; whoever speaks it needs no interpreter.
OWN: Final = "en"
# Where somebody is on the line or at the counter, an interpreter is asked for by itself.
BY_ITSELF: Final = frozenset(
    {
        Contact.Channel.EMERGENCY.value,
        Contact.Channel.NON_EMERGENCY.value,
        Contact.Channel.TEXT.value,
        Contact.Channel.COUNTER.value,
    }
)


@dataclass(frozen=True, slots=True)
class Need:
    """What kind of interpreter. An empty language is the contact's.

    `second`: other languages that the caller named. `wish`: `woman` or `man`, only where the caller
    asks. `needed_at`: when the need was recognised; without it, now. `consented`: the caller agreed
    to a language of the table of equivalents.
    """

    language: str = ""
    second: tuple[str, ...] = ()
    purpose: str = Purpose.DISPATCH.value
    wish: str = ""
    needed_at: datetime | None = None
    consented: bool = False


def request_interpreter(
    actor: Actor, contact: Contact, need: Need | None = None, *, by_itself: bool = False
) -> InterpreterRequest:
    """Ask for an interpreter; the first ring goes out at once. Returns the open request.

    Where one is open already it is returned, in the language that is asked for now. Raises
    `ActRefused` where the contact is closed or nobody knows the language, `InvalidField`.
    """
    refuse_unless_desk(actor)
    wanted = _checked(need or Need())
    if wanted.language:
        change(actor, contact, Changes(language=wanted.language))
    with acting(contact, Act.INTERPRET) as current:
        if current.state == State.CLOSED.value:
            raise ActRefused("This contact is closed. Reopen it first.")
        language = current.language
        if not language:
            raise ActRefused('Ask "What language do you want to speak?" and choose it first.')
        request = InterpreterRequest.objects.filter(contact=current, ended_at=None).first()
        if request is None:
            request = _make(actor, current, language, wanted, by_itself)
    if request.language != language:
        return change_language(actor, request, language)
    advance_soon(request.pk)
    request.refresh_from_db()
    return request


def request_if_needed(actor: Actor, contact: Contact) -> InterpreterRequest | None:
    """Ask for an interpreter by itself where the contact needs one; the open request, or None.

    For pages and feeds after a contact was opened, answered or changed. It never refuses.
    """
    if not needs_interpreter(contact, actor):
        return None
    try:
        return request_interpreter(
            Actor("service", actor.label, actor.user), contact, by_itself=True
        )
    except ActRefused:
        return None


def needs_interpreter(contact: Contact, actor: Actor | None = None) -> bool:
    """Whether somebody is there who speaks a language that the call taker does not.

    The call taker is the actor, or else whoever answered or opened the contact. A need that was met
    or declined once does not come back by itself, unless the language is another one.
    """
    if contact.state == State.CLOSED.value or contact.channel not in BY_ITSELF:
        return False
    if not contact.language or spoken(contact.language) == OWN:
        return False
    known = InterpreterRequest.objects.filter(contact=contact.pk, language=contact.language)
    if known.exists():
        return False
    user = actor.user.pk if actor and actor.user else _call_taker(contact)
    return somebody_to_ask() and not speaks(user, contact.language)


def change_language(
    actor: Actor, request: InterpreterRequest, language: str, *, confirmed: bool = False
) -> InterpreterRequest:
    """The caller speaks another language or variety than was thought; those who ring are let go.

    The contact's language changes with it. `confirmed`: the actor asked the caller. Raises
    `ActRefused`, `InvalidField`.
    """
    refuse_unless_desk(actor)
    tag = _language(language)
    with transaction.atomic():
        change(actor, Contact(pk=request.contact_id), Changes(language=tag))
        _change(actor, request, tag, confirmed)
    advance_soon(request.pk)
    request.refresh_from_db()
    return request


def _change(actor: Actor, request: InterpreterRequest, tag: str, confirmed: bool) -> None:
    with on_request(request) as (contact, current):
        refuse_if_ended(current)
        changed = current.language != tag
        if changed and current.answered_at is None:
            now = timezone.now()
            close_offers(offers_of(current), Outcome.WITHDRAWN, now, Reason.GONE)
        data = {"step": "language", "language": [current.language, tag]}
        current.language = tag
        current.language_confirmed_by = actor.user if confirmed else None
        keep(contact, current, actor, data, ("language", "language_confirmed_by"))


def consent(actor: Actor, request: InterpreterRequest) -> InterpreterRequest:
    """The caller agrees to be served in an equivalent language; who speaks one is asked now."""
    refuse_unless_desk(actor)
    with on_request(request) as (contact, current):
        refuse_if_ended(current)
        if not current.consented:
            current.consented = True
            keep(contact, current, actor, {"step": "consent"}, ("consented",))
    advance_soon(current.pk)
    return current


def _checked(need: Need) -> Need:
    if need.language:
        _language(need.language)
    for tag in need.second:
        _language(tag)
    if need.purpose not in list(Purpose):
        raise InvalidField("purpose", "Choose speaking with the caller, or an interview.")
    if need.wish and need.wish not in Interpreter.Gender.values:
        raise InvalidField("wish", "Choose a woman or a man, or leave it open.")
    if need.needed_at:
        values.past("needed_at", need.needed_at)
    return need


def _language(tag: str) -> str:
    if not tag:
        raise InvalidField("language", "Choose the language that the caller wants to speak.")
    return values.language(tag)


def _make(
    actor: Actor, contact: Contact, language: str, need: Need, by_itself: bool
) -> InterpreterRequest:
    now = timezone.now()
    request = InterpreterRequest.objects.create(
        contact=contact,
        language=language,
        second_languages=" ".join(need.second),
        purpose=need.purpose,
        wish=need.wish,
        consented=need.consented,
        priority=contact.priority,
        by_itself=by_itself,
        requested_by=actor.user,
        needed_at=min(need.needed_at or now, now),
        requested_at=now,
        wake_at=now,
    )
    data = {"step": "requested", "language": language, "by_itself": by_itself}
    finish(contact, actor, Act.INTERPRET, data=data)
    return request


def _call_taker(contact: Contact) -> int | None:
    """Whoever answered the contact, or else opened it; None where that was a system."""
    answered = HistoryEntry.objects.filter(contact=contact.pk, act=Act.ANSWER.value)
    latest = answered.order_by("-id").values_list("actor", flat=True).first()
    return latest or contact.opened_by_id
