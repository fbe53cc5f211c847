"""A caller's proof says one thing, and nothing edited says anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.ledger import proof, tree
from safecall.ledger.leaf import Counter, Opening, commit
from safecall.ledger.note import Checkpoint, Signer, unb64
from safecall.ledger.proof import Proof, ProofError
from tests.ledger.oracles import b64
from tests.ledger.publishing import KEY

RECORD = {"act": "open", "at": "2026-10-17T11:00:00+00:00"}
SALT = bytes(range(32))


def made(size: int = 13, index: int = 5, record: object = RECORD) -> str:
    counter = Counter()
    ks = [b64(bytes([number]) * 32) for number in range(size)]
    ks[index] = b64(commit(SALT, RECORD))
    entries = [counter.next("contact", "2026-10-18", k) for k in ks]

    def subtree(lo: int, hi: int) -> bytes:
        return tree.root_of(entries[lo:hi])

    note = Checkpoint(KEY.name, size, tree.root_of(entries)).sign([KEY])
    hashes = tuple(tree.inclusion(index, size, subtree))
    extra = proof.extra_of(entries[index], Opening(index, SALT, record))
    return str(Proof(index, hashes, str(note), extra))


@given(st.integers(1, 40), st.data())
def test_a_proof_shows_its_entry(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    shown = proof.verify(made(size, index), [KEY.verifier])
    assert (shown.index, shown.record, shown.leaf.n) == (index, RECORD, index + 1)
    assert str(Proof.parse(made(size, index))) == made(size, index)


@given(st.data())
def test_an_edited_proof_is_refused(data: st.DataObject) -> None:
    text = made()
    at = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.characters(min_codepoint=32, max_codepoint=126))
    edited = text[:at] + char + text[at + 1 :]
    if edited != text:
        with pytest.raises(ProofError):
            proof.verify(edited, [KEY.verifier])


def test_a_proof_with_other_parts_is_refused() -> None:
    read = Proof.parse(made())
    for part in (b"record", b"r"):
        extra = read.extra.replace(b'"%s":' % part, b'"other":')
        with pytest.raises(ProofError, match="what it opens"):
            proof.verify(
                str(Proof(read.index, read.hashes, read.checkpoint, extra)), [KEY.verifier]
            )


def test_another_record_or_another_key_is_refused() -> None:
    with pytest.raises(ProofError, match="not the one that the entry stands for"):
        proof.verify(made(record={**RECORD, "at": "2026-10-18T11:00:00+00:00"}), [KEY.verifier])
    with pytest.raises(ProofError, match="not signed by the key"):
        proof.verify(made(), [Signer.new(KEY.name).verifier])


def test_a_proof_without_an_opening_shows_the_entry_alone() -> None:
    read = Proof.parse(made())
    bare = Proof(read.index, read.hashes, read.checkpoint, b"")
    with pytest.raises(ProofError, match="which entry it is about"):
        proof.verify(str(bare), [KEY.verifier])
    entry = proof.verify(made(), [KEY.verifier]).entry
    closed = Proof(read.index, read.hashes, read.checkpoint, proof.extra_of(entry, None))
    assert proof.verify(str(closed), [KEY.verifier]).record is None


@pytest.mark.parametrize(
    "text",
    ["", "c2sp.org/tlog-proof@v2\nindex 0\n\nx", "c2sp.org/tlog-proof@v1\n\nx",
     "c2sp.org/tlog-proof@v1\nindex 01\n\nx", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx",
     "c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nx"],
)  # fmt: skip
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        Proof.parse(text)


def test_base64_has_one_spelling() -> None:
    assert unb64("AA==") == b"\x00"
    for wrong in ("AB==", "AA", "AA=", "A A=", "AA==\n"):
        with pytest.raises(ValueError, match="base64"):
            unb64(wrong)
