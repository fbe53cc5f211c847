"""Signed notes: what Go signs we read, what we sign Go reads, and nothing edited passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.ledger import note
from safecall.ledger.note import COSIGNATURE, Checkpoint, Note, NoteError, Signer, Verifier
from tests.ledger.oracles import Go
from tests.ledger.oracles import go as go  # noqa: PLC0414  a fixture

# The example in the documentation of golang.org/x/mod/sumdb/note.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""  # noqa: E501
ORIGIN = "police.example/ledger"
POINT = Checkpoint(ORIGIN, 12, bytes(range(32)))


def test_gos_own_example_is_read_and_signed_alike() -> None:
    signer, verifier = Signer.parse(GO_PRIVATE), Verifier.parse(GO_PUBLIC)
    assert signer.verifier == verifier
    assert (signer.secret(), str(verifier)) == (GO_PRIVATE, GO_PUBLIC)
    read = Note.parse(GO_NOTE)
    assert str(read) == GO_NOTE
    assert [key for key, _ in read.signed_by([verifier])] == [verifier]
    assert signer.line(read.text) == read.signatures[0].line


def test_go_opens_what_we_sign_and_nothing_that_was_edited(go: Go) -> None:
    tasks, right = [], []
    for size in range(40):
        signer = Signer.new(ORIGIN)
        signed = str(Checkpoint(ORIGIN, size, bytes([size] * 32)).sign([signer]))
        key = str(signer.verifier)
        for text in (signed, signed.replace(f"\n{size}\n", f"\n{size + 1}\n")):
            tasks.append({"Kind": "note", "Note": text, "Verifier": key})
            right.append(text == signed)
    assert go.verdicts(tasks) == right


def test_a_checkpoint_needs_its_own_logs_key() -> None:
    signer, other = Signer.new(ORIGIN), Signer.new("elsewhere.example/ledger")
    signed = str(POINT.sign([signer]))
    assert note.open_checkpoint(signed, [signer.verifier])[0] == POINT
    for keys in ([], [Signer.new(ORIGIN).verifier], [other.verifier]):
        with pytest.raises(NoteError, match="not signed by the key"):
            note.open_checkpoint(signed, keys)
    with pytest.raises(NoteError, match="names another log"):
        note.open_checkpoint(str(POINT.sign([other])), [other.verifier])


@given(st.data())
def test_an_edited_checkpoint_is_refused(data: st.DataObject) -> None:
    signer = Signer.new(ORIGIN)
    signed = str(POINT.sign([signer]))
    at = data.draw(st.integers(0, len(signed) - 1))
    char = data.draw(st.characters(codec="utf-8").filter(lambda c: c != signed[at]))
    with pytest.raises(NoteError):
        note.open_checkpoint(signed[:at] + char + signed[at + 1 :], [signer.verifier])


def test_a_cosignature_says_when_and_stands_beside_the_logs_signature() -> None:
    log, witness = Signer.new(ORIGIN), Signer.new("board.example/witness", COSIGNATURE)
    signed = POINT.sign([log])
    both = signed.with_line(witness.line(POINT.text, 1_790_000_000))
    point, read = note.open_checkpoint(str(both), [log.verifier])
    assert point == POINT
    [(key, signature)] = read.signed_by([Verifier.parse(str(witness.verifier))])
    assert key.kind == COSIGNATURE
    assert note.cosigned_at(signature.data) == 1_790_000_000
    later = (1_790_000_001).to_bytes(8, "big") + signature.data[8:]
    assert not key.accepts(POINT.text, later)
    assert not key.accepts(POINT.text, signature.data[8:])
    again = both.with_line(witness.line(POINT.text, 1_790_000_009))
    assert len(again.signatures) == 2


def test_a_signature_that_claims_to_be_a_known_key_must_be_right() -> None:
    log = Signer.new(ORIGIN)
    false = Checkpoint(ORIGIN, 13, POINT.root).sign([log]).signatures[0]
    with pytest.raises(NoteError, match="is false"):
        note.open_checkpoint(f"{POINT.text}\n{false.line}", [log.verifier])


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "a\n0\n", f"{ORIGIN}\n012\n{'A' * 43}=\n", f"{ORIGIN}\n-1\n{'A' * 43}=\n",
     f"{ORIGIN}\n1\nAAAA\n", f"{ORIGIN}\n1\n{'A' * 43}=", f"{ORIGIN}\n1\n{'A' * 42}B=\n",
     f"\n1\n{'A' * 43}=\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "x", "x+y+z", GO_PUBLIC[:-4], GO_PUBLIC.replace("Peter", "Petra"),
     GO_PUBLIC.replace("+c74", " +c74"), GO_PRIVATE],
)  # fmt: skip
def test_what_is_no_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(NoteError) as refused:
        Verifier.parse(text)
    assert not text or text not in str(refused.value)


def test_a_private_key_is_never_shown() -> None:
    signer = Signer.parse(GO_PRIVATE)
    assert "AYEK" not in repr(signer)
    assert signer.seed.hex() not in repr(signer)
    with pytest.raises(NoteError) as refused:
        Signer.parse(GO_PRIVATE.replace("c74f", "c74e"))
    assert "AYEK" not in str(refused.value)
