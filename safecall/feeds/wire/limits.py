"""Limits on what the wire may bring: how often, and which calls were seen already."""

import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, Generic, TypeVar

_REMEMBERED: Final = 50_000
Value = TypeVar("Value")


class Bucket:
    """At most `rate` takes a second on average, with bursts of twice as many."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left, self._at = rate * 2, clock()

    def take(self) -> bool:
        """Whether one more is within the limit."""
        now = self._clock()
        self._left = min(self._rate * 2, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Seen(Generic[Value]):
    """What was seen lately, by digest, each with a value; the oldest are forgotten.

    It spares the database the repeats. What it has forgotten, the database still knows.
    """

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._kept: OrderedDict[bytes, Value] = OrderedDict()

    def get(self, key: str) -> Value | None:
        """The value that was kept with this key."""
        return self._kept.get(_digest(key))

    def keep(self, key: str, value: Value) -> None:
        """Remember the key."""
        self._kept[_digest(key)] = value
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self, key: str) -> None:
        """The key counts as not seen."""
        self._kept.pop(_digest(key), None)


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()
