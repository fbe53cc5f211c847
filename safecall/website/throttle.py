"""Limits per address and hour, shared by all processes through the database."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from safecall.website.models import Tries

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of `action` from one address in an hour of the clock."""

    action: str
    most: int

    def reached(self, request: HttpRequest) -> bool:
        """Whether this address has to wait for the next hour."""
        count = Tries.objects.filter(key=self._key(request)).values_list("count", flat=True).first()
        return (count or 0) >= self.most

    def count(self, request: HttpRequest) -> None:
        """Count one try. Counts of past hours are dropped whenever a new one begins."""
        key, now = self._key(request), timezone.now()
        with transaction.atomic():
            _, new = Tries.objects.get_or_create(key=key, defaults={"expires_at": now + HOUR})
            Tries.objects.filter(key=key).update(count=F("count") + 1)
            if new:
                Tries.objects.filter(expires_at__lt=now).delete()

    def _key(self, request: HttpRequest) -> str:
        hour = int(timezone.now().timestamp() // HOUR.total_seconds())
        value = f"{self.action}\n{address(request)}\n{hour}"
        return salted_hmac("safecall.website.tries", value, algorithm="sha256").hexdigest()


# A library, a shelter or a mobile network share one address, so the limits are generous. The code
# has 100 random bits: at 20 guesses an hour the limit is not what makes guessing hopeless.
WRONG_CODES: Final = Limit("code", 20)
REPORTS: Final = Limit("report", 30)
NOTES: Final = Limit("note", 60)
SUGGESTIONS: Final = Limit("suggestion", 60)
REFERRALS: Final = Limit("referral", 60)
FEEDBACK: Final = Limit("feedback", 30)
COMPLAINTS: Final = Limit("complaint", 15)


def address(request: HttpRequest) -> str:
    """The client's address; of an IPv6 address the /64 network, since one line has a whole one.

    `X-Forwarded-For` counts only behind a trusted proxy, and only its last entry, which is the
    one that the proxy wrote.
    """
    text = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2].strip()
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address)
    return str(getattr(ip, "ipv4_mapped", None) or ip)
