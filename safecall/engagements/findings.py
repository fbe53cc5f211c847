"""What breaks the promise, judged from what is said of an engagement. Pure: no Django.

Record first, judge second: each rule below is one small function of the facts and of what happened
around them, with its source. It refuses nothing; it returns whether the finding stands.
A finding forbids nobody to send information under 8 U.S.C. 1373 or 1644, and delays nothing.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from safecall.engagements.days import due_on
from safecall.engagements.facts import Course, Facts
from safecall.vocabulary.engagements.occasion import (
    Direction,
    Identified,
    InstrumentKind,
    OffenseLevel,
    Purpose,
    RequestKind,
    Source,
    Stage,
    SubjectRole,
    TaskForcePurpose,
)
from safecall.vocabulary.engagements.outcome import (
    Action,
    ApprovalState,
    Basis,
    Closing,
    Custody,
    Decision,
    Exigency,
    Finding,
)

#: An approval that could not be had before is due so long after the act.
EXIGENT_HOURS: Final = timedelta(hours=24)

_SUSPECTS = frozenset({SubjectRole.SUSPECT, SubjectRole.ARRESTEE})
_GRANTED = frozenset({Decision.GRANTED_FULL, Decision.GRANTED_PARTIAL})
_NOT_GRANTED = frozenset({Decision.DECLINED, Decision.NO_RESPONSE, Decision.WITHDRAWN})
_NO_CRIME = frozenset({OffenseLevel.NONE, OffenseLevel.IMMIGRATION_ONLY})
# Civil by their nature, whatever purpose is said.
_CIVIL_REQUESTS = frozenset({RequestKind.DETAINER_HOLD, RequestKind.CIVIL_WARRANT})
_CIVIL_PAPERS = frozenset(
    {
        InstrumentKind.I_247A,
        InstrumentKind.I_200,
        InstrumentKind.I_205,
        InstrumentKind.NCIC_ADMINISTRATIVE,
    }
)
_CIVIL_ACTIONS = frozenset({Action.HELD, Action.SERVED_CIVIL_WARRANT})
# What anybody may have, and what is never delayed.
_FREE_ACTIONS = frozenset(
    {Action.GAVE_PUBLIC_INFORMATION, Action.SENT_STATUS_INFORMATION, Action.DECONFLICTED}
)
_FREE_REQUESTS = frozenset({RequestKind.STATUS_INFORMATION, RequestKind.DECONFLICTION})

Rule = Callable[[Facts, Course, tzinfo], bool]


def outbound_not_about_suspect(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """We turned to them about somebody who is no criminal suspect.

    Source: op-ed, "only a handful of times where a criminal suspect"; standards, rule 6. What a
    victim or witness asked for (a certification, say) is theirs to ask. Where nobody in particular
    is concerned (a meeting, deconfliction) it stands only if the purpose was civil enforcement.
    """
    if facts.direction is not Direction.OUTBOUND_CONTACT or facts.subject_role in _SUSPECTS:
        return False
    if facts.subject_role is SubjectRole.NO_INDIVIDUAL:
        return facts.purpose_class is Purpose.CIVIL_IMMIGRATION
    own_wish = facts.subject_role in {SubjectRole.VICTIM, SubjectRole.WITNESS} and (
        facts.purpose_class is Purpose.PROTECTION and facts.legal_basis is Basis.VICTIM_WISH
    )
    return not own_wish


def outbound_no_predicate(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """We turned to them about a suspect, and no crime that we investigate stands behind it.

    Source: op-ed, "we continue our criminal investigation"; standards, rule 6: a suspect or
    arrestee, an offence, and an investigation that continues. An offence against immigration law
    alone is none of ours: "We do not do immigration investigations."
    """
    if facts.direction is not Direction.OUTBOUND_CONTACT or facts.subject_role not in _SUSPECTS:
        return False
    crime = facts.predicate
    shown = (
        crime.offense_level not in _NO_CRIME
        and crime.stage is not Stage.NONE
        and crime.continues is not None
    )
    return not shown


def investigation_dropped(facts: Facts, course: Course, _zone: tzinfo) -> bool:
    """The criminal investigation did not go on, or was closed because the authority took over.

    Source: op-ed, "Agents do their work, and we do ours", "When people commit crimes, we pursue
    that fully."
    """
    if any(step.closing is Closing.BECAUSE_OF_ENGAGEMENT for step in course.steps):
        return True
    return facts.predicate.continues is False and facts.subject_role in _SUSPECTS


def needs_approval(facts: Facts) -> bool:
    """Whether a second person approves: we turned to them, acted with them, or did as they asked.

    Source: standards, rule 7 [our own decision].
    """
    if facts.direction in {Direction.OUTBOUND_CONTACT, Direction.JOINT_ACTIVITY}:
        return True
    return facts.direction is Direction.INBOUND_REQUEST and facts.decision in _GRANTED


def may_follow(facts: Facts) -> bool:
    """Whether approval may come afterwards, within 24 hours.

    With a reason why there was no time; and always for help to life, deconfliction, and messages
    under 8 U.S.C. 1373, which nothing may delay. Source: standards, rules 7 and 16; 8 U.S.C. 1373.
    """
    if facts.exigency is not Exigency.NONE or facts.legal_basis is Basis.THREAT_TO_LIFE:
        return True
    return bool(facts.request_types) and facts.request_types <= _FREE_REQUESTS


def approval_due(facts: Facts) -> datetime | None:
    """Until when approval has to be there; None where none is needed."""
    if not needs_approval(facts):
        return None
    return facts.happened_at + EXIGENT_HOURS if may_follow(facts) else facts.happened_at


def approval_missing(facts: Facts, course: Course, _zone: tzinfo) -> bool:
    """No second person approved in time: before, or where it could not be, within 24 hours.

    Source: standards, rule 7. Records of the past came before this rule.
    """
    due = approval_due(facts)
    if due is None or facts.source is Source.HISTORICAL_IMPORT:
        return False
    approved = [
        one.at for one in course.approvals if one.state is ApprovalState.APPROVED and not one.own
    ]
    return course.now > due and not any(at <= due for at in approved)


def _civil(facts: Facts) -> bool:
    return (
        facts.purpose_class is Purpose.CIVIL_IMMIGRATION
        or bool(facts.request_types & _CIVIL_REQUESTS)
        or bool(facts.actions_taken & _CIVIL_ACTIONS)
        or any(one.kind in _CIVIL_PAPERS for one in facts.instruments)
    )


def _free(facts: Facts) -> bool:
    """Whether all that was done is free to anybody, or is never delayed."""
    if facts.actions_taken:
        return facts.actions_taken <= _FREE_ACTIONS
    return facts.legal_basis is Basis.PUBLIC_INFORMATION or (
        bool(facts.request_types) and facts.request_types <= _FREE_REQUESTS
    )


def civil_granted_without_judicial_basis(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """The department helped civil enforcement, and no court had ordered it.

    Source: op-ed, "The Duluth Police Department is not in the immigration business"; Minnesota
    Attorney General, 2025-02-06 (a civil warrant gives local officers no authority to detain);
    Oregon HB 3265 and New York City 14-154 (declined unless judicial). Handing somebody over is
    the department's work in either direction: "Border Patrol does that work".
    """
    if facts.judicial or not _civil(facts):
        return False
    if facts.custody_outcome is Custody.WE_TRANSFERRED or facts.actions_taken & _CIVIL_ACTIONS:
        return True
    if facts.direction is Direction.INBOUND_REQUEST:
        return facts.decision in _GRANTED and not _free(facts)
    return facts.direction is Direction.JOINT_ACTIVITY and not _free(facts)


def held_beyond_release(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """Somebody was held for the authority, for any length of time.

    Source: op-ed, "If the suspect needs to be detained or held for immigration-related purposes,
    Border Patrol does that work"; Minnesota Attorney General, 2025-02-06.
    """
    return (
        facts.held_beyond_release
        or facts.held_minutes > 0
        or facts.custody_outcome is Custody.HELD_FOR_THEM
        or Action.HELD in facts.actions_taken
    )


def declined_but_acted(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """The answer was no, and the department did something all the same.

    Source: Illinois 5 ILCS 805 (how each request was addressed). What is open to everybody, and a
    message under 8 U.S.C. 1373, contradicts no refusal.
    """
    if facts.decision not in _NOT_GRANTED:
        return False
    handed = facts.custody_outcome in {Custody.WE_TRANSFERRED, Custody.HELD_FOR_THEM}
    return handed or facts.held_minutes > 0 or bool(facts.actions_taken - _FREE_ACTIONS)


def status_asked(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """Somebody of ours asked. Source: op-ed, "We will not ask questions about your status"."""
    return facts.how_identified is Identified.ASKED


def late_record(facts: Facts, course: Course, zone: tzinfo) -> bool:
    """Recorded after the fifth business day. Source: standards, rule 9 [our own decision].

    Records of the past came before this rule: a statement names them apart.
    """
    if facts.source is Source.HISTORICAL_IMPORT:
        return False
    return _day(course.recorded_at, zone) > due_on(_day(facts.happened_at, zone))


def immigration_authority_as_interpreter(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """One of them interpreted for us. Source: California Government Code 7284.6(a)(3)."""
    return Action.USED_AS_INTERPRETER in facts.actions_taken


def task_force_about_immigration(facts: Facts, _course: Course, _zone: tzinfo) -> bool:
    """The ground was a task force that is not about immigration, and it is about that.

    Source: California Government Code 7284.6(b)(3) and (c): only a task force whose primary purpose
    is not immigration enforcement, its arrests for immigration told apart; op-ed, "We do not do
    immigration investigations". What a court ordered rests on the court's paper.
    """
    if facts.legal_basis is not Basis.TASK_FORCE:
        return False
    return (
        facts.task_force.purpose is TaskForcePurpose.IMMIGRATION
        or facts.purpose_class is Purpose.CIVIL_IMMIGRATION
        or (facts.task_force.immigration_arrests > 0 and not facts.judicial)
    )


RULES: Final[dict[Finding, Rule]] = {
    Finding.OUTBOUND_NOT_ABOUT_SUSPECT: outbound_not_about_suspect,
    Finding.OUTBOUND_NO_PREDICATE: outbound_no_predicate,
    Finding.INVESTIGATION_DROPPED: investigation_dropped,
    Finding.APPROVAL_MISSING: approval_missing,
    Finding.CIVIL_GRANTED: civil_granted_without_judicial_basis,
    Finding.HELD_BEYOND_RELEASE: held_beyond_release,
    Finding.DECLINED_BUT_ACTED: declined_but_acted,
    Finding.STATUS_ASKED: status_asked,
    Finding.LATE_RECORD: late_record,
    Finding.AUTHORITY_AS_INTERPRETER: immigration_authority_as_interpreter,
    Finding.TASK_FORCE_ABOUT_IMMIGRATION: task_force_about_immigration,
}


def judge(facts: Facts, course: Course, zone: tzinfo) -> frozenset[Finding]:
    """The findings that stand now. `zone` is the department's: days are counted there."""
    return frozenset(finding for finding, rule in RULES.items() if rule(facts, course, zone))


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
