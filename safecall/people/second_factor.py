"""Whether somebody still has to set up a second factor (CJIS Security Policy 6.0, IA-2)."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

_PRESENT = "second-factor"


def is_missing(request: HttpRequest) -> bool:
    """Whether a second factor is required of this signed-in person, who has none.

    That somebody has one is remembered in the session: the last one cannot be taken off while it is
    required (`adapters.SecondFactorAdapter`).
    """
    if not settings.REQUIRE_MFA or request.session.get(_PRESENT):
        return False
    if not is_mfa_enabled(request.user):
        return True
    request.session[_PRESENT] = True
    return False
