"""Taking the codes off referrals after some days: the counts stay, the way of one person goes."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from safecall.referrals.models import Referral


def due(days: int | None = None) -> QuerySet[Referral]:
    """Steps of codes whose last step was given so many days ago, or earlier."""
    keep = settings.RETENTION_DAYS if days is None else days
    before = timezone.localdate() - timedelta(days=keep)
    old = (
        Referral.objects.filter(code_hash__isnull=False)
        .order_by()
        .values("code_hash")
        .annotate(last=Max("given_on"))
        .filter(last__lte=before)
        .values("code_hash")
    )
    return Referral.objects.filter(code_hash__in=old)


def forget_codes(days: int | None = None) -> int:
    """Take the codes off what is due; how many steps lost theirs."""
    return due(days).update(code_hash=None)
