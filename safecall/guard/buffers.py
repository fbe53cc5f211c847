"""Plain data that is read when it is needed: made in this process, or in a kept file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

#: Made here, or a view of a kept file.
Buffer = bytes | memoryview


class Pieces(Sequence[Buffer]):
    """Pieces of a buffer, none of which is made before it is asked for."""

    def __init__(self, every: memoryview, borders: array[int]) -> None:
        """``borders``: where each begins in ``every``, and where the last ends."""
        self._every, self._borders = every, borders

    def __len__(self) -> int:
        return len(self._borders) - 1

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, at: int) -> Buffer: ...
    @overload
    def __getitem__(self, at: slice) -> list[Buffer]: ...
    def __getitem__(self, at: int | slice) -> Buffer | list[Buffer]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        return self._every[self._borders[at] : self._borders[at + 1]]


def owned(value: object) -> object:
    """The value without views of a file that only this process has open."""
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, Pieces):
        return list(map(bytes, value))
    if isinstance(value, list | tuple):
        return type(value)(map(owned, value))
    return value
