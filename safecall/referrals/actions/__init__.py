"""The acts of referrals: keeping the directory, giving a referral, saying what became of it."""

from safecall.referrals.actions.giving import Given, Standing, give, standing, tell
from safecall.referrals.actions.keeping import (
    BrokenChain,
    OrganizationData,
    PhoneData,
    PlaceData,
    ServiceData,
    confirm,
    hold_directory,
    keep_service,
    require_whole,
)

__all__ = [
    "BrokenChain",
    "Given",
    "NothingNext",
    "OrganizationData",
    "PhoneData",
    "PlaceData",
    "ServiceData",
    "Standing",
    "confirm",
    "give",
    "hold_directory",
    "keep_service",
    "require_whole",
    "standing",
    "tell",
]
