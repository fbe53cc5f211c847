"""One SIP feed: each message is read, repeats are left out, and the rest goes to the records."""

from collections.abc import Callable
from datetime import UTC, datetime

from safecall.feeds.sip import hep
from safecall.feeds.sip.reading import Read, read
from safecall.feeds.wire.calls import Call, HungUp, News
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.limits import Bucket, Seen


class SipFeed:
    """`put` takes what is to be recorded and returns False where there is no room for it."""

    def __init__(
        self,
        put: Callable[[News], bool],
        counts: Counts,
        channel: str = "911",
        calls_a_second: float = 200.0,
    ) -> None:
        self._put, self._counts, self._channel = put, counts, channel
        self._bucket = Bucket(calls_a_second)
        self._calls: Seen[str] = Seen()
        self._ended: Seen[str] = Seen()

    def handle(self, data: bytes) -> None:
        """Read one message. Raises `Malformed`."""
        self._counts.add("messages")
        told = read(hep.unwrapped(data), datetime.now(UTC), self._channel)
        for defect in told.defects:
            self._counts.add(f"imperfect: {defect}")
        if isinstance(told.news, Call):
            self._call(told.news, told)
        elif isinstance(told.news, HungUp):
            self._hung_up(told.news, told)
        else:
            self._counts.add(told.what)

    def _call(self, call: Call, told: Read) -> None:
        if self._calls.get(call.key) is not None:
            self._counts.add("repeated")
            return
        if not self._bucket.take():
            self._counts.add("not opened: over the limit of calls a second")
            return
        if self._put(call):
            self._calls.keep(call.key, told.same)
        else:
            self._counts.add("not opened: too many calls wait")

    def _hung_up(self, news: HungUp, told: Read) -> None:
        """A CANCEL of another branch ends the ringing of one telephone of several, not the call."""
        branch = self._calls.get(news.key)
        if branch is not None and branch != told.same:
            self._counts.add("another telephone stopped ringing")
        elif self._ended.get(news.key) is None and self._put(news):
            self._ended.keep(news.key, told.same)
