"""The demonstration's directory, and invented referrals, so that its figures are not all nought."""

from typing import Final

from safecall.referrals.actions import give, tell
from safecall.referrals.models import Referral, Service
from safecall.referrals.seed import seed, seed_id

# Service, where it was given, what was told one after the other.
GIVEN: Final = (
    ("senator-1", "desk", (("sent_on", "office"), ("helped", "person"))),
    ("representative", "desk", (("not_reached", "person"), ("helped", "office"))),
    ("legal-aid", "site", (("helped", "person"),)),
    ("legal-aid", "desk", ()),
    ("211", "site", (("helped", "person"),)),
    ("211", "site", ()),
    ("shelter", "site", (("not_reached", "person"), ("helped", "person"))),
)


def make_referrals() -> int:
    """Make what is missing; how many referrals there are."""
    seed()
    if not Referral.objects.exists():
        for key, source, told in GIVEN:
            code = give(Service.objects.get(pk=seed_id(key)), source).code
            for outcome, who in told:
                tell(code, outcome, who)
    return Referral.objects.count()
