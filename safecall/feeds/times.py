"""Reading the many ways in which exports write a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCHS = {"epoch_s": 1, "epoch_ms": 1000, "epoch_ms_local": 1000}
# A clock time without a date that lies this far before the call began belongs to the next day.
_MIDNIGHT_PASSED = timedelta(hours=12)


class UnreadableTime(ValueError):
    """The columns hold something that the mapping's format does not describe."""


@dataclass(frozen=True, slots=True)
class TimeRule:
    """Which columns make a moment, and how they are written.

    `format`: `epoch_s`, `epoch_ms`, `epoch_ms_local` (local clock time counted as if it were UTC),
    `iso`, or a strptime pattern for the columns joined by a space.
    """

    columns: tuple[str, ...]
    format: str
    not_before: str = ""
    rolls_over: bool = False

    def read(self, row: dict[str, str], zone: ZoneInfo) -> datetime | None:
        """The moment in UTC, or None where any of the columns is empty.

        Raises `UnreadableTime`; its message names the columns, never what they hold.
        """
        parts = [row[column].strip() for column in self.columns]
        if not all(parts):
            return None
        try:
            return self._moment(" ".join(parts), zone).astimezone(UTC)
        except (ValueError, OverflowError, OSError):
            names = ", ".join(self.columns)
            raise UnreadableTime(f"{names} is not a time written as {self.format!r}") from None

    def _moment(self, text: str, zone: ZoneInfo) -> datetime:
        if self.format in _EPOCHS:
            moment = datetime.fromtimestamp(float(text) / _EPOCHS[self.format], UTC)
            if self.format == "epoch_ms_local":
                moment = moment.replace(tzinfo=zone)
            return moment
        if self.format == "iso":
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.strptime(" ".join(text.split()), self.format)  # noqa: DTZ007  below
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    def after(self, moment: datetime, earliest: datetime) -> datetime:
        """The moment put right where it lies before `earliest`, which cannot be."""
        if moment >= earliest:
            return moment
        if self.rolls_over and earliest - moment > _MIDNIGHT_PASSED:
            return moment + timedelta(days=1)
        return earliest
