"""A template: where in a record the pieces stand. Lines and columns, no patterns to write."""

from dataclasses import dataclass, field


class TemplateError(ValueError):
    """A template that would not do what it says; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Columns of one line, counted from 1, both ends included."""

    line: int
    first: int
    last: int

    def of(self, lines: list[str]) -> str:
        """What stands there, without blanks around it; "" where the record ends before."""
        if self.line > len(lines):
            return ""
        return lines[self.line - 1][self.first - 1 : self.last].strip()


@dataclass(frozen=True, slots=True)
class Template:
    """See docs/telephony.md. `place` holds groups of fields: blanks within, commas between."""

    name: str
    title: str
    channel: str
    encoding: str
    start: bytes
    end: bytes
    xor: bool
    longest: int
    line_break: bytes
    width: int
    fields: dict[str, Slice]
    callback: tuple[str, ...]
    place: tuple[tuple[str, ...], ...]
    same: tuple[str, ...]
    seconds: float
    latitude: str = ""
    longitude: str = ""
    radius: str = ""
    class_of_service: str = ""
    classes: dict[str, str] = field(default_factory=dict)
    heartbeats: frozenset[str] = frozenset()

    def lines(self, record: bytes) -> list[str]:
        """The record's lines: as it breaks them, or cut at a width."""
        if self.width:
            text = record.decode(self.encoding, "replace")
            return [text[at : at + self.width] for at in range(0, len(text), self.width)]
        return [
            line.decode(self.encoding, "replace").strip("\r\n")
            for line in record.split(self.line_break)
        ]

    def values(self, record: bytes) -> dict[str, str]:
        """Field -> what stands there."""
        lines = self.lines(record)
        return {name: slice_.of(lines) for name, slice_ in self.fields.items()}
