"""Reading a call log for the simulation."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from safecall.feeds.files import Export
    from safecall.feeds.mapping import Mapping
    from safecall.interpreting.simulation.demand import LoggedCall

CALLS_HELP: Final = (
    "A call log: CSV or parquet with the column time, if known also language and priority (1 to 5);"
    " or any export for which there is a --mapping."
)
# Nobody called in, or what was said was written.
_NOT_SPOKEN: Final = {"officer", "web", "text"}

_PRIORITIES: Final[dict[str, int | None]] = {"": None, **{str(n): n for n in range(1, 6)}}


def read_calls(path: Path, mapping: str, zone: str) -> "tuple[list[LoggedCall], ZoneInfo]":
    """The calls of a log, and the zone of its times.

    Raises FileUnreadable, MappingError, or ValueError naming the first row that is wrong.
    """
    from rich.console import Console
    from rich.progress import track

    from safecall.feeds import files, mapping_file

    export = files.read(path)
    if mapping:
        found = mapping_file.load(mapping)
        found.check_columns(export.columns)
        rows, in_zone = _mapped(found, export), found.zone
    else:
        if "time" not in export.columns:
            raise ValueError(
                f"{path} has no column time. Name it so, or say with --mapping how to read it."
            )
        in_zone = _zone(zone)
        rows = _plain(export, in_zone)
    shown = track(
        rows, "Reading the log", len(export), console=Console(stderr=True), transient=True
    )
    return [call for call in shown if call is not None], in_zone


def _mapped(mapping: "Mapping", export: "Export") -> "Iterator[LoggedCall | None]":
    from safecall.feeds.times import UnreadableTime
    from safecall.interpreting.simulation.demand import LoggedCall

    when = mapping.times["received_at"]
    for _, row in export.rows():
        try:
            at = when.read(row, mapping.zone)
        except UnreadableTime:
            at = None
        spoken = mapping.channel.code(row)[0] not in _NOT_SPOKEN
        yield LoggedCall(at) if at and spoken else None


def _plain(export: "Export", zone: ZoneInfo) -> "Iterator[LoggedCall | None]":
    from safecall.interpreting.simulation.demand import LoggedCall
    from safecall.interpreting.staffing.history import tag_of

    for number, row in export.rows():
        try:
            at = datetime.fromisoformat(row["time"].strip())
            priority = _PRIORITIES[row.get("priority", "").strip()]
            tag = tag_of(row.get("language", ""))
        except (ValueError, KeyError):
            raise ValueError(
                f"Row {number} (1 is the first below the header): time is written as 2026-03-01 "
                "07:40, language as es or Spanish, priority as 1 to 5."
            ) from None
        aware = at if at.tzinfo else at.replace(tzinfo=zone)
        yield LoggedCall(aware, tag, priority)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        raise ValueError(f"There is no time zone {name!r}. Write it as America/Chicago.") from None
