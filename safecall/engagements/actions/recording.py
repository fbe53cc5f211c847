"""Recording an engagement, and amending a record."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, Data, InvalidField
from safecall.contacts.actions.base import record as record_on_contact
from safecall.contacts.models import Contact
from safecall.contacts.workflow import Act
from safecall.engagements import selectors
from safecall.engagements.actions.checks import checked, recorder
from safecall.engagements.actions.judging import judge
from safecall.engagements.facts import Facts
from safecall.engagements.models import (
    ActionTaken,
    Approval,
    Engagement,
    Instrument,
    RequestType,
    Series,
    TaskForceAgency,
)
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.vocabulary.engagements.occasion import RecordType
from safecall.vocabulary.engagements.outcome import ApprovalState, Decision, Exigency, Finding

_MOST_VERSIONS: Final = 999
_RANK: Final = re.compile(r"[a-z][a-z_]{1,11}")


@dataclass(frozen=True, slots=True)
class Said:
    """An approval that comes with the record, as another system or an old file tells it."""

    state: ApprovalState
    at: datetime
    role: str
    exigency: Exigency = Exigency.NONE


def record(
    actor: Actor,
    facts: Facts,
    *,
    contact: Contact | None = None,
    approval: Approval | Said | None = None,
    record_id: UUID | None = None,
) -> Engagement:
    """Record what happened, whatever it was, and judge it.

    `approval`: the one that was asked for before (it is joined to this record), or what another
    system says. `record_id`: of the caller's choice, so that a repeated call records once; a record
    with this id is returned as it is. Raises `InvalidField` and `ActRefused`, never for a breach of
    the promise.
    """
    recorder(actor)
    facts = checked(facts)
    if record_id and (known := Engagement.objects.filter(pk=record_id).first()):
        return known
    try:
        with transaction.atomic():
            return _record(actor, facts, contact, approval, record_id or uuid4())
    except IntegrityError:
        # The same call came twice at the same moment; the other one has recorded it.
        known = Engagement.objects.filter(pk=record_id).first() if record_id else None
        if known is None:
            raise
        return known


def _record(
    actor: Actor,
    facts: Facts,
    contact: Contact | None,
    approval: Approval | Said | None,
    record_id: UUID,
) -> Engagement:
    year = timezone.localtime(facts.happened_at).year
    row = Engagement(
        id=record_id,
        year=year,
        serial=_next_serial(year),
        record_type=RecordType.ENGAGEMENT.value,
        contact=contact,
        **_columns(actor, facts),
    )
    row.save()
    _parts(row, facts)
    if approval:
        _join(row, actor, approval)
    _to_ledger(row, facts, judge(row))
    if contact:
        data = {"engagement": row.number}
        record_on_contact(contact, actor, [(Act.CHANGE, data)], row.recorded_at)
    return row


def amend(actor: Actor, engagement: Engagement, facts: Facts) -> Engagement:
    """Say everything anew: a row of its own under the same number; what was said first stays.

    Raises `InvalidField`, and `ActRefused` where nothing is said differently.
    """
    recorder(actor)
    facts = checked(facts)
    with transaction.atomic():
        root = Engagement.objects.select_for_update().get(pk=engagement.root_id)
        latest = selectors.latest(root)
        if selectors.facts(latest) == facts:
            raise ActRefused("Nothing is different from the record. Change what was wrong first.")
        if latest.version >= _MOST_VERSIONS:
            raise ActRefused("This record was amended too often. Record it anew.")
        row = Engagement(
            year=root.year,
            serial=root.serial,
            version=latest.version + 1,
            record_type=RecordType.AMENDMENT.value,
            amends=root,
            contact_id=root.contact_id,
            **_columns(actor, facts),
        )
        row.save()
        _parts(row, facts)
        _to_ledger(row, facts, judge(root))
    return row


def role(name: str) -> str:
    """A rank as another system names it. Raises `InvalidField`."""
    if not _RANK.fullmatch(name):
        raise InvalidField("approval_role", "Give the rank in small letters, such as sergeant.")
    return name


def _next_serial(year: int) -> int:
    """The next number of this year, under the lock of its series."""
    Series.objects.get_or_create(year=year)
    series = Series.objects.select_for_update().get(pk=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _columns(actor: Actor, facts: Facts) -> dict[str, Any]:
    """The columns of a record, apart from its number."""
    return {
        "source": facts.source.value,
        "happened_at": facts.happened_at,
        "recorded_at": timezone.now(),
        "recorded_by": actor.user,
        "recorded_by_label": actor.label,
        "direction": facts.direction.value,
        "authority": facts.authority.value,
        "purpose_class": facts.purpose_class.value,
        "subject_role": facts.subject_role.value,
        "subject_count": facts.subject_count,
        "offense_code": facts.predicate.offense_code,
        "offense_level": facts.predicate.offense_level.value,
        "stage": facts.predicate.stage.value,
        "investigation_continues": facts.predicate.continues,
        "how_identified": facts.how_identified.value,
        "decision": facts.decision.value,
        "decline_reason": facts.decline_reason.value,
        "decided_at": facts.decided_at,
        "legal_basis": facts.legal_basis.value,
        "custody_outcome": facts.custody_outcome.value,
        "custody_event_at": facts.custody_event_at,
        "custody_received_by": facts.custody_received_by.value,
        "held_beyond_release": facts.held_beyond_release,
        "held_minutes": facts.held_minutes,
        "subject_notice": facts.subject_notice.value,
        "interview_consent": facts.interview_consent.value,
        "resource_people": facts.resources.people,
        "resource_minutes": facts.resources.minutes,
        "resource_vehicles": facts.resources.vehicles,
        "resource_facilities": facts.resources.facilities,
        "task_force": facts.task_force.code,
        "task_force_purpose": facts.task_force.purpose.value,
        "task_force_arrests": facts.task_force.arrests,
        "task_force_immigration_arrests": facts.task_force.immigration_arrests,
        "exigency_code": facts.exigency.value,
    }


def _parts(row: Engagement, facts: Facts) -> None:
    RequestType.objects.bulk_create(
        RequestType(engagement=row, kind=kind.value) for kind in sorted(facts.request_types)
    )
    ActionTaken.objects.bulk_create(
        ActionTaken(engagement=row, kind=kind.value) for kind in sorted(facts.actions_taken)
    )
    TaskForceAgency.objects.bulk_create(
        TaskForceAgency(engagement=row, kind=kind.value)
        for kind in sorted(facts.task_force.agencies)
    )
    Instrument.objects.bulk_create(
        Instrument(
            engagement=row,
            kind=one.kind.value,
            signed_by=one.signed_by.value,
            issuing_court=one.issuing_court.value,
            judicial=one.judicial,
        )
        for one in facts.instruments
    )


def _join(row: Engagement, actor: Actor, approval: Approval | Said) -> None:
    """Join the approval that was asked for before, or keep what another system says of one."""
    if isinstance(approval, Said):
        if approval.state is ApprovalState.ASKED:
            raise InvalidField("approval_state", "Say approved or refused, or leave it out.")
        Approval.objects.create(
            engagement=row,
            state=approval.state.value,
            authority=row.authority,
            direction=row.direction,
            subject_role=row.subject_role,
            offense_level=row.offense_level,
            stage=row.stage,
            asked_at=approval.at,
            asked_by_label=actor.label,
            approved_at=approval.at,
            role=role(approval.role),
            approved_by_label=actor.label,
            exigency_code=approval.exigency.value,
        )
        return
    free = Approval.objects.select_for_update().filter(pk=approval.pk, engagement=None).first()
    if free is None:
        raise ActRefused("This approval belongs to another record. Ask for one for this.")
    free.engagement = row
    free.save(update_fields=["engagement"])


def _to_ledger(row: Engagement, facts: Facts, found: frozenset[Finding]) -> None:
    """The record's entry, or a correction for an amendment; that of a declined request beside it.

    An engagement is counted once, in the month of its event, and so is its being declined, whenever
    that was decided: a request that waits at first is often declined by an amendment.
    """
    said = public_record(row, facts, found)
    day = timezone.localdate(facts.happened_at)
    kind = LedgerRow.Kind
    if row.amends_id:
        correction = {"corrects": row.number, **said}
        append([Entry(kind.CORRECTION, row.pk, correction, published=True)])
    else:
        append([Entry(kind.ENGAGEMENT, row.pk, said, published=True)], day)
    before = Engagement.objects.filter(year=row.year, serial=row.serial, version__lt=row.version)
    declined_before = before.filter(decision=Decision.DECLINED.value).exists()
    if facts.decision is Decision.DECLINED and not declined_before:
        declined = {
            "month": said["month"],
            "number": row.number,
            "request_types": said["request_types"],
            "decline_reason": said["decline_reason"],
        }
        append([Entry(kind.REQUEST_DECLINED, row.pk, declined, published=True)], day)


def public_record(row: Engagement, facts: Facts, found: frozenset[Finding]) -> Data:
    """What the public ledger opens: codes and counts, the month and not the day, no offence's
    number, nothing of a contact, nothing that anybody typed.
    """
    return {
        "month": f"{timezone.localtime(facts.happened_at):%Y-%m}",
        "number": row.number,
        "version": row.version,
        "source": facts.source.value,
        "direction": facts.direction.value,
        "authority": facts.authority.value,
        "purpose_class": facts.purpose_class.value,
        "request_types": sorted(one.value for one in facts.request_types),
        "instruments": sorted(
            ({"kind": one.kind.value, "judicial": one.judicial} for one in facts.instruments),
            key=lambda one: (str(one["kind"]), bool(one["judicial"])),
        ),
        "subject_role": facts.subject_role.value,
        "subject_count": facts.subject_count,
        "offense_level": facts.predicate.offense_level.value,
        "stage": facts.predicate.stage.value,
        "investigation_continues": facts.predicate.continues,
        "decision": facts.decision.value,
        "decline_reason": facts.decline_reason.value,
        "legal_basis": facts.legal_basis.value,
        "actions_taken": sorted(one.value for one in facts.actions_taken),
        "custody_outcome": facts.custody_outcome.value,
        "held_beyond_release": facts.held_beyond_release,
        "held_minutes": facts.held_minutes,
        "resources": {
            "people": facts.resources.people,
            "minutes": facts.resources.minutes,
            "vehicles": facts.resources.vehicles,
            "facilities": facts.resources.facilities,
        },
        "findings": sorted(one.value for one in found),
    }
