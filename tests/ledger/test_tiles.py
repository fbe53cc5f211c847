"""Tiles and bundles lie where C2SP tlog-tiles says, and give the same tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.ledger import tiles, tree
from safecall.ledger.edge import Edge
from safecall.ledger.tiles import ENTRIES, Tile, TileError
from tests.ledger.trees import defined_root, entry


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067, 8), "tile/0/x001/x234/067.p/8"),
        (Tile(1, 5), "tile/1/005"),
        (Tile(ENTRIES, 999), "tile/entries/999"),
        (Tile(ENTRIES, 1000, 1), "tile/entries/x001/000.p/1"),
        (Tile(63, 0), "tile/63/000"),
    ],
)
def test_paths_are_those_of_the_standard(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    ["", "tile/0/0", "tile/64/000", "tile/00/000", "tile/0/000.p/0", "tile/0/000.p/256",
     "tile/0/x000/001", "tile/0/x1/000", "tile/0/000/", "tile/0/../000", "tile/-1/000",
     "tile/entries/000.p/007", "/tile/0/000", "tile/0/000\n", "tile/0/٠٠٠"],
)  # fmt: skip
def test_any_other_path_is_none(path: str) -> None:
    with pytest.raises(TileError):
        Tile.parse(path)


@given(st.integers(-1, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_leads_back_to_its_tile(level: int, n: int, width: int) -> None:
    assert Tile.parse(Tile(level, n, width).path) == Tile(level, n, width)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=6))
def test_an_edge_grows_as_the_definition_does(parts: list[int]) -> None:
    kept: dict[tuple[int, int], bytes] = {}

    def read(tile: Tile) -> bytes:
        return kept[tile.level, tile.n]

    size = 0
    for part in parts:
        edge = Edge(size, read)
        for level, n, data in edge.append(entry(number) for number in range(size, size + part)):
            kept[level, n] = data
        size += part
        assert (edge.size, edge.root()) == (size, defined_root(0, size))
    wanted = {(one.level, one.n): one.width for one in tiles.tiles_of(size) if one.level >= 0}
    assert {place: len(data) // 32 for place, data in kept.items()} == wanted
    subtree = tiles.subtree_from(size, read)
    for old in {0, 1, size // 3, size}:
        if old <= size:
            assert tree.root_at(old, subtree) == defined_root(0, old)
            proof = tree.consistency(old, size, subtree)
            tree.verify_consistency(old, size, proof, defined_root(0, old), defined_root(0, size))


def test_an_edge_of_a_tree_needs_its_tiles() -> None:
    with pytest.raises(ValueError, match="needs its tiles"):
        Edge(3)
    with pytest.raises(TileError):
        Edge(3, lambda _: b"\x00" * 64)


@given(st.lists(st.binary(max_size=300), max_size=256), st.data())
def test_a_bundle_gives_back_its_entries(entries: list[bytes], data: st.DataObject) -> None:
    made = tiles.bundle(entries)
    assert tiles.unbundle(made) == entries
    width = data.draw(st.integers(0, len(entries)))
    assert tiles.unbundle(tiles.cut_bundle(made, width)) == entries[:width]
    if made:
        with pytest.raises(TileError):
            tiles.unbundle(made[:-1])
    with pytest.raises(TileError):
        tiles.cut_bundle(made, len(entries) + 1)


def test_an_entry_that_is_too_long_is_refused() -> None:
    with pytest.raises(TileError, match="65,535"):
        tiles.bundle([b"a" * 65_536])
