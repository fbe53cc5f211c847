"""A witness signs what only grew, and keeps the evidence of what did not."""

from pathlib import Path

import pytest

from safecall.ledger import note
from safecall.ledger.leaf import Counter
from safecall.ledger.note import COSIGNATURE, Checkpoint, Note, Signer
from safecall.ledger.witness import NotSeen, Rewritten, Witnessed, last, witness
from tests.ledger.publishing import KEY, Files, reading
from tests.ledger.test_verify import built

BOARD = Signer.new("board.example/witness", COSIGNATURE)
NOW = 1_790_000_000


def ledger(size: int, first: str = "A", signer: Signer = KEY) -> Files:
    """A ledger of `size` entries; another `first` makes its first entry another one."""
    counter = Counter()
    k = [first * 43 + "="] + [f"{number:043d}=" for number in range(1, size)]
    entries = [counter.next("contact", "2026-11-02", one) for one in k[:size]]
    return built(entries, b"", signer)


def look(these: Files, state: Path, at: int = NOW) -> Witnessed:
    return witness(reading(these), [KEY.verifier], BOARD, state, at)


def test_it_cosigns_what_it_sees_and_what_grew_from_it(tmp_path: Path) -> None:
    seen = [look(ledger(size), tmp_path) for size in (0, 1, 300, 300, 70_000)]
    assert [one.before for one in seen] == [None, 0, 1, 300, 300]
    read = Note.parse(seen[-1].note)
    [(_, signature)] = read.signed_by([BOARD.verifier])
    assert note.cosigned_at(signature.data) == NOW
    assert read.signed_by([KEY.verifier])
    assert sorted(path.name for path in (tmp_path / "seen").iterdir()) == [
        f"{size:012d}" for size in (0, 1, 300, 70_000)
    ]
    before = last(tmp_path)
    assert before
    assert before.size == 70_000
    assert not (tmp_path / "refused").exists()


@pytest.mark.parametrize("size", [299, 300, 301, 600])
def test_it_refuses_another_history_and_keeps_the_evidence(tmp_path: Path, size: int) -> None:
    look(ledger(300), tmp_path)
    before = (tmp_path / "checkpoint").read_text()
    other = ledger(size, first="B")
    with pytest.raises(Rewritten, match="was rewritten"):
        look(other, tmp_path)
    assert (tmp_path / "checkpoint").read_text() == before  # nothing is cosigned
    [evidence] = (tmp_path / "refused").iterdir()
    for text in (before, evidence.read_text()):  # both by the ledger's own key
        assert note.open_checkpoint(text, [KEY.verifier])
    look(ledger(301), tmp_path)  # the true ledger goes on


def test_a_ledger_that_shrank_was_rewritten(tmp_path: Path) -> None:
    look(ledger(300), tmp_path)
    with pytest.raises(Rewritten, match="300 entries were seen, now it has 299"):
        look(ledger(299), tmp_path)


def test_files_that_do_not_fit_are_no_evidence(tmp_path: Path) -> None:
    look(ledger(300), tmp_path)
    name = "tile/1/000.p/2"
    mixed = {**ledger(600), name: ledger(600, first="B")[name]}
    with pytest.raises(NotSeen, match="Try again"):
        look(mixed, tmp_path)
    cut = {**ledger(600), name: b"\x00" * 31}
    with pytest.raises(NotSeen, match="cannot be read"):
        look(cut, tmp_path)
    assert not (tmp_path / "refused").exists()
    with pytest.raises(NotSeen, match="Try again"):
        look(mixed, tmp_path / "new")


def test_it_signs_for_the_key_that_it_was_given_alone(tmp_path: Path) -> None:
    with pytest.raises(NotSeen, match="cannot be trusted"):
        look(ledger(5, signer=Signer.new(KEY.name)), tmp_path)
    look(ledger(5), tmp_path)
    other = Signer.new("other.example/ledger")
    with pytest.raises(NotSeen, match="belongs to"):
        witness(reading(ledger(6, signer=other)), [other.verifier], BOARD, tmp_path, NOW)


def test_a_broken_state_is_not_the_first_time(tmp_path: Path) -> None:
    look(ledger(5), tmp_path)
    (tmp_path / "checkpoint").write_text("")
    with pytest.raises(NotSeen, match="Bring it back from a copy"):
        look(ledger(5, first="B"), tmp_path)


def test_the_root_alone_decides(tmp_path: Path) -> None:
    """A checkpoint with another root than its own tiles, signed, is not cosigned."""
    these = ledger(300)
    wrong = Checkpoint(KEY.name, 300, bytes(32)).sign([KEY])
    with pytest.raises(NotSeen):
        look({**these, "checkpoint": str(wrong).encode()}, tmp_path)
