"""What the codes of a statement mean, in plain words and in every language of the public pages."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = dict[str, Promise]

CHANNELS: Final[Words] = {
    "911": gettext_lazy("911 calls"),
    "non_emergency": gettext_lazy("Calls to our other number"),
    "text": gettext_lazy("Text messages"),
    "web": gettext_lazy("Reports on this website"),
    "counter": gettext_lazy("People at our counter"),
    "officer": gettext_lazy("Started by an officer"),
}
AUTHORITIES: Final[Words] = {
    "CBP_USBP": gettext_lazy("Border Patrol"),
    "CBP_OFO": gettext_lazy("Customs officers at the border (CBP)"),
    "CBP_AMO": gettext_lazy("Customs air and sea units (CBP)"),
    "ICE_ERO": gettext_lazy("ICE, removal officers"),
    "ICE_HSI": gettext_lazy("ICE, crime investigators (HSI)"),
    "ICE_OTHER": gettext_lazy("ICE, another office"),
    "USCIS": gettext_lazy("The office for visas and green cards (USCIS)"),
    "DHS_OTHER": gettext_lazy("Another office of Homeland Security"),
    "DELEGATED_287G": gettext_lazy("Local officers who work for ICE (287g)"),
    "OTHER_FEDERAL_FOR_CIVIL_IMMIGRATION": gettext_lazy("Another federal agency"),
    "UNKNOWN": gettext_lazy("We do not know which"),
}
DIRECTIONS: Final[Words] = {
    "inbound_request": gettext_lazy("They asked us for something"),
    "outbound_contact": gettext_lazy("We called on them"),
    "joint_activity": gettext_lazy("We worked side by side"),
    "observed_activity": gettext_lazy("We only saw them act"),
}
DECISIONS: Final[Words] = {
    "granted_full": gettext_lazy("We did it"),
    "granted_partial": gettext_lazy("We did a part of it"),
    "declined": gettext_lazy("We said no"),
    "no_response": gettext_lazy("We did not answer"),
    "withdrawn": gettext_lazy("They took it back"),
    "pending": gettext_lazy("Not decided yet"),
    "not_applicable": gettext_lazy("Nothing was asked of us"),
}
BASES: Final[Words] = {
    "judicial_warrant": gettext_lazy("A judge signed a warrant"),
    "court_order_or_judicial_subpoena": gettext_lazy("A court gave an order"),
    "criminal_suspect_predicate": gettext_lazy("A suspect in a crime"),
    "exigent_threat_to_life": gettext_lazy("A life was in danger"),
    "deconfliction_officer_safety": gettext_lazy("So that officers do not meet by surprise"),
    "status_information_1373": gettext_lazy("A federal law on status notes (8 U.S.C. 1373)"),
    "publicly_available_information": gettext_lazy("Facts that are open to all"),
    "task_force_not_immigration": gettext_lazy("A joint team on other crimes"),
    "victim_protection_at_victim_request": gettext_lazy("A victim asked for it"),
    "none_declined": gettext_lazy("None: we said no"),
    "unknown": gettext_lazy("We do not know"),
}
BECAME: Final[Words] = {
    "helped": gettext_lazy("The office helped"),
    "sent_on": gettext_lazy("The office sent the person on to someone else"),
    "not_reached": gettext_lazy("No one could be reached"),
    "untold": gettext_lazy("No one told us"),
}
CUSTODY: Final[Words] = {
    "not_in_custody": gettext_lazy("Nobody was held"),
    "kept_on_local_charge": gettext_lazy("Kept for our own case"),
    "released_as_anyone": gettext_lazy("Let go, as anyone else"),
    "taken_by_authority": gettext_lazy("Their own agents took the person"),
    "transferred_by_department": gettext_lazy("We handed the person over"),
    "held_for_authority": gettext_lazy("We held the person for them"),
    "unknown": gettext_lazy("We do not know"),
}
FINDINGS: Final[Words] = {
    "OUTBOUND_NOT_ABOUT_SUSPECT": gettext_lazy("We called on them, but not about a suspect"),
    "OUTBOUND_NO_PREDICATE": gettext_lazy("We called on them without a crime to look into"),
    "INVESTIGATION_DROPPED": gettext_lazy("We dropped our own case"),
    "APPROVAL_MISSING": gettext_lazy("No second person agreed in time"),
    "CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS": gettext_lazy("We helped without a judge's order"),
    "HELD_BEYOND_RELEASE": gettext_lazy("We held a person too long"),
    "DECLINED_BUT_ACTED": gettext_lazy("We said no, and still did it"),
    "STATUS_ASKED": gettext_lazy("One of us asked what we never ask"),
    "LATE_RECORD": gettext_lazy("We wrote it down too late"),
    "IMMIGRATION_AUTHORITY_AS_INTERPRETER": gettext_lazy("One of them spoke for a caller"),
    "TASK_FORCE_ABOUT_IMMIGRATION": gettext_lazy("A joint team did immigration work"),
}
QUESTIONS: Final[Words] = {
    "helped": gettext_lazy("Were you helped?"),
    "own_language": gettext_lazy("Could you speak your language?"),
    "asked": gettext_lazy("Did we ask what we never ask?"),
}
COMPLAINTS: Final[Words] = {
    "asked": gettext_lazy("We asked what we never ask"),
    "agency": gettext_lazy("We called or helped an immigration office"),
    "held": gettext_lazy("We held a person longer"),
    "interpreter": gettext_lazy("No interpreter came"),
    "treated": gettext_lazy("A person was treated badly"),
    "other": gettext_lazy("Something else"),
}
OUTCOMES: Final[Words] = {
    "broken": gettext_lazy("A rule was broken"),
    "kept": gettext_lazy("No rule was broken"),
    "unclear": gettext_lazy("We could not find out"),
    "passed_on": gettext_lazy("An office outside the police took it over"),
    "other_agency": gettext_lazy("It was about another agency"),
}


def say(words: Words, code: str) -> str:
    """The words of a code; a code that came later stands as it is."""
    return str(words[code]) if code in words else code.replace("_", " ")


def hidden() -> str:
    """What stands in place of a hidden count."""
    return _("hidden")
