"""What the ledger's opened entries claim, held against its entries. Pure: no Django.

Seals (our contact numbers and the telephone system's beside them), nil returns and changes of
the key. Each check adds sentences to a `Report`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from safecall.ledger.leaf import Leaf, Opening
from safecall.ledger.note import Note, NoteError, Verifier

#: Entries of these types mean nothing unopened, so their openings have to be published.
OPENED: Final = frozenset({"seal", "nil_return", "key_change", "rule_change"})
#: A nil return is missed when the ledger is this many days past the month's end.
NIL_DUE_DAYS: Final = 20
#: Numbers are given out within milliseconds; around midnight a few can fall to the day before.
_AROUND_MIDNIGHT: Final = 3
#: Fewer than 50 contacts can wait for their days to be released.
_MOST_WAITING: Final = 49 + _AROUND_MIDNIGHT


@dataclass
class Report:
    """What a verification found, in sentences.

    `faults` contradict the ledger or a witness; `missing` is what the department owes and what
    nobody can check without it.
    """

    proved: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Facts:
    """What a walk over all entries gathered: the rare entries in full, of the rest counts."""

    rare: dict[int, Leaf] = field(default_factory=dict)
    contacts_by_day: Counter[str] = field(default_factory=Counter)
    engagements_by_month: Counter[str] = field(default_factory=Counter)


def key_change_text(old: Verifier, new: Verifier) -> str:
    """The text with which a key hands the ledger over to the next one."""
    return f"safecall key change v1\nfrom {old}\nto {new}\n"


def nil_text(month: str, role: str) -> str:
    """The text that a role signs, where it has a key of its own."""
    return (
        "safecall nil return v1\n"
        f"month {month}\n"
        f"role {role}\n"
        "No contact with, request to, or act together with an immigration authority took place.\n"
    )


def opened(facts: Facts, openings: Sequence[Opening], report: Report) -> dict[int, Any]:
    """The records of opened entries by their place; a false or missing opening is told."""
    records: dict[int, Any] = {}
    for one in openings:
        leaf = facts.rare.get(one.index)
        if leaf is None or not one.opens(leaf.commitment):
            report.faults.append(f"The opening published for entry {one.index} does not open it.")
        else:
            records[one.index] = one.record
    for index, leaf in facts.rare.items():
        if leaf.type in OPENED and index not in records:
            report.missing.append(f"Entry {index} ({leaf.type}) is not opened.")
    return records


def of_type(facts: Facts, records: Mapping[int, Any], kind: str) -> list[tuple[int, Any]]:
    """Place and record of each opened entry of a type, in order."""
    return [(i, records[i]) for i in sorted(records) if facts.rare[i].type == kind]


def check_keys(changes: Sequence[tuple[int, Any]], report: Report) -> list[Verifier]:
    """The ledger's keys, each handed over by the one before; the first named itself."""
    chain: list[Verifier] = []
    for index, record in changes:
        try:
            new = Verifier.parse(record["to"])
            right = _handed_over(record, chain[-1], new) if chain else record["from"] is None
        except (NoteError, KeyError, TypeError, AttributeError):
            right = False
        if not right:
            report.faults.append(
                f"The change of key in entry {index} is not signed by the key before."
            )
            break
        chain.append(new)
    return chain


def _handed_over(record: Any, old: Verifier, new: Verifier) -> bool:
    note = Note.parse(record["signed"])
    return (
        record["from"] == str(old)
        and new.name == old.name
        and note.text == key_change_text(old, new)
        and bool(note.signed_by([old]))
    )


def check_seals(
    facts: Facts, seals: Sequence[tuple[int, Any]], report: Report
) -> tuple[date, date] | None:
    """Each epoch's seal against its entries and the numbers before.

    Returns the first and the last sealed day.
    """
    before = len(report.faults)
    late = {said.get("to"): said for _, said in seals if said.get("late")}
    whole = [said for _, said in seals if not said.get("late")]
    numbers = _Numbers(whole)
    telephone: Counter[str] = Counter()
    for said in whole:
        here = facts.contacts_by_day[said["to"]]
        if said["contacts"] != here:
            report.faults.append(
                f"The seal of {said['to']} speaks of {said['contacts']:,} contacts; the ledger "
                f"has {here:,}."
            )
        numbers.check(said, report)
        telephone[_check_telephone(said, late.get(said["to"]), report)] += 1
    numbers.check_ends(whole[-1]["to"] if whole else "", report)
    unsealed = set(facts.contacts_by_day) - {said["to"] for said in whole}
    for day in sorted(unsealed):
        report.missing.append(f"The contacts of {day} have no seal.")
    if whole and len(report.faults) == before:
        report.proved.append(
            f"Contact numbers are gapless and agree with the entries in all {len(whole):,} seals."
        )
        _tell_telephone(telephone, report)
    days = [date.fromisoformat(said[end]) for said in whole for end in ("from", "to")]
    return (min(days), max(days)) if days else None


class _Numbers:
    """Numbers add up: as many as were given out lie between 1 and the highest.

    Calls that were taken over from an export are numbered in its order, so the numbers of their
    years have to add up at the end alone, but for those that still wait.
    """

    def __init__(self, seals: Sequence[Any]) -> None:
        self._given: dict[int, tuple[int, int]] = {}
        self._exported = {
            one["year"] for said in seals for one in said["numbers"] if one.get("historical")
        }

    def check(self, said: Any, report: Report) -> None:
        counts = 0
        for one in said["numbers"]:
            year = one["year"]
            count, highest = self._given.get(year, (0, 0))
            self._given[year] = count + one["count"], max(highest, one["last"])
            counts += one["count"]
            if year not in self._exported:
                self._add_up(year, said["to"], report)
        if counts != said["contacts"]:
            report.faults.append(
                f"On {said['to']} {counts:,} contact numbers stand against {said['contacts']:,} "
                "entries."
            )

    def check_ends(self, last: str, report: Report) -> None:
        """`last` is the last sealed day: nothing of a year before it can still wait."""
        for year in sorted(self._exported):
            count, highest = self._given[year]
            if last[:4] == str(year) and _AROUND_MIDNIGHT < highest - count <= _MOST_WAITING:
                report.missing.append(
                    f"{highest - count} contact numbers of {year} are not published yet: days wait "
                    "until they have 50 contacts."
                )
            else:
                self._add_up(year, f"the end of {year}", report)

    def _add_up(self, year: int, until: str, report: Report) -> None:
        count, highest = self._given[year]
        if not 0 <= highest - count <= _AROUND_MIDNIGHT:
            report.faults.append(
                f"Up to {until} the numbers of {year} reach {highest:,}, but only "
                f"{count:,} contacts have one: numbers are missing."
            )


def _check_telephone(said: Any, late: Any, report: Report) -> str:
    """How an epoch stands to the telephone system's own count."""
    theirs = late["telephone"] if late else said["telephone"]
    if theirs is None:
        return "missing"
    if said["by_telephone"] < theirs["count"]:
        report.faults.append(
            f"For {said['from']} to {said['to']} the telephone system counted "
            f"{theirs['count']:,} calls, the ledger {said['by_telephone']:,} contacts by telephone."
        )
        return "fewer"
    return "agrees"


def _tell_telephone(telephone: Counter[str], report: Report) -> None:
    if telephone["agrees"]:
        report.proved.append(
            f"In {telephone['agrees']:,} epochs the ledger has at least as many contacts by "
            "telephone as the telephone system counted calls."
        )
    if telephone["missing"]:
        report.missing.append(
            f"For {telephone['missing']:,} epochs the telephone system's own count was not given."
        )


def check_nil_returns(
    facts: Facts,
    nils: Sequence[tuple[int, Any]],
    engagements: Sequence[tuple[int, Any]],
    sealed: tuple[date, date] | None,
    report: Report,
) -> None:
    """Each month has its engagements or a nil return, never both."""
    for index, said in nils:
        if not _signed_as_said(said):
            report.faults.append(f"The signature on the nil return in entry {index} is false.")
    certified = {said["month"]: said for _, said in nils}
    recorded = Counter(facts.engagements_by_month)
    for _, record in engagements:
        if isinstance(record, dict) and isinstance(record.get("month"), str):
            recorded[record["month"]] += 1
    for month, said in sorted(certified.items()):
        if recorded[month]:
            report.faults.append(
                f"The {said['role']} certified that {month} had no engagement, and the ledger "
                "records one in it."
            )
    if sealed:
        _check_owed(recorded, set(certified), sealed, report)


def _check_owed(
    recorded: Counter[str], certified: set[str], sealed: tuple[date, date], report: Report
) -> None:
    owed = [month for month in _months(*sealed) if not recorded[month] and month not in certified]
    if owed:
        report.missing.append(
            f"{len(owed)} months have neither an engagement nor a signed nil return: "
            f"{', '.join(owed[:6])}{' and others' if len(owed) > 6 else ''}."
        )
    elif certified or recorded:
        report.proved.append(
            "Every month that is due has its engagements or a nil return by a named office."
        )


def _signed_as_said(said: Any) -> bool:
    if "key" not in said:
        return True  # signed with the ledger alone
    try:
        note = Note.parse(said["signed"])
        key = Verifier.parse(said["key"])
        return note.text == nil_text(said["month"], said["role"]) and bool(note.signed_by([key]))
    except (NoteError, KeyError, TypeError):
        return False


def _months(first: date, sealed: date) -> list[str]:
    """Months from the one of `first` on whose nil return is due when `sealed` is published."""
    months: list[str] = []
    month = first.replace(day=1)
    while True:
        following = (month + timedelta(days=32)).replace(day=1)
        if following + timedelta(days=NIL_DUE_DAYS) > sealed:
            return months
        months.append(f"{month:%Y-%m}")
        month = following
