"""Facts from codes, and back: the one reading that the page, the API and the import share.

`said` is flat: field -> code, count, time, yes or no, or a list of codes; what is left out was not
said. The fields are those of `FIELDS`, and a paper is a mapping of `kind`, `signed_by` and
`issuing_court`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from safecall.contacts.actions.base import InvalidField
from safecall.engagements.facts import Facts, Instrument, Predicate, Resources, TaskForce
from safecall.vocabulary.coded import Coded
from safecall.vocabulary.engagements import occasion, outcome

C = TypeVar("C", bound=Coded)
Said = Mapping[str, Any]

#: Fields with one code: its list, and what holds where nothing is said (None: it must be said).
CODES: Final[dict[str, tuple[type[Coded], Coded | None]]] = {
    "direction": (occasion.Direction, None),
    "authority": (occasion.Authority, None),
    "purpose_class": (occasion.Purpose, None),
    "subject_role": (occasion.SubjectRole, None),
    "offense_level": (occasion.OffenseLevel, occasion.OffenseLevel.NONE),
    "stage": (occasion.Stage, occasion.Stage.NONE),
    "how_identified": (occasion.Identified, occasion.Identified.NOT_APPLICABLE),
    "decision": (outcome.Decision, outcome.Decision.NOT_APPLICABLE),
    "decline_reason": (outcome.DeclineReason, outcome.DeclineReason.NONE),
    "legal_basis": (outcome.Basis, outcome.Basis.UNKNOWN),
    "custody_outcome": (outcome.Custody, outcome.Custody.NOT_IN_CUSTODY),
    "custody_received_by": (outcome.Receiver, outcome.Receiver.NONE),
    "subject_notice": (outcome.Notice, outcome.Notice.NOT_APPLICABLE),
    "interview_consent": (outcome.Consent, outcome.Consent.NOT_APPLICABLE),
    "task_force_purpose": (occasion.TaskForcePurpose, occasion.TaskForcePurpose.NONE),
    "exigency_code": (outcome.Exigency, outcome.Exigency.NONE),
}
LISTS: Final[dict[str, type[Coded]]] = {
    "request_types": occasion.RequestKind,
    "actions_taken": outcome.Action,
    "task_force_agencies": occasion.Agency,
}
COUNTS: Final = (
    "subject_count",
    "held_minutes",
    "people",
    "minutes",
    "vehicles",
    "facilities",
    "task_force_arrests",
    "task_force_immigration_arrests",
)
TIMES: Final = ("happened_at", "decided_at", "custody_event_at")
FLAGS: Final = ("investigation_continues", "held_beyond_release")
TEXTS: Final = ("offense_code", "task_force")
#: Fields that facts have under the same name.
_SAME: Final = (
    "direction",
    "authority",
    "happened_at",
    "purpose_class",
    "request_types",
    "subject_role",
    "subject_count",
    "how_identified",
    "decision",
    "decline_reason",
    "decided_at",
    "legal_basis",
    "actions_taken",
    "custody_outcome",
    "custody_event_at",
    "custody_received_by",
    "held_beyond_release",
    "held_minutes",
    "subject_notice",
    "interview_consent",
)
FIELDS: Final = (*CODES, *LISTS, *COUNTS, *TIMES, *FLAGS, *TEXTS, "instruments")


def code(kind: type[C], name: str, value: Any) -> C:
    """The member of this list. Raises `InvalidField`, naming what can be chosen."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(one.value for one in kind if one.value)
        raise InvalidField(name, f"Choose one of: {known}.") from None


def facts(said: Said, source: occasion.Source) -> Facts:
    """What is said, as facts. Raises `InvalidField`."""
    if not isinstance(said.get("happened_at"), datetime):
        raise InvalidField("happened_at", "Say when it happened.")
    fields: dict[str, Any] = {name: _code(said, name) for name in CODES}
    fields |= {
        name: frozenset(code(kind, name, one) for one in said.get(name) or ())
        for name, kind in LISTS.items()
    }
    fields |= {name: said.get(name) for name in (*TIMES, *FLAGS)}
    fields |= {name: said.get(name) or "" for name in TEXTS}
    fields |= {name: int(said.get(name) or 0) for name in COUNTS}
    fields["held_beyond_release"] = bool(said.get("held_beyond_release"))
    if fields["direction"] is occasion.Direction.INBOUND_REQUEST and not said.get("decision"):
        fields["decision"] = outcome.Decision.PENDING  # a request without an answer waits for one
    return Facts(
        **{name: fields[name] for name in _SAME},
        instruments=tuple(_instrument(one) for one in said.get("instruments") or ()),
        predicate=Predicate(
            fields["offense_code"],
            fields["offense_level"],
            fields["stage"],
            fields["investigation_continues"],
        ),
        resources=Resources(
            fields["people"], fields["minutes"], fields["vehicles"], fields["facilities"]
        ),
        task_force=TaskForce(
            fields["task_force"],
            fields["task_force_arrests"],
            fields["task_force_immigration_arrests"],
            fields["task_force_purpose"],
            fields["task_force_agencies"],
        ),
        exigency=fields["exigency_code"],
        source=source,
    )


def _code(said: Said, name: str) -> Any:
    kind, default = CODES[name]
    value = said.get(name)
    if value in (None, "") and default is not None:
        return default
    return code(kind, name, value)


def _instrument(said: Said) -> Instrument:
    return Instrument(
        code(occasion.InstrumentKind, "instruments", said.get("kind")),
        code(occasion.Signer, "instruments", said.get("signed_by") or occasion.Signer.UNSIGNED),
        code(occasion.Court, "instruments", said.get("issuing_court") or occasion.Court.NONE),
    )


def flat(said: Facts) -> dict[str, Any]:
    """The facts as codes, under the names that `facts` reads."""
    return {
        "direction": said.direction.value,
        "authority": said.authority.value,
        "happened_at": said.happened_at,
        "purpose_class": said.purpose_class.value,
        "request_types": sorted(one.value for one in said.request_types),
        "instruments": [
            {
                "kind": one.kind.value,
                "signed_by": one.signed_by.value,
                "issuing_court": one.issuing_court.value,
            }
            for one in said.instruments
        ],
        "subject_role": said.subject_role.value,
        "subject_count": said.subject_count,
        "offense_code": said.predicate.offense_code,
        "offense_level": said.predicate.offense_level.value,
        "stage": said.predicate.stage.value,
        "investigation_continues": said.predicate.continues,
        "how_identified": said.how_identified.value,
        "decision": said.decision.value,
        "decline_reason": said.decline_reason.value,
        "decided_at": said.decided_at,
        "legal_basis": said.legal_basis.value,
        "actions_taken": sorted(one.value for one in said.actions_taken),
        "custody_outcome": said.custody_outcome.value,
        "custody_event_at": said.custody_event_at,
        "custody_received_by": said.custody_received_by.value,
        "held_beyond_release": said.held_beyond_release,
        "held_minutes": said.held_minutes,
        "subject_notice": said.subject_notice.value,
        "interview_consent": said.interview_consent.value,
        "people": said.resources.people,
        "minutes": said.resources.minutes,
        "vehicles": said.resources.vehicles,
        "facilities": said.resources.facilities,
        "task_force": said.task_force.code,
        "task_force_purpose": said.task_force.purpose.value,
        "task_force_agencies": sorted(one.value for one in said.task_force.agencies),
        "task_force_arrests": said.task_force.arrests,
        "task_force_immigration_arrests": said.task_force.immigration_arrests,
        "exigency_code": said.exigency.value,
    }
