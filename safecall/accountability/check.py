"""Whether the records, the figures made from them, and the ledger say the same.

The records are counted anew, one by one, not from the tallies. What differs is said in plain
words: a row that was taken away, added or moved behind the software's back shows here, since each
act wrote its row of the ledger in the same transaction.
"""

from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from safecall.accountability import tally
from safecall.accountability.models import Tally
from safecall.contacts.models import Contact, Note
from safecall.engagements.models import Engagement
from safecall.ledger import signing
from safecall.ledger.leaf import commit
from safecall.ledger.models import LedgerRow, Log
from safecall.ledger.note import Checkpoint
from safecall.ledger.note import Note as SignedNote

Kind = LedgerRow.Kind
#: So many months are named; of more, how many there are.
NAMED: Final = 6


@dataclass
class Result:
    """Sentences: what agrees, and what does not. `sound` where nothing differs."""

    agrees: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return not self.differs


def check() -> Result:
    """Compare records, tallies, ledger rows and the published totals. Takes seconds a million."""
    result = Result()
    records = tally.count_contacts()
    rows = tally.count_ledger()
    _contacts(records, rows, result)
    _each_contact(result)
    _engagements(rows, result)
    _guard(result)
    _tallies(records, rows, result)
    _published(rows, result)
    return result


def _contacts(records: tally.Months, rows: tally.Months, result: Result) -> None:
    """Each month has as many contacts as lines."""
    wrong: list[str] = []
    for month in sorted(records.keys() | rows.keys()):
        here = sum(records.get(month, {}).values())
        there = rows.get(month, {}).get(Kind.CONTACT.value, 0)
        if here != there:
            wrong.append(f"{month:%Y-%m}: {here:,} contacts, but {there:,} lines in the ledger")
    together = sum(sum(counts.values()) for counts in records.values())
    if wrong:
        result.differs.append(f"Contacts and the ledger differ. {_named(wrong)}.")
    else:
        result.agrees.append(
            f"{together:,} contacts, and in each month as many lines in the ledger."
        )


def _each_contact(result: Result) -> None:
    """Each contact has its own line, and no line is left without its contact."""
    lines = LedgerRow.objects.filter(kind=Kind.CONTACT)
    own = LedgerRow.objects.filter(kind=Kind.CONTACT, subject=OuterRef("pk"))
    without = Contact.objects.filter(~Exists(own)).count()
    there = Contact.objects.filter(pk=OuterRef("subject"))
    orphans = lines.filter(~Exists(there)).count()
    if without:
        result.differs.append(
            f"{without:,} contacts have no line in the ledger: they were not opened by an act of "
            "this software."
        )
    if orphans:
        result.differs.append(
            f"{orphans:,} lines of the ledger have no contact any more: contacts were deleted."
        )
    if not without and not orphans:
        result.agrees.append("Each contact has its own line, and each line its contact.")


def _engagements(rows: tally.Months, result: Result) -> None:
    """Each first record has its line, which says what the record says and opens its seal."""
    lines = {
        row.subject: row for row in LedgerRow.objects.filter(kind=Kind.ENGAGEMENT).order_by("id")
    }
    first = {one.pk: one for one in Engagement.objects.filter(version=1)}
    missing = [one.number for pk, one in first.items() if pk not in lines]
    gone = [row for subject, row in lines.items() if subject not in first]
    other = [one.number for pk, one in first.items() if pk in lines and not _same(one, lines[pk])]
    counted = sum(counts.get(Kind.ENGAGEMENT.value, 0) for counts in rows.values())
    if missing:
        result.differs.append(f"Records without a line in the ledger: {_named(missing)}.")
    if gone:
        months = sorted((row.record or {}).get("month", f"{row.day:%Y-%m}") for row in gone)
        result.differs.append(
            f"{len(gone)} lines about an engagement have no record any more: {_named(months)}."
        )
    if other:
        result.differs.append(
            f"Records that say something else than their line in the ledger: {_named(other)}."
        )
    if counted != len(lines):
        result.differs.append(f"{counted} lines stand for {len(lines)} engagements: some twice.")
    if not (missing or gone or other or counted != len(lines)):
        result.agrees.append(
            f"{len(first):,} records of engagements, each with its line in the ledger."
        )


def _same(one: Engagement, line: LedgerRow) -> bool:
    """Whether a line says what the first record says, and is what was committed to."""
    said = line.record or {}
    if line.salt is not None and commit(bytes(line.salt), said) != bytes(line.commitment):
        return False
    here = {
        "number": one.number,
        "month": f"{timezone.localdate(one.happened_at):%Y-%m}",
        "direction": one.direction,
        "authority": one.authority,
        "decision": one.decision,
        "legal_basis": one.legal_basis,
        "subject_role": one.subject_role,
        "held_beyond_release": one.held_beyond_release,
    }
    return all(said.get(name) == value for name, value in here.items())


def _guard(result: Result) -> None:
    """A note from which something was removed has its line."""
    line = LedgerRow.objects.filter(kind=Kind.GUARD_REMOVED, subject=OuterRef("contact_id"))
    cut = Note.objects.filter(removed__gt=0)
    without = cut.filter(~Exists(line)).values("contact_id").distinct().count()
    if without:
        result.differs.append(
            f"In {without:,} contacts the guard removed something, and no line says so."
        )
    else:
        result.agrees.append("Whatever the guard removed from a note has its line.")


def _tallies(records: tally.Months, rows: tally.Months, result: Result) -> None:
    """The figures that pages show are those of the records."""
    stale = [
        what
        for what, kind, now in (
            ("contacts by channel", Tally.CONTACTS, records),
            ("entries by type", Tally.LEDGER, rows),
        )
        if tally.read(kind) != {month: counts for month, counts in now.items() if counts}
    ]
    if stale:
        result.differs.append(
            f"The figures made ready for the pages ({', '.join(stale)}) are not those of the "
            "records. Make them anew: safecall statement --refresh --everything"
        )
    else:
        result.agrees.append("The figures made ready for the pages are those of the records.")


def _published(rows: tally.Months, result: Result) -> None:
    """The published totals are those of the rows that were released."""
    log = Log.objects.filter(name=Log.PUBLIC).first()
    head = signing.latest()
    if log is None or head is None:
        result.open.append("The ledger is not published yet, so nobody outside can check it.")
        return
    released = LedgerRow.objects.filter(released__isnull=False).values_list("kind")
    there = dict(released.annotate(count=Count("pk")).order_by())
    wrong = [
        f"{kind}: {there.get(kind, 0):,} rows released, {log.totals.get(kind, 0):,} published"
        for kind in sorted(there.keys() | log.totals.keys())
        if there.get(kind, 0) != log.totals.get(kind, 0)
    ]
    if wrong:
        result.differs.append(f"Rows and the published totals differ. {_named(wrong)}.")
    else:
        result.agrees.append(f"The {log.size:,} entries of the public ledger are those released.")
    point = Checkpoint.parse(SignedNote.parse(head.note).text)
    if point.size == log.size and point.root != bytes(log.root):
        result.differs.append("The signed head has another root than the ledger: it was rewritten.")
    waiting = sum(c.get(Kind.CONTACT.value, 0) for c in rows.values()) - there.get(
        Kind.CONTACT.value, 0
    )
    if waiting:
        result.open.append(
            f"{waiting:,} contacts are not public yet: days wait until they are over and have 50."
        )


def _named(found: list[str]) -> str:
    shown = "; ".join(found[:NAMED])
    return shown if len(found) <= NAMED else f"{shown}; and {len(found) - NAMED:,} more"
