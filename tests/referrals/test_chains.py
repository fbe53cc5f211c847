"""Chains of any shape: none goes round, every one ends at somebody. Checked another way."""

import itertools
from graphlib import CycleError, TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.referrals import chains

Graph = dict[int, list[int]]

SIZE = 9
KEYS = st.integers(0, SIZE)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph; some targets are not in it, as services that are not active."""
    keys = draw(st.sets(KEYS, max_size=SIZE))
    return {key: draw(st.lists(KEYS, max_size=4, unique=True)) for key in sorted(keys)}


@st.composite
def round_free(draw: st.DrawFn) -> Graph:
    """A graph whose edges all go to a higher number."""
    return {
        key: draw(st.lists(st.integers(key + 1, SIZE + 1), max_size=4, unique=True))
        for key in range(SIZE)
    }


def _goes_round(graph: Graph) -> bool:
    try:
        TopologicalSorter({k: [t for t in v if t in graph] for k, v in graph.items()}).prepare()
    except CycleError:
        return True
    return False


@given(graphs())
def test_a_circle_is_found_where_there_is_one_and_only_there(graph: Graph) -> None:
    found = chains.circle(graph)
    assert bool(found) == _goes_round(graph)
    if found:
        assert found[0] == found[-1]
        assert all(b in graph[a] and b in graph for a, b in itertools.pairwise(found))


def _all_chains(graph: Graph, start: int) -> list[list[int]]:
    further = [target for target in graph[start] if target in graph]
    if not further:
        return [[start]]
    return [[start, *rest] for target in further for rest in _all_chains(graph, target)]


@given(round_free(), st.sets(KEYS))
def test_every_chain_ends_at_someone_or_a_loose_end_is_found(graph: Graph, ends: set[int]) -> None:
    last = {one[-1] for start in graph for one in _all_chains(graph, start)}
    found = chains.loose_end(graph, ends)
    assert bool(found) == bool(last - ends)
    if found:
        assert found[-1] in last - ends


@given(round_free())
def test_the_longest_chain_is_as_long_as_the_longest_of_all(graph: Graph) -> None:
    every = [one for start in graph for one in _all_chains(graph, start)]
    found = chains.longest(graph)
    assert found in every
    assert len(found) == max(map(len, every))


@given(round_free(), st.integers(0, SIZE - 1))
def test_a_drawn_chain_names_everyone_on_it(graph: Graph, start: int) -> None:
    text = chains.drawn(graph, start, lambda key: f"<{key}>")
    on_it = {key for one in _all_chains(graph, start) for key in one}
    assert {key for key in graph if f"<{key}>" in text} == on_it
    assert chains.first_chain(graph, start) in _all_chains(graph, start)


def test_a_very_long_chain_is_no_trouble() -> None:
    graph = {key: [key + 1] for key in range(50_000)}
    assert chains.circle(graph) == []
    assert len(chains.longest(graph)) == len(graph)
    assert chains.circle({**graph, 50_000: [0]})[-1] == 0


def test_drawn_for_people() -> None:
    graph = {"office": ["lawyers", "211"], "lawyers": ["211"], "211": []}
    assert chains.drawn(graph, "office", str.upper).splitlines() == [
        "OFFICE",
        "└─ LAWYERS",
        "   └─ 211",
        "└─ 211",
    ]


@pytest.mark.parametrize("empty", [chains.circle, chains.longest])
def test_an_empty_directory_has_no_chain(empty: object) -> None:
    assert empty({}) == []  # type: ignore[operator]
