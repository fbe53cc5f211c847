"""How fast 911 calls are answered: NENA-STA-020.1 wants 90 % in 15 s and 95 % in 20 s."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from safecall.contacts.models import Contact

GOALS: Final = {15: 90, 20: 95}


@dataclass(frozen=True, slots=True)
class Answering:
    """Answered 911 calls of a time span; the shares are percent, None where there was no call."""

    calls: int
    within_15: int
    within_20: int

    @property
    def share_15(self) -> float | None:
        """Percent answered within 15 seconds."""
        return 100 * self.within_15 / self.calls if self.calls else None

    @property
    def share_20(self) -> float | None:
        """Percent answered within 20 seconds."""
        return 100 * self.within_20 / self.calls if self.calls else None

    @property
    def kept(self) -> bool | None:
        """Whether both goals were kept; None where there was no call."""
        if self.share_15 is None or self.share_20 is None:
            return None
        return self.share_15 >= GOALS[15] and self.share_20 >= GOALS[20]


def figures(since: datetime, until: datetime) -> Answering:
    """Calls received from `since` up to, not including, `until`."""
    counts = Contact.objects.filter(
        channel=Contact.Channel.EMERGENCY,
        answer_ms__isnull=False,
        received_at__gte=since,
        received_at__lt=until,
    ).aggregate(
        calls=Count("pk"),
        within_15=Count("pk", filter=Q(answer_ms__lte=15_000)),
        within_20=Count("pk", filter=Q(answer_ms__lte=20_000)),
    )
    return Answering(**counts)
