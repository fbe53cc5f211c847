"""The operations on engagements: the same acts as those of the desk, for records systems."""

from typing import Annotated, Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from safecall.api.documented import errors
from safecall.api.engagement_schemas import (
    EngagementIn,
    EngagementOut,
    EngagementsOut,
    FactsIn,
    StepIn,
)
from safecall.api.problems import Problem
from safecall.api.tokens import Bearer
from safecall.contacts.actions import Actor
from safecall.contacts.models import Contact
from safecall.engagements import actions, reading, selectors
from safecall.engagements.models import Engagement
from safecall.engagements.wording import NEXT
from safecall.people.models import SystemToken
from safecall.vocabulary.engagements import occasion, outcome

router = Router(tags=["Engagements"])
_read, _write = Bearer("engagements:read"), Bearer("engagements:write")
_KEYS = UUID("c2c1d2e6-35a4-5d1b-8f5e-3f3a0f6a7b21")


@router.post(
    "",
    auth=_write,
    response={
        201: EngagementOut,
        200: EngagementOut,
        **errors(400, 401, 403, 413, 415, 422, 429, 503),
    },
    url_name="engagement_record",
    operation_id="record_engagement",
)
def record(
    request: HttpRequest,
    sent: EngagementIn,
    key: Annotated[str, Header(alias="Idempotency-Key", max_length=200)] = "",
) -> Status[dict[str, Any]]:
    """Record an engagement

    Every request, contact or joint act with an immigration authority, also what was declined.
    Nothing is refused for what it says. A repeat with the same Idempotency-Key records nothing and
    answers 200.
    """
    contact = None
    if sent.contact:
        contact = Contact.objects.filter(pk=sent.contact).first()
        if contact is None:
            raise Problem(422, "There is no contact with this id.")
    said = sent.approval
    approval = actions.Said(outcome.ApprovalState(said.state), said.at, said.role) if said else None
    pk = uuid5(_KEYS, f"{_token(request).pk} {key}") if key else None
    known = pk is not None and Engagement.objects.filter(pk=pk).exists()
    row = actions.record(
        _actor(request), _facts(sent), contact=contact, approval=approval, record_id=pk
    )
    return Status(200 if known else 201, _shown(row))


@router.get(
    "",
    auth=_read,
    response={200: EngagementsOut, **errors(400, 401, 403, 422, 429)},
    url_name="engagement_list",
    operation_id="list_engagements",
)
def list_engagements(
    request: HttpRequest,
    year: Annotated[int | None, Query(ge=1900, le=2999, description="Of the event.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """List engagements, the newest event first"""
    rows = selectors.standing().order_by("-happened_at", "-id")
    rows = rows.filter(year=year) if year else rows
    found = list(rows[skip : skip + limit + 1])
    standing = selectors.standing_codes(found)
    return {
        "engagements": [
            {
                "id": one.root_id,
                "number": one.number,
                "version": one.version,
                "happened_at": one.happened_at,
                "direction": one.direction,
                "authority": one.authority,
                "decision": one.decision,
                "findings": standing.get(one.root_id, []),
            }
            for one in found[:limit]
        ],
        "more": len(found) > limit,
    }


@router.get(
    "/{engagement_id}",
    auth=_read,
    response={200: EngagementOut, **errors(401, 403, 404, 422, 429)},
    url_name="engagement_read",
    operation_id="read_engagement",
)
def read(request: HttpRequest, engagement_id: UUID) -> dict[str, Any]:
    """Read one engagement, with both tracks, approval and findings"""
    return _shown(_find(engagement_id))


@router.post(
    "/{engagement_id}/amendments",
    auth=_write,
    response={
        201: EngagementOut,
        **errors(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    },
    url_name="engagement_amend",
    operation_id="amend_engagement",
)
def amend(request: HttpRequest, engagement_id: UUID, sent: FactsIn) -> Status[dict[str, Any]]:
    """Amend an engagement

    Say everything anew: nothing is edited, the amendment is a record of its own under the number.
    """
    root = _find(engagement_id)
    source = occasion.Source(root.source)
    actions.amend(_actor(request), root, reading.facts(sent.model_dump(), source))
    return Status(201, _shown(root))


@router.post(
    "/{engagement_id}/steps",
    auth=_write,
    response={201: EngagementOut, **errors(400, 401, 403, 404, 413, 415, 422, 429)},
    url_name="engagement_step",
    operation_id="record_step",
)
def step(request: HttpRequest, engagement_id: UUID, sent: StepIn) -> Status[dict[str, Any]]:
    """Record a step on one of the two tracks"""
    root = _find(engagement_id)
    actions.take_step(
        _actor(request),
        root,
        outcome.Track(sent.track),
        outcome.Step(sent.step),
        at=sent.at,
        closing=outcome.Closing(sent.closing),
    )
    return Status(201, _shown(root))


def _facts(sent: EngagementIn) -> Any:
    said = sent.model_dump(exclude={"contact", "approval"})
    return reading.facts(said, occasion.Source.LIVE)


def _find(engagement_id: UUID) -> Engagement:
    found = Engagement.objects.select_related("amends").filter(pk=engagement_id).first()
    if found is None:
        raise Problem(404)
    return found.amends or found


def _shown(row: Engagement) -> dict[str, Any]:
    latest = selectors.latest(row)
    return {
        "id": row.root_id,
        "number": row.number,
        "version": latest.version,
        "source": latest.source,
        "recorded_at": row.recorded_at,
        "contact": row.contact_id,
        "facts": reading.flat(selectors.facts(latest)),
        "steps": [
            {"track": one.track, "step": one.step, "closing": one.closing, "at": one.at}
            for one in selectors.steps(row)
        ],
        "approvals": [
            {"state": one.state, "at": one.approved_at, "role": one.role}
            for one in row.approvals.order_by("id")
        ],
        "findings": [
            {
                "code": one.code,
                "raised_at": one.raised_at,
                "settled_at": one.settled_at,
                "do_next": "" if one.settled_at else NEXT[outcome.Finding(one.code)],
            }
            for one in row.policy_findings.order_by("id")
        ],
    }


def _token(request: HttpRequest) -> SystemToken:
    token: SystemToken = request.auth  # type: ignore[attr-defined] # ninja puts it there
    return token


def _actor(request: HttpRequest) -> Actor:
    return Actor.system(_token(request).name)
