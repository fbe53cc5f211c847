"""What was answered and done, on what ground, what came of it, and what breaks the promise."""

from typing import Final

from safecall.vocabulary.coded import Coded


class Decision(Coded):
    """How the department answered."""

    GRANTED_FULL = "granted_full", "Done as asked"
    GRANTED_PARTIAL = "granted_partial", "Done in part"
    DECLINED = "declined", "Declined"
    NO_RESPONSE = "no_response", "Not answered"
    WITHDRAWN = "withdrawn", "They took it back"
    PENDING = "pending", "Not decided yet"
    NOT_APPLICABLE = "not_applicable", "Nothing was asked of us"


class DeclineReason(Coded):
    """Why it was declined."""

    NONE = "", "Does not apply"
    NO_JUDICIAL_PAPER = "no_judicial_instrument", "No paper signed by a judge"
    CIVIL_ONLY = "civil_purpose", "It was for civil immigration enforcement alone"
    NO_CRIMINAL_MATTER = "no_criminal_predicate", "No crime under investigation"
    NOT_IN_CUSTODY = "not_in_custody", "The person was not in custody"
    NOT_SAFE = "resources_or_safety", "No officers free, or not safe"
    OTHER = "other", "Another reason"


class Basis(Coded):
    """On what the department acted."""

    JUDICIAL_WARRANT = "judicial_warrant", "A warrant of a court"
    COURT_ORDER = "court_order_or_judicial_subpoena", "An order or subpoena of a court"
    CRIMINAL_SUSPECT = "criminal_suspect_predicate", "A criminal suspect and an offence"
    THREAT_TO_LIFE = "exigent_threat_to_life", "Somebody's life in danger"
    OFFICER_SAFETY = "deconfliction_officer_safety", "Officers' safety (deconfliction)"
    STATUS_INFORMATION = "status_information_1373", "8 U.S.C. 1373"
    PUBLIC_INFORMATION = "publicly_available_information", "Information open to everybody"
    TASK_FORCE = "task_force_not_immigration", "A task force that is not about immigration"
    VICTIM_WISH = "victim_protection_at_victim_request", "Protection that the victim asked for"
    NONE_DECLINED = "none_declined", "None: it was declined"
    UNKNOWN = "unknown", "Not known"


class Action(Coded):
    """What the department did. Nothing chosen: it did nothing."""

    TOLD_OF_SUSPECT = "told_of_suspect", "Told them of a suspect in our criminal case"
    SENT_STATUS_INFORMATION = "sent_status_information", "Sent information under 8 U.S.C. 1373"
    GAVE_PUBLIC_INFORMATION = "gave_public_information", "Gave what is public to everybody"
    GAVE_PERSONAL_INFORMATION = "gave_personal_information", "Gave personal information not public"
    DECONFLICTED = "deconflicted", "Told where officers are (deconfliction)"
    NOTIFIED_RELEASE = "notified_release", "Told when somebody is released"
    GAVE_INTERVIEW = "gave_interview_access", "Let them interview somebody"
    GAVE_AREA_ACCESS = "gave_area_access", "Let them into areas not public"
    GAVE_DATABASE_ACCESS = "gave_database_access", "Let them use a database"
    TRANSFERRED = "transferred_custody", "Handed somebody over"
    HELD = "held_for_authority", "Held somebody for them"
    TRAFFIC_CONTROL = "perimeter_or_traffic_control", "Perimeter or traffic control"
    SENT_OFFICERS = "sent_officers", "Sent officers to help"
    LENT_EQUIPMENT = "lent_facility_or_equipment", "Lent a room, a car, equipment"
    SERVED_CIVIL_WARRANT = "served_civil_warrant", "Served a civil warrant"
    SERVED_CRIMINAL_WARRANT = "served_criminal_warrant", "Served a criminal warrant"
    PRODUCED_RECORDS = "produced_records", "Gave records to a subpoena"
    USED_AS_INTERPRETER = "used_authority_as_interpreter", "One of them interpreted for us"
    CERTIFIED_VICTIM = "certified_for_victim", "Signed a certification that a victim asked for"
    OTHER = "other", "Something else"


class Custody(Coded):
    """What became of somebody's custody."""

    NOT_IN_CUSTODY = "not_in_custody", "Nobody was in custody"
    KEPT_ON_OWN_CHARGE = "kept_on_local_charge", "Kept, on our own criminal charge"
    RELEASED = "released_as_anyone", "Released, as anyone else would be"
    THEY_TOOK = "taken_by_authority", "The authority took custody with its own agents"
    WE_TRANSFERRED = "transferred_by_department", "The department handed somebody over"
    HELD_FOR_THEM = "held_for_authority", "The department held somebody for the authority"
    UNKNOWN = "unknown", "Not known"


class Receiver(Coded):
    """Who received somebody into custody."""

    NONE = "", "Nobody"
    AUTHORITY = "immigration_authority", "The authority's own agents"
    JAIL = "county_jail", "The county jail"
    OTHER_POLICE = "other_police", "Another police department"
    OTHER = "other", "Somebody else"


class Notice(Coded):
    """Whether the person was told of the request (CA Gov. Code 7283.1)."""

    NOT_APPLICABLE = "not_applicable", "Does not apply"
    GIVEN = "given", "Told, with a copy"
    NOT_GIVEN = "not_given", "Not told"
    UNKNOWN = "unknown", "Not known"


class Consent(Coded):
    """Whether the person agreed to an interview, in writing (CA Gov. Code 7283.1)."""

    NOT_APPLICABLE = "not_applicable", "Does not apply"
    GIVEN = "given", "Agreed in writing"
    REFUSED = "refused", "Refused"
    NOT_SOUGHT = "not_sought", "Nobody asked for agreement"
    UNKNOWN = "unknown", "Not known"


class Exigency(Coded):
    """Why there was no time to have it approved before."""

    NONE = "", "There was time"
    LIFE = "threat_to_life", "Somebody's life was in danger"
    OFFICER_SAFETY = "officer_safety", "Officers were in danger"
    ESCAPE = "suspect_escaping", "The suspect was getting away"
    EVIDENCE = "evidence_at_risk", "Evidence was being destroyed"


class ApprovalState(Coded):
    """What a second person said."""

    ASKED = "asked", "Waits for a supervisor"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class Track(Coded):
    """Two pieces of work that never stand in for each other."""

    INVESTIGATION = "investigation", "Our criminal investigation"
    AUTHORITY = "authority", "The authority's own work"


class Step(Coded):
    """A step on one of the tracks."""

    OPENED = "opened", "Opened"
    PROBABLE_CAUSE = "probable_cause", "Probable cause found"
    CHARGED = "charged", "Charged"
    CLOSED = "closed", "Closed"
    CONTACTED = "contacted", "They were contacted, or came"
    NO_ACTION = "no_action", "They did nothing"
    TOOK_CUSTODY = "took_custody", "They took custody with their own agents"
    ENDED = "ended", "Their work here ended"


STEPS: Final[dict[Track, tuple[Step, ...]]] = {
    Track.INVESTIGATION: (Step.OPENED, Step.PROBABLE_CAUSE, Step.CHARGED, Step.CLOSED),
    Track.AUTHORITY: (Step.CONTACTED, Step.NO_ACTION, Step.TOOK_CUSTODY, Step.ENDED),
}


class Closing(Coded):
    """Why the criminal investigation was closed."""

    NONE = "", "Not closed"
    CONVICTED = "convicted", "Ended with a conviction"
    ACQUITTED = "acquitted", "Ended without a conviction"
    PROSECUTOR_DECLINED = "prosecutor_declined", "The prosecutor declined"
    UNFOUNDED = "unfounded", "No crime, or not this person"
    BECAUSE_OF_ENGAGEMENT = "because_of_engagement", "Because the authority took over"
    OTHER = "other", "Another reason"


class Settled(Coded):
    """Why a mention of an authority in a note is no engagement."""

    THREAT_BY_OTHERS = "threat_by_others", "Somebody threatens another with it: part of the crime"
    CALLER_SPOKE_OF_IT = "caller_spoke_of_it", "The caller spoke of it; nobody contacted anybody"
    PLACE_OR_NAME = "place_or_name", "A place, a name, a word: not the authority"
    OTHER_AGENCY_ONLY = "other_agency_only", "About another agency's act that did not involve us"
    PROPERTY = "property", "A paper as lost, stolen or found property"


class Finding(Coded):
    """What breaks the promise. Each has its source in `engagements/findings.py`."""

    OUTBOUND_NOT_ABOUT_SUSPECT = (
        "OUTBOUND_NOT_ABOUT_SUSPECT",
        "We contacted them, and not about a criminal suspect",
    )
    OUTBOUND_NO_PREDICATE = (
        "OUTBOUND_NO_PREDICATE",
        "We contacted them without a crime that we investigate",
    )
    INVESTIGATION_DROPPED = (
        "INVESTIGATION_DROPPED",
        "Our criminal investigation did not continue",
    )
    APPROVAL_MISSING = "APPROVAL_MISSING", "Not approved by a second person in time"
    CIVIL_GRANTED = (
        "CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS",
        "Helped civil enforcement without a judge's order",
    )
    HELD_BEYOND_RELEASE = "HELD_BEYOND_RELEASE", "Somebody was held past release"
    DECLINED_BUT_ACTED = "DECLINED_BUT_ACTED", "Declined, and done all the same"
    STATUS_ASKED = "STATUS_ASKED", "Somebody of ours asked about status"
    LATE_RECORD = "LATE_RECORD", "Recorded later than five business days"
    AUTHORITY_AS_INTERPRETER = (
        "IMMIGRATION_AUTHORITY_AS_INTERPRETER",
        "An immigration authority interpreted for us",
    )
    TASK_FORCE_ABOUT_IMMIGRATION = (
        "TASK_FORCE_ABOUT_IMMIGRATION",
        "The ground was a task force not about immigration, and it was about that",
    )
