"""The independent check: an honest ledger passes, and each attack is named."""

import base64
import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import rfc8785

from safecall.ledger import nil, telephone, tree
from safecall.ledger.edge import Edge
from safecall.ledger.leaf import Counter, Leaf, Opening
from safecall.ledger.note import Checkpoint, Signer
from safecall.ledger.tiles import ENTRIES, Tile, bundle, unbundle, width_at
from safecall.ledger.verify import Result, Seen, Unreadable, verify
from tests.ledger import publishing
from tests.ledger.publishing import KEY, Files, publish, published, reading, two_months
from tests.ledger.rows import DAY, Kind, add

NEXT = DAY + timedelta(days=1)
NILS = (date(2026, 9, 1),)


@pytest.fixture
def honest(db: None) -> Files:
    due = two_months()
    for month in NILS:
        nil.certify(month, "chief_of_police", due, Signer.new("chief.police.example"))
    publish(due)
    return published()


def check(these: Files, *seen: str) -> Result:
    return verify(reading(these), [KEY.verifier], [Seen("the review board", one) for one in seen])


def entries_of(these: Files) -> list[bytes]:
    names = sorted(name for name in these if name.startswith("tile/entries/"))
    return [entry for name in names for entry in unbundle(these[name])]


def built(entries: list[bytes], openings: bytes, signer: Signer | None) -> Files:
    """A ledger over these entries, with everything in it right; signed again if there is a key."""
    edge, these = Edge(), {"openings": openings}
    for level, n, data in edge.append(entries):
        these[Tile(level, n, len(data) // 32).path] = data
    for n in range(-(-len(entries) // 256)):
        tile = Tile(ENTRIES, n, width_at(ENTRIES, n, len(entries)))
        these[tile.path] = bundle(entries[n * 256 : n * 256 + tile.width])
    if signer:
        point = Checkpoint(signer.name, len(entries), edge.root())
        these["checkpoint"] = str(point.sign([signer])).encode()
    return these


def renumbered(entries: list[bytes]) -> list[bytes]:
    """The same types, days and commitments, with numbers and totals made right again."""
    counter = Counter()
    read = [Leaf.parse(one) for one in entries]
    return [counter.next(one.type, one.day, one.commitment) for one in read]


def moved(openings: bytes, dropped: int) -> bytes:
    """The openings of a ledger in which one entry was left out."""
    read = [Opening.parse(line) for line in openings.splitlines()]
    kept = [one for one in read if one.index != dropped]
    return b"".join(
        Opening(one.index - (one.index > dropped), one.salt, one.record).line() for one in kept
    )


def place_of(entries: list[bytes], kind: str) -> int:
    return next(i for i, one in enumerate(entries) if Leaf.parse(one).type == kind)


def test_an_honest_ledger_passes_and_says_what_it_holds(honest: Files) -> None:
    older = honest["checkpoint"].decode()
    result = check(honest, older)
    assert result.faults == []
    assert result.counts["contact"] > 4000
    assert result.counts["engagement"] == 1
    assert result.counts["nil_return"] == 1
    told = " ".join(result.proved)
    for said in ("numbered without a gap", "exactly the root", "signed by test.police",
                 "Contact numbers are gapless", "nil return by a named office",
                 "are those that the review board saw"):  # fmt: skip
        assert said in told
    assert ["telephone" in one for one in result.missing] == [True]


def test_every_older_checkpoint_is_recognised(db: None) -> None:
    older = []
    for number in range(6):
        add(Kind.CONTACT, 50 + 97 * number, DAY + timedelta(days=number))
        publish(DAY + timedelta(days=number + 1))
        older.append(published()["checkpoint"].decode())
    result = check(published(), *older)
    assert result.faults == []
    assert len([one for one in result.proved if "review board" in one]) == 6


def test_without_a_key_from_elsewhere_it_says_so(honest: Files) -> None:
    result = verify(reading(honest))
    assert result.faults == []
    assert any("Compare it with one that you got elsewhere" in one for one in result.missing)
    other = verify(reading(honest), [Signer.new(KEY.name).verifier])
    assert other.faults == ["The ledger's keys do not lead back to the key that you gave."]


def _drop(entries: list[bytes]) -> list[bytes]:
    at = place_of(entries, "engagement")
    return entries[:at] + entries[at + 1 :]


def _retype(entries: list[bytes]) -> list[bytes]:
    at = place_of(entries, "engagement")
    leaf = Leaf.parse(entries[at])
    other = Counter({**leaf.counts(), "engagement": 0})
    counts = leaf.counts()
    other = Counter({**counts, "request_declined": counts.get("request_declined", 0)})
    made = other.next("request_declined", leaf.day, leaf.commitment)
    return [*entries[:at], made, *entries[at + 1 :]]


def _edit(entries: list[bytes]) -> list[bytes]:
    at = place_of(entries, "engagement")
    other = base64.b64encode(bytes(32))
    made = entries[at].replace(Leaf.parse(entries[at]).commitment.encode(), other)
    return [*entries[:at], made, *entries[at + 1 :]]


def _totals(entries: list[bytes]) -> list[bytes]:
    said = json.loads(entries[-1])
    said["c"]["engagement"] = 0
    said["c"].pop("engagement")
    return [*entries[:-1], rfc8785.dumps(said)]


ATTACKS = {
    "an engagement dropped": (_drop, "the running totals are wrong"),
    "an engagement retyped": (_retype, "the running totals|was dropped, added or given"),
    "an engagement edited": (_edit, "do not give the root that was signed"),
    "totals changed": (_totals, "the running totals are wrong"),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("signed_again", [False, True])
def test_an_attack_on_the_entries_is_named(honest: Files, attack: str, signed_again: bool) -> None:
    change, named = ATTACKS[attack]
    kept = honest["checkpoint"].decode()
    entries = change(entries_of(honest))
    forged = built(entries, honest["openings"], KEY if signed_again else None)
    if not signed_again:
        forged["checkpoint"] = honest["checkpoint"]
        if len(entries) != len(entries_of(honest)):
            with pytest.raises((Unreadable, KeyError)):
                check(forged, kept)
            return
    faults = " ".join(check(forged, kept).faults)
    if attack == "an engagement edited" and signed_again:
        assert "History was rewritten" in faults
    else:
        assert any(words in faults for words in named.split("|"))


def test_the_whole_ledger_rebuilt_and_signed_again_is_caught_by_the_witness_alone(
    honest: Files,
) -> None:
    kept = honest["checkpoint"].decode()
    entries = entries_of(honest)
    at = place_of(entries, "engagement")
    forged = built(renumbered(_drop(entries)), moved(honest["openings"], at), KEY)
    alone = check(forged)
    assert alone.faults == []  # which is why a witness is part of the ledger
    assert "engagement" not in alone.counts
    told = " ".join(check(forged, kept).faults)
    assert "entries, signed; now there are" in told
    # Filled up again to its old length, it is another history.
    more = renumbered([*_drop(entries), entries[-1].replace(b'"k":"', b'"k":"')])
    forged = built(more, moved(honest["openings"], at), KEY)
    assert "History was rewritten" in " ".join(check(forged, kept).faults)


def test_an_edited_checkpoint_is_refused(honest: Files) -> None:
    for old, new in ((b"\n4", b"\n5"), (KEY.name.encode(), b"x" * 5)):
        forged = {**honest, "checkpoint": honest["checkpoint"].replace(old, new)}
        if forged["checkpoint"] != honest["checkpoint"]:
            try:
                assert check(forged).faults
            except (Unreadable, KeyError):
                continue


def test_a_tile_that_does_not_belong_is_named(honest: Files) -> None:
    forged = {**honest, "tile/0/000": honest["tile/0/000"][:-1] + b"\x00"}
    assert check(forged).faults == ["The published file tile/0/000 does not belong to the entries."]


def test_a_commitment_that_stands_twice_is_one_contact_too_many(honest: Files) -> None:
    entries = entries_of(honest)
    at = place_of(entries, "contact")
    forged = built(renumbered([*entries[: at + 1], *entries[at:]]), b"", KEY)
    assert "counted twice" in " ".join(check(forged).faults)


def test_a_nil_return_that_was_false_is_named(db: None) -> None:
    due = two_months()
    nil.certify(date(2026, 9, 1), "chief_of_police", due)
    add(Kind.ENGAGEMENT, 1, date(2026, 9, 20))  # found after the month was certified
    publish(due)
    told = " ".join(check(published()).faults)
    assert "The chief_of_police certified that 2026-09 had no engagement" in told


def test_a_missing_nil_return_is_told(db: None) -> None:
    publish(two_months())
    result = check(published())
    assert result.faults == []
    assert any("neither an engagement nor a signed nil return: 2026-09." in one
               for one in result.missing)  # fmt: skip


def test_contacts_that_lost_their_entry_show_in_the_seal(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safecall.ledger.models import LedgerRow

    add(Kind.CONTACT, 120)
    unwanted = LedgerRow.objects.filter(kind=Kind.CONTACT).order_by("id").first()
    assert unwanted

    def told(first: date, last: date, late: object) -> dict[str, object]:
        return {"numbers": [{"year": 2026, "first": 1, "last": 120, "count": 120}],
                "by_telephone": 120}  # fmt: skip

    unwanted.delete()
    monkeypatch.setattr(publishing, "counted", told)
    publish(NEXT)
    assert "120 contact numbers stand against 119 entries" in " ".join(check(published()).faults)


@pytest.mark.parametrize(
    ("exported", "highest", "fault"),
    [(True, 180, False), (False, 180, True), (True, 220, False), (True, 240, True)],
)
def test_numbers_of_an_export_add_up_at_the_end_of_their_year(
    db: None, monkeypatch: pytest.MonkeyPatch, exported: bool, highest: int, fault: bool
) -> None:
    """The later day was taken over first, so its numbers are the lower ones."""
    ends = {DAY: (121, highest), NEXT: (1, 120)}
    add(Kind.CONTACT, 60, DAY)
    add(Kind.CONTACT, 120, NEXT)

    def told(first: date, last: date, late: object) -> dict[str, object]:
        low, high = ends[last]
        one = {"year": 2026, "first": low, "last": high, "count": 60 if last == DAY else 120}
        numbers = [one | ({"historical": one["count"]} if exported else {})]
        return {"numbers": numbers, "by_telephone": 0}

    monkeypatch.setattr(publishing, "counted", told)
    publish(NEXT + timedelta(days=1))
    found = check(published())
    assert any("numbers are missing" in one for one in found.faults) is fault
    assert any("Contact numbers are gapless" in one for one in found.proved) is not fault
    assert any("40 contact numbers of 2026" in one for one in found.missing) is (highest == 220)


@pytest.mark.parametrize(("calls", "fault"), [(120, False), (121, True)])
def test_the_telephone_system_stands_beside_us(db: None, calls: int, fault: bool) -> None:
    add(Kind.CONTACT, 120)
    telephone.report(DAY, 1000, 1500, calls, NEXT)
    publish(NEXT)
    result = check(published())
    told = "the telephone system counted 121 calls, the ledger 120 contacts"
    assert (told in " ".join(result.faults)) == fault
    assert any("at least as many contacts by telephone" in one for one in result.proved) != fault


def test_a_ledger_that_was_handed_over_leads_back_to_the_old_key(db: None) -> None:
    from django.test import override_settings

    from safecall.ledger import signing
    from tests.ledger.publishing import NOW

    add(Kind.CONTACT, 60)
    publish(NEXT)
    new = Signer.new(KEY.name)
    with override_settings(LEDGER_KEY=KEY.secret()):
        signing.change_key(new, NOW)
    add(Kind.CONTACT, 60, NEXT)
    publish(NEXT + timedelta(days=1), signer=new)
    these = published()
    assert check(these).faults == []
    assert verify(reading(these), [new.verifier]).faults == []
    # A thief without the old key cannot claim to follow it.
    lines = these["openings"].splitlines(keepends=True)
    forged = [
        line.replace(str(KEY.verifier).encode(), str(new.verifier).encode()) for line in lines
    ]
    assert check({**these, "openings": b"".join(forged)}).faults


def test_nobody_finds_a_known_contact_by_trying(db: None) -> None:
    """Day and telephone number are few; without the random bytes a leaf could be guessed."""
    from uuid import UUID

    from safecall.ledger.append import commit
    from safecall.ledger.models import LedgerRow

    known = UUID(int=7)
    add(Kind.CONTACT, 80)
    add(Kind.CONTACT, subjects=[known])
    publish(NEXT)
    commitments = {Leaf.parse(one).commitment for one in entries_of(published())}
    record = {"subject": str(known)}  # the attacker knows all of the record
    guesses = [b"", bytes(32), known.bytes * 2, b"\x01" * 32]
    guesses += [number.to_bytes(32, "big") for number in range(5000)]
    tried = {base64.b64encode(commit(salt, record)).decode() for salt in guesses}
    plain = tree.leaf_hash(rfc8785.dumps(record))
    assert not commitments & (tried | {base64.b64encode(plain).decode()})
    row = LedgerRow.objects.get(subject=known)
    assert base64.b64encode(commit(bytes(row.salt or b""), record)).decode() in commitments
    # And nothing that is published names it, its place in the queue or its time.
    assert all(str(known).encode() not in data for data in published().values())


def test_a_file_that_is_missing_or_cut_off_is_named(honest: Files) -> None:
    cut = {**honest, "tile/entries/000": honest["tile/entries/000"][:-5]}
    with pytest.raises(Unreadable, match="tile/entries/000"):
        check(cut)
    assert check({**honest, "checkpoint": b"nothing"}).faults
    assert check({**honest, "openings": b"nothing"}).faults


def test_an_empty_ledger_can_be_checked(db: None) -> None:
    publish(DAY)
    result = check(published())
    assert result.faults == []
    assert result.counts == {"key_change": 1}
    read: Callable[[str], bytes] = reading(built([], b"", KEY))
    assert verify(read, [KEY.verifier]).faults == []
