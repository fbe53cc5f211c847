"""The tables of the open data, each with its columns, what they mean, and its rows.

They hold what the statement of all years holds and no more: the same small counts are hidden.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from safecall.accountability.figures.engagements import Engaged
from safecall.contacts.models import Contact
from safecall.feedback.models import Complaint
from safecall.vocabulary.coded import Coded
from safecall.vocabulary.engagements import occasion, outcome

Document = dict[str, Any]
Row = dict[str, Any]
#: Between several codes in one cell.
BETWEEN: Final = ";"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type is one of the Table Schema standard's; `codes` are all it can hold."""

    name: str
    type: str
    means: str
    codes: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Resource:
    """A table. `rows` takes the statement of all years, and the records as rows."""

    name: str
    title: str
    means: str
    fields: tuple[Field, ...]
    rows: Callable[[Document, list[Row]], Iterator[Row]]
    key: tuple[str, ...]


def _codes(kind: type[Coded]) -> tuple[str, ...]:
    return tuple(one.value for one in kind if one.value)


def record_row(one: Engaged) -> Row:
    """What is public of a record: the month and not the day; codes and counts."""
    return {
        "number": one.number,
        "month": one.month,
        "source": one.source,
        "amended": one.amended,
        "direction": one.direction,
        "authority": one.authority,
        "purpose": one.purpose,
        "asked_for": BETWEEN.join(sorted(one.asked_for)),
        "papers": BETWEEN.join(sorted(paper.kind for paper in one.papers)),
        "judicial": any(paper.judicial for paper in one.papers),
        "subject_role": one.subject_role,
        "subject_count": one.subject_count,
        "offense_level": one.offense_level,
        "investigation_continues": one.investigation_continues,
        "decision": one.decision,
        "decline_reason": one.decline_reason,
        "basis": one.basis,
        "actions": BETWEEN.join(sorted(one.actions)),
        "custody": one.custody,
        "held_beyond_release": one.held,
        "held_minutes": one.held_minutes,
        "people": one.people,
        "minutes": one.minutes,
        "vehicles": one.vehicles,
        "facilities": one.facilities,
        "findings": BETWEEN.join(sorted(one.findings)),
        "findings_settled": BETWEEN.join(sorted(one.settled)),
    }


def _contacts(document: Document, _: list[Row]) -> Iterator[Row]:
    for one in document["contacts"]["by_year"]:
        for code, n in one["channels"].items():
            yield {"year": one["year"], "channel": code, "contacts": n}


def _engagements(_: Document, records: list[Row]) -> Iterator[Row]:
    yield from records


def _interpreters(document: Document, _: list[Row]) -> Iterator[Row]:
    for one in document["interpreters"]["by_year"]:
        for tag, n in one["counts"].items():
            more = one["more"].get(tag, {})
            yield {
                "year": one["year"],
                "language": tag,
                "people": n,
                "hidden": n is None,
                "seconds_half": more.get("p50"),
                "seconds_nine_in_ten": more.get("p90"),
            }


def _guard(document: Document, _: list[Row]) -> Iterator[Row]:
    for one in document["guard_removed"]["by_year"]:
        if one["counts"]:
            yield {"year": one["year"], "texts": one["total"], "hidden": one["total"] is None}


def _answers(document: Document, _: list[Row]) -> Iterator[Row]:
    for one in document["answers"]["by_year"]:
        for name, n in one["counts"].items():
            question, _dot, reply = name.partition(".")
            yield {
                "year": one["year"],
                "question": question,
                "reply": reply,
                "people": n,
                "hidden": n is None,
            }


def _referrals(document: Document, _: list[Row]) -> Iterator[Row]:
    for one in document["referrals"]["by_year"]:
        for name, n in one["counts"].items():
            counted, _dot, code = name.partition(".")
            yield {
                "year": one["year"],
                "counted": counted,
                "code": code,
                "referrals": n,
                "hidden": n is None,
            }


def _complaints(document: Document, _: list[Row]) -> Iterator[Row]:
    for what in ("kinds", "outcomes"):
        for code, n in document["complaints"][what].items():
            yield {"counted": what, "code": code, "complaints": n}


def _nil(document: Document, _: list[Row]) -> Iterator[Row]:
    made = document["nil_returns"]
    roles = {one["month"]: one for one in made["certified"]}
    states = dict.fromkeys(roles, "certified")
    for state in ("with_engagement", "owed", "not_yet"):
        states |= dict.fromkeys(made[state], state)
    for month, state in sorted(states.items()):
        said = roles.get(month, {})
        yield {
            "month": month,
            "state": state,
            "office": said.get("role", ""),
            "signed": said.get("signed"),
        }


_YEAR: Final = Field("year", "year", "Calendar year in the department's time zone")
_HIDDEN: Final = Field("hidden", "boolean", "Whether the count is hidden because it is small")
_PEOPLE: Final = Field("people", "integer", "How many people; empty where hidden", required=False)

RESOURCES: Final = (
    Resource(
        "contacts",
        "Contacts by year and channel",
        "Times that a person reached the department, or an officer began the contact.",
        (
            _YEAR,
            Field("channel", "string", "How the contact came in", tuple(Contact.Channel.values)),
            Field("contacts", "integer", "How many, exactly"),
        ),
        _contacts,
        ("year", "channel"),
    ),
    Resource(
        "engagements",
        "Records of engagements with immigration authorities",
        "One row for each request, contact or joint act, in either direction, declined ones "
        "included, as it holds now after its amendments. Several codes in one cell are separated "
        "by a semicolon.",
        (
            Field("number", "string", "Number of the record, as in the public ledger"),
            Field("month", "yearmonth", "Month in which it happened"),
            Field("source", "string", "Recorded when it happened, or from old files",
                  _codes(occasion.Source)),
            Field("amended", "integer", "How often the record was amended"),
            Field("direction", "string", "Who turned to whom", _codes(occasion.Direction)),
            Field("authority", "string", "Which authority", _codes(occasion.Authority)),
            Field("purpose", "string", "For what", _codes(occasion.Purpose)),
            Field("asked_for", "string", "What was asked for: codes", required=False),
            Field("papers", "string", "Which papers were shown: codes", required=False),
            Field("judicial", "boolean", "Whether a court is named on one and a judge signed it"),
            Field("subject_role", "string", "In which role somebody was concerned",
                  _codes(occasion.SubjectRole)),
            Field("subject_count", "integer", "How many persons were concerned"),
            Field("offense_level", "string", "How serious the offence under investigation is",
                  _codes(occasion.OffenseLevel), required=False),
            Field("investigation_continues", "boolean",
                  "Whether the department's own investigation goes on; empty: not said",
                  required=False),
            Field("decision", "string", "How the department answered", _codes(outcome.Decision)),
            Field("decline_reason", "string", "Why it declined", _codes(outcome.DeclineReason),
                  required=False),
            Field("basis", "string", "On what basis it acted", _codes(outcome.Basis)),
            Field("actions", "string", "What the department did: codes", required=False),
            Field("custody", "string", "What became of somebody's custody",
                  _codes(outcome.Custody)),
            Field("held_beyond_release", "boolean", "Whether somebody was held past release"),
            Field("held_minutes", "integer", "For how many minutes"),
            Field("people", "integer", "Staff who took part"),
            Field("minutes", "integer", "Their minutes together"),
            Field("vehicles", "integer", "Vehicles used"),
            Field("facilities", "integer", "Rooms lent"),
            Field("findings", "string", "Broken rules that stand: codes", required=False),
            Field("findings_settled", "string", "Broken rules put right since: codes",
                  required=False),
        ),
        _engagements,
        ("number",),
    ),
    Resource(
        "nil_returns",
        "Months without an engagement",
        "For each month: whether there is a record, or a nil return by a named office.",
        (
            Field("month", "yearmonth", "Month"),
            Field("state", "string", "A record, a nil return, owed, or not yet due",
                  ("certified", "with_engagement", "owed", "not_yet")),
            Field("office", "string", "The office that certified it", required=False),
            Field("signed", "boolean", "Whether it signed with a key of its own", required=False),
        ),
        _nil,
        ("month",),
    ),
    Resource(
        "interpreters",
        "Interpreters by year and language",
        "People who needed an interpreter. Made once after each year; counts of 1 to 10 are "
        "hidden, and those from which a hidden one would follow.",
        (
            _YEAR,
            Field("language", "string", "BCP 47 tag of the language"),
            _PEOPLE,
            _HIDDEN,
            Field("seconds_half", "number",
                  "Half heard the first word in their language within so many seconds of the need",
                  required=False),
            Field("seconds_nine_in_ten", "number", "Nine in ten did within so many seconds",
                  required=False),
        ),
        _interpreters,
        ("year", "language"),
    ),
    Resource(
        "guard_removed",
        "Texts from which words about status were removed",
        "Acts in which the guard removed something before it was kept. Made once after each year.",
        (
            _YEAR,
            Field("texts", "integer", "How many; empty where hidden", required=False),
            _HIDDEN,
        ),
        _guard,
        ("year",),
    ),
    Resource(
        "answers",
        "What people answered to three questions",
        "Answers given without an account after a contact. Made once after each year.",
        (
            _YEAR,
            Field("question", "string", "Which of the three questions",
                  ("helped", "own_language", "asked")),
            Field("reply", "string", "The answer", ("yes", "no", "unsaid")),
            _PEOPLE,
            _HIDDEN,
        ),
        _answers,
        ("year", "question", "reply"),
    ),
    Resource(
        "referrals",
        "Offices that people were referred to",
        "Referrals by kind of office and by what became of them. Made once after each year.",
        (
            _YEAR,
            Field("counted", "string", "By kind of office, or by what became of it",
                  ("kind", "outcome")),
            Field("code", "string", "The kind of office, or what became of it"),
            Field("referrals", "integer", "How many; empty where hidden", required=False),
            _HIDDEN,
        ),
        _referrals,
        ("year", "counted", "code"),
    ),
    Resource(
        "complaints",
        "Complaints that a rule was broken",
        "Complaints received by kind, and how those that are settled ended.",
        (
            Field("counted", "string", "Received, by kind; or settled, by outcome",
                  ("kinds", "outcomes")),
            Field("code", "string", "The kind or the outcome",
                  (*Complaint.Kind.values, *Complaint.Outcome.values)),
            Field("complaints", "integer", "How many, exactly"),
        ),
        _complaints,
        ("counted", "code"),
    ),
)  # fmt: skip
BY_NAME: Final = {one.name: one for one in RESOURCES}
