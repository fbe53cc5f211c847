"""Text columns that are not screened, each with the reason why that is safe.

A new text column fails the system check `safecall.E001` until it is screened, sealed, limited to
choices, or reviewed and listed here.
"""

from typing import Final

CODED: Final = "a code that is checked against a registry or pattern before it is stored"
STAFF: Final = "about the staff who work here, not about anyone who calls"
SET_UP: Final = "named once by the department, about itself"
PUBLISHED: Final = (
    "the department's own public text; asks nothing, and a second person publishes it"
)
HASHED: Final = "random or hashed: carries no words"

COLUMNS: Final[dict[str, str]] = {
    "contacts.Agency.code": SET_UP,
    "contacts.Agency.name": SET_UP,
    "contacts.AnsweringPoint.code": SET_UP,
    "contacts.AnsweringPoint.name": SET_UP,
    "contacts.Contact.incident_type": CODED,
    "contacts.Contact.language": CODED,
    "contacts.Contact.source_number": CODED,
    "contacts.Contact.disposition": CODED,
    "contacts.Note.author_label": STAFF,
    "contacts.HistoryEntry.actor_label": STAFF,
    "contacts.HistoryEntry.data": "codes and numbers only, written by the actions",
    "contacts.Draft.key": CODED,
    "contacts.Receipt.code_hash": HASHED,
    "contacts.Unit.callsign": SET_UP,
    "contacts.Unit.kind": SET_UP,
    "accountability.Tally.code": CODED,
    "accountability.YearTable.table": CODED,
    "accountability.YearTable.cells": "counts by code, small ones hidden, published as they are",
    "accountability.Prepared.key": CODED,
    "accountability.Prepared.document": "figures as the public pages show them",
    "ledger.LedgerRow.record": "codes and numbers about the department, published as they are",
    "ledger.Log.totals": "counts per type of entry, written by the sequencer",
    "ledger.SignedHead.note": HASHED,
    "interpreting.Interpreter.code": SET_UP,
    "interpreting.Interpreter.hours": CODED,
    "interpreting.Skill.tag": CODED,
    "interpreting.Vendor.code": SET_UP,
    "interpreting.Vendor.dial_string": CODED,
    "interpreting.Vendor.account_secret": CODED,
    "interpreting.Vendor.languages": CODED,
    "interpreting.Vendor.hours": CODED,
    "interpreting.InterpreterRequest.language": CODED,
    "interpreting.InterpreterRequest.second_languages": CODED,
    "interpreting.InterpreterRequest.served": CODED,
    "interpreting.InterpreterRequest.stage": CODED,
    "interpreting.Offer.tag": CODED,
    "interpreting.Delivery.problem": CODED,
    "engagements.Engagement.recorded_by_label": STAFF,
    "engagements.Engagement.offense_code": CODED,
    "engagements.Engagement.task_force": CODED,
    "engagements.Approval.asked_by_label": STAFF,
    "engagements.Approval.approved_by_label": STAFF,
    "engagements.Approval.role": CODED,
    "engagements.TrackStep.recorded_by_label": STAFF,
    "engagements.PolicyFinding.seen_by_label": STAFF,
    "engagements.MentionSettled.settled_by_label": STAFF,
    "feedback.Answered.key": HASHED,
    "feedback.Complaint.code_hash": HASHED,
    "feedback.ComplaintStep.actor_label": STAFF,
    "people.User.username": STAFF,
    "people.User.display_name": STAFF,
    "people.User.password": HASHED,
    "people.SystemToken.name": SET_UP,
    "people.SystemToken.answering_point": SET_UP,
    "people.SystemToken.scopes": CODED,
    "referrals.Location.country": CODED,
    "referrals.Location.postal_code": CODED,
    "referrals.Location.state": CODED,
    "referrals.Organization.website": CODED,
    "referrals.PastNumber.number": CODED,
    "referrals.PastNumber.printed_in": SET_UP,
    "referrals.Phone.extension": CODED,
    "referrals.Phone.number": CODED,
    "referrals.Referral.code_hash": HASHED,
    "referrals.Service.hours": CODED,
    "referrals.Service.languages": CODED,
    "referrals.Service.needs": CODED,
    "referrals.Service.website": CODED,
    "texts.Suggestion.lang": CODED,
    "texts.Version.body": PUBLISHED,
    "texts.Version.changed": PUBLISHED,
    "texts.Version.lang": CODED,
    "texts.Version.sha256": HASHED,
    "website.Tries.key": HASHED,
}
