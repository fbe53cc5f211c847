"""What the desk shows of an interpreter who is being arranged."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.contacts.models import Contact
from safecall.contacts.workflow import State
from safecall.interpreting import wording
from safecall.interpreting.models import Interpreter, InterpreterRequest, Offer, Skill, Vendor
from safecall.interpreting.roster import vendor_tag
from safecall.interpreting.terms import Kind, Outcome, Stage
from safecall.vocabulary.languages import GROUPS, label
from safecall.vocabulary.matching import best, matches

OUTCOMES: Final[dict[str, str | Promise]] = {
    "": _("ringing"),
    Outcome.ACCEPTED.value: _("accepted"),
    Outcome.DECLINED.value: _("declined"),
    Outcome.SILENT.value: _("no answer"),
    Outcome.FAILED.value: _("nobody there"),
}
#: These stages wait for the call taker, who has a line to dial.
URGENT: Final = frozenset({Stage.VENDOR.value, Stage.SECOND_VENDOR.value, Stage.SUPERVISOR.value})

BOARD_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Ring:
    """One offer as a line of the panel."""

    offer: Offer
    who: str
    language: str
    outcome: str | Promise

    @property
    def open(self) -> bool:
        """Whether it still rings."""
        return not self.offer.outcome

    @property
    def at_work(self) -> bool:
        """Whether this one interprets now."""
        return self.offer.outcome == Outcome.ACCEPTED and self.offer.over_at is None


def latest(contact: Contact) -> InterpreterRequest | None:
    """The contact's newest request, open or ended. One query."""
    return InterpreterRequest.objects.filter(contact=contact).order_by("-requested_at").first()


def mark(request: InterpreterRequest | None) -> str:
    """What changes with every change of the request; pages ask whether it is still the same."""
    return f"{request.pk.hex[:8]}-{request.version}" if request else ""


def panel(contact: Contact) -> dict[str, Any]:
    """All that the panel's template needs."""
    request = latest(contact)
    open_request = request if request and request.ended_at is None else None
    offers = rings(request) if request else []
    asked = open_request.language if open_request else contact.language
    group = GROUPS.get(asked)
    return {
        "request": request,
        "open": open_request,
        "mark": mark(request),
        "asked": label(asked) if asked else "",
        "stage": wording.STAGES.get(request.stage, "") if request else "",
        "urgent": bool(open_request and open_request.stage in URGENT),
        "lines": [one for one in offers if one.open and one.offer.kind == Kind.VENDOR],
        "people": [one for one in offers if one.offer.interpreter_id],
        "told": [one for one in offers if one.offer.kind == Kind.SUPERVISOR],
        "at_work": next((one for one in offers if one.at_work), None),
        "ended_lines": [one for one in offers if not one.open and one.offer.vendor_id],
        "ask": group.ask if group else "",
        "varieties": [(tag, label(tag)) for tag in group.members] if group else [],
        "to_confirm": _to_confirm(open_request),
        "consent_to": _consent_to(open_request),
        "other_lines": _other_lines(open_request, offers),
        "can_ask": contact.state != State.CLOSED.value and open_request is None,
        "genders": Interpreter.Gender.choices,
        "purposes": InterpreterRequest.PURPOSES,
        "ending": request.get_ending_display() if request else "",
    }


def rings(request: InterpreterRequest) -> list[Ring]:
    """The request's offers, oldest first. One query."""
    offers = Offer.objects.filter(request=request).select_related("interpreter", "vendor")
    return [ring(one) for one in offers.order_by("id")]


def ring(offer: Offer) -> Ring:
    """The offer as people read it."""
    if offer.interpreter:
        who = str(offer.interpreter.name)
    elif offer.vendor:
        who = str(offer.vendor.name)
    else:
        who = str(_("Supervisor"))
    outcome = offer.get_reason_display().lower() if offer.reason else OUTCOMES[offer.outcome]
    if offer.kind == Kind.SUPERVISOR:
        outcome = _("has seen it") if offer.outcome == Outcome.ACCEPTED else _("told")
    return Ring(offer, who, label(offer.tag) if offer.tag else "", outcome)


def _to_confirm(request: InterpreterRequest | None) -> str:
    """The variety that is spoken but not confirmed with the caller yet; its tag, or empty."""
    if request is None or not request.served or request.language_confirmed_by_id:
        return ""
    found = best(request.language, [request.served])
    return request.served if found and found.to_confirm else ""


def _consent_to(request: InterpreterRequest | None) -> str:
    """Languages that would do if the caller agrees, in words; empty where nobody speaks one."""
    if request is None or request.answered_at or request.consented:
        return ""
    tags = Skill.objects.filter(interpreter__active=True).values_list("tag", flat=True).distinct()
    found = matches(request.language, tags)
    return " / ".join(label(one.offered) for one in found if one.needs_consent)


def _other_lines(request: InterpreterRequest | None, offers: list[Ring]) -> list[Vendor]:
    """Lines that have the language, of those that are not shown already."""
    if request is None or request.answered_at:
        return []
    shown = [one.offer.vendor.pk for one in offers if one.open and one.offer.vendor]
    lines = Vendor.objects.filter(active=True).exclude(pk__in=shown).order_by("rank", "code")
    return [one for one in lines if vendor_tag(one, request) is not None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request as the supervisor's board shows it."""

    request: InterpreterRequest
    language: str
    stage: str
    urgent: bool
    rings: list[Ring]
    told_at: datetime | None

    @property
    def unseen(self) -> bool:
        """Whether the supervisor was told and has not marked it as seen."""
        return any(one.open and one.offer.kind == Kind.SUPERVISOR for one in self.rings)


def open_requests() -> list[InterpreterRequest]:
    """Those without an interpreter first, then by how long they wait. One query."""
    found = InterpreterRequest.objects.filter(ended_at=None).select_related("contact")
    waiting_first = F("answered_at").asc(nulls_first=True)
    return list(found.order_by(waiting_first, "requested_at")[:BOARD_LENGTH])


def board_mark(requests: list[InterpreterRequest]) -> str:
    """Changes with every change of one of them; short enough for an address."""
    marks = " ".join(mark(one) for one in requests)
    return hashlib.blake2b(marks.encode(), digest_size=8).hexdigest()


def board() -> list[Waiting]:
    """All open requests with their rings. Two queries."""
    found = open_requests()
    offers: dict[Any, list[Ring]] = {one.pk: [] for one in found}
    query = Offer.objects.filter(request__in=found).select_related("interpreter", "vendor")
    for offer in query.order_by("id"):
        offers[offer.request_id].append(ring(offer))
    return [_waiting(one, offers[one.pk]) for one in found]


def _waiting(request: InterpreterRequest, offers: list[Ring]) -> Waiting:
    told = [one.offer.at for one in offers if one.offer.kind == Kind.SUPERVISOR]
    return Waiting(
        request,
        label(request.language),
        wording.STAGES.get(request.stage, ""),
        request.stage in URGENT,
        offers,
        told[-1] if told else None,
    )
