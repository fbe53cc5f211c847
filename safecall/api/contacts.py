"""The operations on contacts: each reads what was sent, does one act, and says what it did."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Router, Status

from safecall.api import pages, show
from safecall.api.documented import OPENING, errors
from safecall.api.intake import answering_point, opening
from safecall.api.once import Done, count, once
from safecall.api.problems import Problem
from safecall.api.schemas import (
    AssignmentIn,
    AssignmentOut,
    ChangedOut,
    ChangesIn,
    ClosingIn,
    ContactOut,
    NoteIn,
    NoteOut,
    OpenedOut,
    PageOut,
    TransferIn,
    UnitStatusIn,
)
from safecall.api.tokens import READ, WRITE, Bearer
from safecall.contacts import actions
from safecall.contacts.models import Assignment, Contact, Unit
from safecall.people.models import SystemToken

router = Router(tags=["Contacts"])
_read, _write = Bearer(READ), Bearer(WRITE)


@router.post(
    "",
    response={201: OpenedOut, 200: OpenedOut, **errors(400, 401, 403, 413, 415, 422, 429, 503)},
    openapi_extra=OPENING,
    url_name="contact_open",
    operation_id="open_contact",
)
def open_contact(request: HttpRequest) -> HttpResponse:
    """Open a contact

    All texts are screened before they are kept; `removed` counts what was taken out, by kind.
    A repeat with the same Idempotency-Key opens nothing and answers 200. Where the guard cannot
    load, the contact opens all the same and `not_kept` names the texts to send again.
    """
    return opening(request)


@router.get(
    "",
    auth=_read,
    response={200: PageOut, **errors(400, 401, 403, 422, 429)},
    url_name="contact_list",
    operation_id="list_contacts",
)
def list_contacts(
    request: HttpRequest,
    state: pages.State = None,
    limit: pages.Limit = 50,
    cursor: pages.Cursor = "",
) -> dict[str, Any]:
    """List contacts, newest first, without anything personal"""
    return pages.page(state, limit, cursor)


@router.get(
    "/{contact_id}",
    auth=_read,
    response={200: ContactOut, **errors(401, 403, 404, 422, 429)},
    url_name="contact_read",
    operation_id="read_contact",
)
def read_contact(request: HttpRequest, response: HttpResponse, contact_id: UUID) -> dict[str, Any]:
    """Read one contact, with its notes and units"""
    contact = _find(contact_id)
    response["ETag"] = f'"{contact.version}"'
    return show.contact(contact)


@router.patch(
    "/{contact_id}",
    auth=_write,
    response={200: ChangedOut, **errors(400, 401, 403, 404, 409, 413, 415, 422, 428, 429, 503)},
    url_name="contact_change",
    operation_id="change_contact",
)
def change_contact(
    request: HttpRequest,
    response: HttpResponse,
    contact_id: UUID,
    sent: ChangesIn,
    if_match: Annotated[
        str, Header(alias="If-Match", description='The version that you have seen, such as `"3"`.')
    ] = "",
) -> dict[str, Any]:
    """Change fields of a contact

    Two changes of different fields are both kept; of the same field, the later answers 409.
    """
    version = _version(if_match)
    with_changes = actions.change(_actor(request), _find(contact_id), _changes(sent), version)
    response["ETag"] = f'"{with_changes.contact.version}"'
    return show.changed(with_changes.contact, count(with_changes.removed))


@router.post(
    "/{contact_id}/notes",
    auth=_write,
    response={
        201: NoteOut,
        200: NoteOut,
        **errors(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    },
    url_name="contact_note",
    operation_id="add_note",
)
def add_note(
    request: HttpRequest,
    contact_id: UUID,
    sent: NoteIn,
    key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = "",
) -> Status[dict[str, Any]]:
    """Add a narrative note

    A note is never edited; a later one corrects it.
    """
    contact, actor = _find(contact_id), _actor(request)

    def act() -> Done:
        added = actions.add_note(actor, contact, sent.text)
        return Done(contact, added.note, count(added.screened.findings), [])

    done = once(_token(request).pk, key, f"{contact_id}{sent.model_dump_json()}", act)
    if done.note is None:
        raise Problem(422, "This key was already used for another request.")
    shown = {
        "id": done.note.pk,
        "contact": contact.pk,
        "removed": done.removed,
        "mentions_authority": done.note.mentions_authority,
    }
    return Status(200 if done.repeated else 201, shown)


@router.post(
    "/{contact_id}/answer",
    auth=_write,
    response={200: ChangedOut, **errors(401, 403, 404, 409, 422, 429)},
    url_name="contact_answer",
    operation_id="answer_contact",
)
def answer_contact(request: HttpRequest, contact_id: UUID) -> dict[str, Any]:
    """Answer a contact"""
    return show.changed(actions.answer(_actor(request), _find(contact_id)))


@router.post(
    "/{contact_id}/close",
    auth=_write,
    response={200: ChangedOut, **errors(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    url_name="contact_close",
    operation_id="close_contact",
)
def close_contact(request: HttpRequest, contact_id: UUID, sent: ClosingIn) -> dict[str, Any]:
    """Close a contact with a disposition"""
    contact = _find(contact_id)
    return show.changed(actions.close(_actor(request), contact, sent.disposition, at=sent.at))


@router.post(
    "/{contact_id}/reopen",
    auth=_write,
    response={200: ChangedOut, **errors(401, 403, 404, 409, 422, 429)},
    url_name="contact_reopen",
    operation_id="reopen_contact",
)
def reopen_contact(request: HttpRequest, contact_id: UUID) -> dict[str, Any]:
    """Open a closed contact again"""
    return show.changed(actions.reopen(_actor(request), _find(contact_id)))


@router.post(
    "/{contact_id}/transfer",
    auth=_write,
    response={200: ChangedOut, **errors(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    url_name="contact_transfer",
    operation_id="transfer_contact",
)
def transfer_contact(request: HttpRequest, contact_id: UUID, sent: TransferIn) -> dict[str, Any]:
    """Hand a contact to another answering point"""
    to = answering_point(sent.answering_point, _token(request))
    return show.changed(actions.transfer(_actor(request), _find(contact_id), to))


@router.post(
    "/{contact_id}/units",
    auth=_write,
    response={201: AssignmentOut, **errors(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    url_name="unit_assign",
    operation_id="assign_unit",
)
def assign_unit(
    request: HttpRequest, contact_id: UUID, sent: AssignmentIn
) -> Status[dict[str, Any]]:
    """Assign a unit"""
    unit = Unit.objects.filter(callsign=sent.unit).first()
    if unit is None:
        raise Problem(422, "There is no unit with this callsign.")
    assigned = actions.assign_unit(_actor(request), _find(contact_id), unit)
    return Status(201, show.assignment(assigned))


@router.patch(
    "/{contact_id}/units/{assignment_id}",
    auth=_write,
    response={200: AssignmentOut, **errors(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    url_name="unit_status",
    operation_id="set_unit_status",
)
def set_unit_status(
    request: HttpRequest,
    contact_id: UUID,
    sent: UnitStatusIn,
    assignment_id: Annotated[int, Path(ge=1, le=2**63 - 1)],
) -> dict[str, Any]:
    """Take a unit to its next step"""
    found = (
        Assignment.objects.select_related("contact", "unit")
        .filter(Q(pk=assignment_id) & Q(contact_id=contact_id))
        .first()
    )
    if found is None:
        raise Problem(404)
    return show.assignment(actions.set_unit_status(_actor(request), found, sent.status))


def _find(contact_id: UUID) -> Contact:
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None:
        raise Problem(404)
    return contact


def _token(request: HttpRequest) -> SystemToken:
    token: SystemToken = request.auth  # type: ignore[attr-defined] # ninja puts it there
    return token


def _actor(request: HttpRequest) -> actions.Actor:
    return actions.Actor.system(_token(request).name)


def _version(if_match: str) -> int:
    text = if_match.strip().removeprefix("W/").strip('"')
    if not if_match:
        raise Problem(428)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Problem(400, 'If-Match holds the version that you have seen, such as "3".')
    return int(text)


def _changes(sent: ChangesIn) -> actions.Changes:
    """The fields that were sent; `null` changes nothing."""
    place: Callable[[Any], Any] = lambda p: actions.Place(p.words, p.latitude, p.longitude)  # noqa: E731
    concern: Callable[[Any], Any] = lambda c: actions.Concern(c.for_whom, c.who, c.where)  # noqa: E731
    shape = {"place": place, "concern": concern}
    given = {name: getattr(sent, name) for name in sent.model_fields_set}
    return actions.Changes(
        **{
            name: shape.get(name, lambda value: value)(value)
            for name, value in given.items()
            if value is not None
        }
    )
