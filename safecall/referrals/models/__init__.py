"""The tables of referrals."""

from safecall.referrals.models.directory import (
    Directory,
    Location,
    Onward,
    Organization,
    PastNumber,
    Phone,
    Service,
)
from safecall.referrals.models.referral import Referral

__all__ = [
    "Directory",
    "Location",
    "Onward",
    "Organization",
    "PastNumber",
    "Phone",
    "Referral",
    "Service",
]
