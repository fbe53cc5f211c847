"""Which questions a kind of engagement needs. What is not shown is not kept."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.vocabulary.engagements.occasion import Direction, RequestKind, SubjectRole

BEGIN: Final = ("direction", "authority", "purpose_class", "subject_role", "request_types")

_WHEN = ("happened_at", "contact_number", "subject_count")
_CRIME = ("offense_level", "offense_code", "stage", "continues", "how_identified")
_ANSWER = ("decision", "decline_reason", "decided_at")
_DONE = ("legal_basis", "actions_taken")
_SPENT = ("people", "minutes", "vehicles", "facilities")
_CUSTODY = ("custody_outcome", "custody_received_by", "custody_event_at", "held", "held_minutes")
_TOLD = ("subject_notice", "interview_consent")
_FORCE = (
    "task_force",
    "task_force_purpose",
    "task_force_agencies",
    "task_force_arrests",
    "task_force_immigration_arrests",
)
_TIME = ("exigency",)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that are asked together."""

    title: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]
    by_three: bool = False


def sections(
    direction: str, role: str, requests: frozenset[str], papers: tuple[str, ...], *, every: bool
) -> list[Section]:
    """What is asked of an engagement that began so; with `every`, all that can be said.

    `papers` are the names of the fields about papers.
    """
    somebody = role != SubjectRole.NO_INDIVIDUAL.value
    suspect = role in {SubjectRole.SUSPECT.value, SubjectRole.ARRESTEE.value}
    outbound = direction == Direction.OUTBOUND_CONTACT.value
    inbound = direction == Direction.INBOUND_REQUEST.value
    joint = direction == Direction.JOINT_ACTIVITY.value
    observed = direction == Direction.OBSERVED_ACTIVITY.value
    forces = {RequestKind.JOINT_TASK_FORCE.value, RequestKind.JOINT_OPERATION.value}
    force = joint or bool(requests & forces)
    told = inbound and somebody
    shown: list[tuple[bool, Section]] = [
        (True, Section(_("When"), "", _WHEN if somebody or every else _WHEN[:2])),
        (
            suspect,
            Section(
                _("The crime that we investigate"),
                _("An offence against immigration law alone is none of ours."),
                _CRIME,
            ),
        ),
        (
            not observed,
            Section(
                _("The paper that they showed"),
                _(
                    "A paper is a court's only if it names a court and a judge signed it. A form "
                    "of the authority's own is administrative, whatever its title says."
                ),
                papers,
                by_three=True,
            ),
        ),
        (inbound, Section(_("Our answer"), "", _ANSWER)),
        (not observed, Section(_("What we did, and on what ground"), "", _DONE)),
        (
            somebody,
            Section(
                _("Custody"),
                _("If somebody is held for immigration purposes, that is the authority's work."),
                _CUSTODY,
            ),
        ),
        (told, Section(_("What the person was told"), "", _TOLD)),
        (force, Section(_("The task force or operation"), "", _FORCE)),
        (not observed, Section(_("What it took of ours"), "", _SPENT)),
        (
            outbound or joint or inbound,
            Section(
                _("Approval"),
                _("A supervisor approves before; where there was no time, within 24 hours after."),
                _TIME,
            ),
        ),
    ]
    return [section for needed, section in shown if needed or every]
