"""One ALI feed: repeats are left out, a new place of a known call is news, the rest is a call."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from safecall.feeds.ali.reading import read
from safecall.feeds.ali.template import Template
from safecall.feeds.wire.calls import NOWHERE, Call, Earlier, Moved, News, Position
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.limits import Bucket, Seen


@dataclass(frozen=True, slots=True)
class _Known:
    """A call that was heard of: the keys that its contact has, and where it was last."""

    key: str
    earlier: Earlier | None
    since: datetime
    position: Position


class AliFeed:
    """`put` takes what is to be recorded and returns False where there is no room for it."""

    def __init__(
        self,
        put: Callable[[News], bool],
        counts: Counts,
        template: Template,
        calls_a_second: float = 200.0,
    ) -> None:
        self._put, self._counts, self._template = put, counts, template
        self._bucket = Bucket(calls_a_second)
        self._known: Seen[_Known] = Seen()

    def handle(self, data: bytes) -> None:
        """Read one record. Raises `Malformed`."""
        self._counts.add("records")
        told = read(data, datetime.now(UTC), self._template)
        if told.call is None:
            self._counts.add(told.what)
        else:
            self._call(told.call, told.same)

    def _call(self, call: Call, same: str) -> None:
        known = self._known.get(same)
        if known and (call.received_at - known.since).total_seconds() > self._template.seconds:
            known = None
        if known and call.position in (known.position, NOWHERE):
            self._counts.add("repeated")
            return
        if not self._bucket.take():
            self._counts.add("not opened: over the limit of calls a second")
            return
        if known is None:
            known = _Known(call.key, call.earlier, call.received_at, call.position)
            news: News = call
        else:
            known = replace(known, position=call.position)
            news = Moved(known.key, known.position, known.earlier)
        if self._put(news):
            self._known.keep(same, known)
        else:
            self._counts.add("not opened: too many calls wait")
