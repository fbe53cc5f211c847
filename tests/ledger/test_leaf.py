"""An entry's one spelling, and a commitment that opens with its record alone."""

import base64
import json
from collections import Counter as Counted

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from safecall.ledger.leaf import (
    PUBLIC_TYPES,
    Counter,
    Leaf,
    LeafError,
    Opening,
    canonical,
    commit,
)

KINDS = sorted(PUBLIC_TYPES | {"contact_act"})
K = base64.b64encode(bytes(32)).decode()


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.binary(min_size=32, max_size=32))))
def test_every_entry_is_canonical_json_with_gapless_numbers_and_totals(
    rows: list[tuple[str, bytes]],
) -> None:
    counter, counted = Counter(), Counted[str]()
    for kind, commitment in rows:
        counted[kind] += 1
        k = base64.b64encode(commitment).decode()
        entry = counter.next(kind, "2026-11-28", k)
        said = {
            "v": 1, "t": kind, "n": counted[kind], "d": "2026-11-28", "k": k, "c": dict(counted),
        }  # fmt: skip
        assert entry == rfc8785.dumps(said)
        leaf = Leaf.parse(entry)
        assert (leaf.type, leaf.n, leaf.day) == (kind, counted[kind], "2026-11-28")
        assert leaf.counts() == dict(counted)
        counter = Counter(json.loads(entry)["c"])  # goes on from what was kept


_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.none(),
    st.dictionaries(st.text("ab", min_size=1), st.integers(0, 9), max_size=3),
)


@given(st.dictionaries(st.text("ab\u00e9\u00fc\ufb00\U0001f600", max_size=3), _VALUES, max_size=5))
def test_every_record_is_written_as_the_library_writes_it(record: dict[str, object]) -> None:
    assert canonical(record) == rfc8785.dumps(record)  # type: ignore[arg-type]


def test_numbers_beyond_what_json_holds_are_refused() -> None:
    with pytest.raises(rfc8785.IntegerDomainError):
        canonical({"a": 2**53})


@pytest.mark.parametrize(
    "change",
    [("{", " {"), ('"v":1', '"v":2'), ('"n":1', '"n":01'), ('"n":1', '"n":1.0'),
     ('"t":"contact"', '"t":"Contact"'), ('"d":"2026-11-28"', '"d":"yesterday"'),
     ('"k":"A', '"k":"'), ("}", ',"x":1}'), ("contact", "c\u00f6ntact")],
)  # fmt: skip
def test_what_is_spelt_otherwise_is_no_entry(change: tuple[str, str]) -> None:
    entry = Counter().next("contact", "2026-11-28", K).decode()
    assert Leaf.parse(entry.encode())
    with pytest.raises(LeafError):
        Leaf.parse(entry.replace(*change).encode())


def test_totals_that_stand_twice_are_refused() -> None:
    entry = Counter().next("contact", "2026-11-28", K).decode()
    twice = entry.replace('"contact":1', '"contact":1,"contact":1')
    with pytest.raises(LeafError):
        Leaf.parse(twice.encode()).counts()


@given(st.binary(min_size=32, max_size=32), st.dictionaries(st.text(), st.integers(0, 9)))
def test_an_opening_opens_its_own_commitment_alone(salt: bytes, record: dict[str, int]) -> None:
    k = base64.b64encode(commit(salt, record)).decode()
    opening = Opening.parse(Opening(7, salt, record).line())
    assert opening == Opening(7, salt, record)
    assert opening.opens(k)
    assert not Opening(7, bytes(b ^ 1 for b in salt), record).opens(k)
    assert not Opening(7, salt, {**record, "more": 1}).opens(k)
    assert not Opening(7, salt[:-1], record).opens(k)


@pytest.mark.parametrize("line", [b"", b"[]", b'{"i":1}', b'{"i":1,"r":"?","record":{}}'])
def test_an_opening_that_cannot_be_read_says_so(line: bytes) -> None:
    with pytest.raises(LeafError, match="cannot be read"):
        Opening.parse(line)
