"""Records out of a stream: what stands between a start and an end, as the template says.

What stands outside (acknowledgements, line noise) is passed over. A record that never ends is
handed on without its end, so that it is counted as malformed, and reading goes on with the next.
"""

from safecall.feeds.ali.template import Template


class AliFrames:
    """Each record comes with its start, end and check, for `reading` to judge."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._kept = bytearray()

    @property
    def partial(self) -> bool:
        """Whether a record has begun and is not whole yet."""
        return bool(self._kept)

    def feed(self, data: bytes) -> list[bytes]:
        """The records that are whole now, and those that never will be."""
        self._kept += data
        records = []
        while (record := self._next()) is not None:
            records.append(record)
        return records

    def _next(self) -> bytes | None:
        start, end = self._template.start, self._template.end
        self._drop_what_is_outside()
        at = self._kept.find(end, len(start))
        again = self._kept.find(start, len(start)) if start else -1
        if again >= 0 and not 0 <= at < again:
            return self._cut(again)  # another one begins before this one has ended
        if at >= 0:
            size = at + len(end) + self._template.xor
            return self._cut(size) if size <= len(self._kept) else None
        if len(self._kept) > self._template.longest:
            return self._cut(len(self._kept))
        return None

    def _drop_what_is_outside(self) -> None:
        start = self._template.start
        if not start:
            blank = len(self._kept) - len(self._kept.lstrip(b"\r\n\x00 "))
            del self._kept[:blank]
            return
        at = self._kept.find(start)
        # The last bytes may be the beginning of a start.
        del self._kept[: at if at >= 0 else max(len(self._kept) - len(start) + 1, 0)]

    def _cut(self, size: int) -> bytes:
        record = bytes(self._kept[:size])
        del self._kept[:size]
        return record
