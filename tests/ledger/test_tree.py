"""Proofs hold, and nothing that is not one is taken for one."""

import base64
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.ledger import tree
from tests.ledger.oracles import Go, b64, sigstore_accepts
from tests.ledger.oracles import go as go  # noqa: PLC0414  a fixture
from tests.ledger.trees import corruptions, defined_root, entry

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"
# Two equal "roots" of 12 bytes: the vector accepts them, we refuse what is no SHA-256.
STRICTER = {"sizes-are-equal-one-and-proof-is-empty.json"}


def _cases() -> list[Any]:
    found = sorted(VECTORS.glob("*/**/*.json"))
    if not found:
        why = pytest.mark.skip(reason=f"the vectors of transparency-dev are not in {VECTORS.name}/")
        return [pytest.param(None, marks=why)]
    return [pytest.param(path, id=str(path.relative_to(VECTORS))) for path in found]


def _accepts_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    try:
        tree.verify_inclusion(index, size, leaf, proof, root)
    except tree.ProofError:
        return False
    return True


def _accepts_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    try:
        tree.verify_consistency(old, new, proof, old_root, new_root)
    except tree.ProofError:
        return False
    return True


@pytest.mark.parametrize("path", _cases())
def test_vectors_that_nobody_here_wrote(path: Path) -> None:
    case = json.loads(path.read_text())
    proof = [base64.b64decode(step) for step in case["proof"] or []]
    if path.is_relative_to(VECTORS / "inclusion"):
        leaf, root = base64.b64decode(case["leafHash"]), base64.b64decode(case["root"])
        accepted = _accepts_inclusion(case["leafIdx"], case["treeSize"], leaf, proof, root)
    else:
        roots = base64.b64decode(case["root1"]), base64.b64decode(case["root2"])
        accepted = _accepts_consistency(case["size1"], case["size2"], proof, *roots)
    assert accepted == (not case["wantErr"] and path.name not in STRICTER)


@given(st.integers(0, 300))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert tree.root_of(entry(n) for n in range(size)) == defined_root(0, size)
    assert tree.root_at(size, defined_root) == defined_root(0, size)


@given(st.data())
def test_an_inclusion_proof_shows_its_entry_and_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    root, leaf = defined_root(0, size), tree.leaf_hash(entry(index))
    proof = tree.inclusion(index, size, defined_root)
    tree.verify_inclusion(index, size, leaf, proof, root)
    assert sigstore_accepts(index, size, entry(index), proof, root)
    other = data.draw(st.integers(-1, size + 1).filter(lambda n: n != index))
    assert not _accepts_inclusion(other, size, leaf, proof, root)
    assert not _accepts_inclusion(index, size, tree.leaf_hash(entry(size)), proof, root)
    assert not _accepts_inclusion(index, size, leaf, proof, defined_root(0, size + 1))
    for wrong in corruptions(proof):
        assert not _accepts_inclusion(index, size, leaf, wrong, root)


@given(st.data())
def test_a_consistency_proof_shows_growth_and_no_rewriting(data: st.DataObject) -> None:
    new = data.draw(st.integers(0, 300))
    old = data.draw(st.integers(0, new))
    roots = defined_root(0, old), defined_root(0, new)
    proof = tree.consistency(old, new, defined_root)
    tree.verify_consistency(old, new, proof, *roots)
    for wrong in corruptions(proof):
        assert not _accepts_consistency(old, new, wrong, *roots)
    assert not _accepts_consistency(old, new, proof, b"\x01" * 32, roots[1])
    if old:  # every tree begins with the empty one
        assert not _accepts_consistency(old, new, proof, roots[0], b"\x01" * 32)
    if old != new:
        assert not _accepts_consistency(new, old, proof, *reversed(roots))


@given(st.lists(st.integers(0, 5), max_size=12))
def test_a_frontier_is_all_that_appending_needs(heights: list[int]) -> None:
    size, frontier = 0, tree.Frontier()
    for height in heights:
        if size % (1 << height):
            with pytest.raises(ValueError, match="does not begin"):
                frontier.append_subtree(height, b"\x00" * 32)
            frontier.append(tree.leaf_hash(entry(size)))
            size += 1
        else:
            frontier.append_subtree(height, defined_root(size, size + (1 << height)))
            size += 1 << height
        frontier = tree.Frontier(frontier.size, frontier.roots)
    assert (frontier.size, frontier.root()) == (size, defined_root(0, size))


def test_what_the_tree_does_not_hold_cannot_be_proved() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 2)):
        with pytest.raises(ValueError, match="has no entry"):
            tree.inclusion(index, size, defined_root)
    with pytest.raises(ValueError, match="had no size"):
        tree.consistency(4, 3, defined_root)


def test_go_agrees_about_500_inclusion_and_500_consistency_proofs(go: Go) -> None:
    pick = random.Random(962)
    tasks, ours, whole = [], [], []
    for _ in range(500):
        size = pick.randint(1, 5000)
        index, old = pick.randrange(size), pick.randint(1, size)
        leaf, root, old_root = (
            tree.leaf_hash(entry(index)), defined_root(0, size), defined_root(0, old),
        )  # fmt: skip
        proof = tree.inclusion(index, size, defined_root)
        for number, one in enumerate([proof, *corruptions(proof)]):
            tasks.append({"Kind": "inclusion", "Old": index, "New": size, "OldHash": b64(leaf),
                          "Root": b64(root), "Proof": [b64(step) for step in one]})  # fmt: skip
            ours.append(_accepts_inclusion(index, size, leaf, one, root))
            whole.append(number == 0)
        proof = tree.consistency(old, size, defined_root)
        for number, one in enumerate([proof, *corruptions(proof)]):
            tasks.append({"Kind": "consistency", "Old": old, "New": size, "OldHash": b64(old_root),
                          "Root": b64(root), "Proof": [b64(step) for step in one]})  # fmt: skip
            ours.append(_accepts_consistency(old, size, one, old_root, root))
            whole.append(number == 0)
    assert whole.count(True) == 1000
    assert whole.count(False) > 5000
    assert ours == whole
    assert go.verdicts(tasks) == whole
