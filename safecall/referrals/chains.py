"""Onward chains: "if they can't help you, they will refer you to someone who can". Pure.

A graph is a mapping from each active service to those it refers on to, in order. It holds when no
chain goes round and every chain ends at a service that takes everyone.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Graph = Mapping[Key, Sequence[Key]]


def circle(graph: Graph[Key]) -> list[Key]:
    """A chain that comes back to where it began (first and last are the same); [] if none does."""
    done: set[Key] = set()
    for start in graph:
        if start in done:
            continue
        path: list[Key] = [start]
        on_path = {start}
        waiting: list[Iterator[Key]] = [iter(graph[start])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                done.add(path[-1])
                on_path.discard(path.pop())
            elif following in on_path:
                return [*path[path.index(following) :], following]
            elif following in graph and following not in done:
                path.append(following)
                on_path.add(following)
                waiting.append(iter(graph[following]))
    return []


def loose_end(graph: Graph[Key], takes_everyone: Collection[Key]) -> list[Key]:
    """A chain whose last service neither takes everyone nor refers on; [] if there is none.

    The shortest chain of the first such service, so that the message stays readable. Services
    that are not in the graph do not count: nobody is there.
    """
    for start in graph:
        if not any(target in graph for target in graph[start]) and start not in takes_everyone:
            return [start]
    return []


def longest(graph: Graph[Key]) -> list[Key]:
    """The longest chain of all, [] of an empty graph. The graph has no circle."""
    best: dict[Key, Key | None] = {}
    length: dict[Key, int] = {}
    for start in graph:
        waiting = [start]
        while waiting:
            key = waiting[-1]
            further = [target for target in graph[key] if target in graph]
            if unknown := [target for target in further if target not in length]:
                waiting += unknown
                continue
            waiting.pop()
            best[key] = max(further, key=length.__getitem__, default=None)
            following = best[key]
            length[key] = 1 + (length[following] if following is not None else 0)
    at = max(length, key=length.__getitem__, default=None)
    found: list[Key] = []
    while at is not None:
        found.append(at)
        at = best[at]
    return found


def first_chain(graph: Graph[Key], start: Key) -> list[Key]:
    """The chain that follows each service's first choice. The graph has no circle."""
    found = [start]
    while following := [target for target in graph.get(found[-1], ()) if target in graph]:
        found.append(following[0])
    return found


def drawn(graph: Graph[Key], start: Key, name: Callable[[Key], str]) -> str:
    """All chains from here as text, one service a line, indented by how far on it is.

    What stands there already is named again, and not drawn again.
    """
    lines: list[str] = []
    seen: set[Key] = set()
    waiting: list[tuple[Key, int]] = [(start, 0)]
    while waiting:
        key, depth = waiting.pop()
        again = key in seen and any(target in graph for target in graph.get(key, ()))
        indent = f"{'   ' * (depth - 1)}└─ " if depth else ""
        lines.append(f"{indent}{name(key)}{' (see above)' if again else ''}")
        if key not in seen:
            further = [target for target in graph.get(key, ()) if target in graph]
            waiting += [(target, depth + 1) for target in reversed(further)]
        seen.add(key)
    return "\n".join(lines)
