"""What is to be done next about a finding, for the supervisor whom it pages."""

from typing import Final

from safecall.vocabulary.engagements.outcome import Finding

NEXT: Final[dict[Finding, str]] = {
    Finding.OUTBOUND_NOT_ABOUT_SUSPECT: (
        "Find out why they were contacted. If the record is wrong, amend it. If it is right, tell "
        "the chief: the promise to callers, victims and witnesses was broken, and the statement "
        "will say so."
    ),
    Finding.OUTBOUND_NO_PREDICATE: (
        "Add the offence, how far the investigation was and whether it goes on, by an amendment. "
        "If there was none, tell the chief."
    ),
    Finding.INVESTIGATION_DROPPED: (
        "Have the criminal investigation taken up again, and record that as a step. The "
        "authority's work never stands in for ours."
    ),
    Finding.APPROVAL_MISSING: (
        "Look at what was done and say whether you would have approved it. If there was no time to "
        "ask, the officer adds the reason by an amendment; approval within 24 hours then suffices."
    ),
    Finding.CIVIL_GRANTED: (
        "Read the paper again: is a court named, and did a judge sign? If so, amend the record. If "
        "not, stop what still goes on, and tell the chief and the city's attorney."
    ),
    Finding.HELD_BEYOND_RELEASE: (
        "If somebody is still held, release them now, as anyone else. Then tell the chief and the "
        "city's attorney."
    ),
    Finding.DECLINED_BUT_ACTED: (
        "Find out which of the two is true, the answer or the act, and amend the record. If both "
        "are, tell the chief."
    ),
    Finding.STATUS_ASKED: (
        "Speak with whoever asked. The answer is not kept anywhere; see that it is not. Look at "
        "the script or form that led to it."
    ),
    Finding.LATE_RECORD: (
        "Nothing can be put right in this record. Find out what held it up, so that the next one "
        "comes within five business days."
    ),
    Finding.AUTHORITY_AS_INTERPRETER: (
        "Have what was said interpreted anew by somebody of the roster. See why no interpreter of "
        "ours was reached, and tell whoever keeps the roster."
    ),
    Finding.TASK_FORCE_ABOUT_IMMIGRATION: (
        "Read the task force's agreement, and for what the arrests were made. If the record is "
        "wrong, amend it. If it is right, take no part until the chief and the city's attorney "
        "have decided."
    ),
}
