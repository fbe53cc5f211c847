"""What is published, when, and that it dates nobody."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import override_settings

from safecall.ledger import nil, signing, telephone
from safecall.ledger.leaf import Leaf
from safecall.ledger.models import Epoch, LedgerRow, Log, SignedHead
from safecall.ledger.note import Signer, open_checkpoint
from safecall.ledger.release import FLOOR, release, waiting_contacts
from safecall.ledger.tiles import unbundle
from tests.ledger.publishing import KEY, NOW, counted, epochs, publish, published, two_months
from tests.ledger.rows import DAY, Kind, add, head, inside_by_definition

NEXT = DAY + timedelta(days=1)


def leaves() -> list[Leaf]:
    these = published()
    bundles = sorted(name for name in these if name.startswith("tile/entries/"))
    return [Leaf.parse(entry) for name in bundles for entry in unbundle(these[name])]


def test_a_day_is_published_when_it_is_over(db: None) -> None:
    add(Kind.CONTACT, 60)
    assert publish(DAY).days == 0
    assert publish(NEXT).days == 1
    assert epochs() == [(DAY, DAY)]
    assert waiting_contacts() == 0
    assert publish(NEXT).entries == 0  # again: nothing


def test_days_are_merged_until_there_are_fifty_contacts(db: None) -> None:
    for number, count in enumerate((20, 29, 1, 60, 49)):
        add(Kind.CONTACT, count, DAY + timedelta(days=number))
    publish(DAY + timedelta(days=9))
    assert epochs() == [
        (DAY, DAY + timedelta(days=2)),
        (DAY + timedelta(days=3), DAY + timedelta(days=3)),
    ]
    assert waiting_contacts() == 49
    days = {leaf.day for leaf in leaves() if leaf.type == "contact"}
    assert days == {last.isoformat() for _, last in epochs()}  # no day within an epoch shows


def test_the_order_of_arrival_does_not_show(db: None) -> None:
    add(Kind.CONTACT, 200)
    publish(NEXT)
    rows = LedgerRow.objects.filter(kind=Kind.CONTACT).order_by("id")
    places = list(rows.values_list("released", flat=True))
    assert sorted(places) == list(range(200))
    kept = sum(a < b for a, b in pairwise(places))
    assert 60 < kept < 140  # in order: 199; by chance outside with less than 1 in 10**8


def test_a_contact_that_comes_late_joins_the_next_epoch(db: None) -> None:
    add(Kind.CONTACT, 60)
    publish(NEXT)
    add(Kind.CONTACT, 1)  # for the day that is published
    publish(NEXT)
    assert waiting_contacts() == 1
    add(Kind.CONTACT, 60, NEXT)
    publish(NEXT + timedelta(days=1))
    assert waiting_contacts() == 0
    last = [leaf for leaf in leaves() if leaf.day == NEXT.isoformat() and leaf.type == "contact"]
    assert len(last) == 61


def test_engagements_come_by_month_and_without_a_day(db: None) -> None:
    due = two_months()
    publish(date(2026, 11, 10))
    assert "engagement" not in {leaf.type for leaf in leaves()}
    publish(due)
    months = {leaf.day for leaf in leaves() if leaf.type in ("engagement", "request_declined")}
    assert months == {"2026-10"}
    assert epochs(Epoch.MONTH)[-1] == (date(2026, 10, 1), date(2026, 10, 31))


def test_few_removals_wait_until_they_are_more_than_ten(db: None) -> None:
    due = two_months()
    publish(due)
    removed = [leaf.day for leaf in leaves() if leaf.type == "guard_removed"]
    assert removed == ["2026-10"] * 13  # September's 7 waited for October's 6


def test_acts_inside_a_contact_are_never_published(db: None) -> None:
    add(Kind.CONTACT_ACT, 80)
    add(Kind.CONTACT, 80)
    publish(NEXT + timedelta(days=60))
    assert {leaf.type for leaf in leaves()} == {"contact", "seal", "key_change"}
    assert head() == inside_by_definition()


def test_two_publishers_release_each_epoch_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from safecall.ledger import release as room

    add(Kind.CONTACT, 60)
    due = room._days_due(NEXT, FLOOR)
    publish(NEXT)
    monkeypatch.setattr(room, "_days_due", lambda *_: due)  # planned before the other was done
    assert release(NEXT, counted).entries == 0
    assert len(epochs()) == 1


def test_every_head_is_signed_and_the_one_inside_has_another_name(db: None) -> None:
    add(Kind.CONTACT, 60)
    publish(NEXT)
    head_now = signing.latest()
    assert head_now
    point, _ = open_checkpoint(head_now.note, [KEY.verifier])
    assert (point.size, point.root) == head(Log.PUBLIC)
    inside = SignedHead.objects.get(log=Log.INSIDE)
    name = f"{KEY.name}/inside"
    key = Signer(name, KEY.kind, KEY.seed).verifier
    assert open_checkpoint(inside.note, [key])[0].origin == name


def test_another_key_than_the_ledgers_is_refused(db: None) -> None:
    add(Kind.CONTACT, 60)
    publish(NEXT)
    with pytest.raises(signing.KeyRefused, match="another is configured"):
        publish(NEXT, signer=Signer.new(KEY.name))
    with override_settings(LEDGER_KEY=""), pytest.raises(signing.KeyRefused, match="is missing"):
        signing.sign(NOW)


def test_a_new_key_is_handed_the_ledger_by_the_old_one(db: None) -> None:
    add(Kind.CONTACT, 60)
    publish(NEXT)
    new = Signer.new(KEY.name)
    with override_settings(LEDGER_KEY=KEY.secret()):
        with pytest.raises(signing.KeyRefused, match="must have the ledger's name"):
            signing.change_key(Signer.new("other.example/ledger"), NOW)
        changed = signing.change_key(new, NOW)
    configured = override_settings(LEDGER_KEY=new.secret())
    with configured, pytest.raises(signing.KeyRefused, match="was the ledger's before"):
        signing.change_key(KEY, NOW)
    for key in (KEY, new):  # whoever knows either can read this one
        assert open_checkpoint(changed.note, [key.verifier])
    publish(NEXT, signer=new)
    assert signing.known_keys() == [KEY.verifier, new.verifier]


def test_a_month_is_certified_once_when_it_is_over_and_had_nothing(db: None) -> None:
    two_months()
    today = date(2026, 11, 25)
    nil.certify(date(2026, 9, 1), "chief_of_police", today)
    for month, why in (
        (date(2026, 9, 1), "certified already"),
        (date(2026, 10, 1), "1 engagement"),
        (date(2026, 11, 1), "not over yet"),
    ):
        with pytest.raises(nil.NilRefused, match=why):
            nil.certify(month, "chief_of_police", today)
    with pytest.raises(nil.NilRefused, match="office"):
        nil.certify(date(2026, 8, 1), "Emily Larson", today)


def test_what_the_telephone_system_said_once_stays(db: None) -> None:
    telephone.report(DAY, 100, 160, 60, NEXT)
    assert not telephone.report(DAY, 100, 160, 60, NEXT)  # the same again: nothing
    for first, last, count in ((100, 160, 59), (90, 160, 60)):
        with pytest.raises(telephone.TelephoneRefused, match="stays as it was"):
            telephone.report(DAY, first, last, count, NEXT)
    for first, last, count in ((5, 4, 0), (1, 2, 3)):
        with pytest.raises(telephone.TelephoneRefused, match="fit together"):
            telephone.report(DAY - timedelta(days=1), first, last, count, NEXT)
    with pytest.raises(telephone.TelephoneRefused, match="not over"):
        telephone.report(NEXT, 1, 1, 1, NEXT)


def test_a_late_word_of_the_telephone_system_seals_again(db: None) -> None:
    for number in range(2):
        add(Kind.CONTACT, 30, DAY + timedelta(days=number))
    today = DAY + timedelta(days=4)
    publish(today)
    assert epochs() == [(DAY, NEXT)]
    assert not telephone.report(DAY, 100, 130, 30, today)
    publish(today)
    # One day of two: its count would tell what was merged to be hidden.
    assert all(b'"telephone":null' in line for line in published()["openings"].splitlines()
               if b"contacts" in line)  # fmt: skip
    assert telephone.report(NEXT, 131, 160, 30, today)
    publish(today)
    assert [leaf.type for leaf in leaves()].count("seal") == 2
