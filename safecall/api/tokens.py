"""Who calls: each system has a bearer token of its own, with scopes."""

import time
from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from safecall.api.problems import Problem
from safecall.people.models import SystemToken

READ: Final = "contacts:read"
WRITE: Final = "contacts:write"

# Wrong tokens from one address: so many in a minute, then 429. A right token is always let in, so
# that nobody can shut a dispatch system out by guessing from behind the same proxy.
WRONG_A_MINUTE: Final = 30
_MOST_ADDRESSES: Final = 10_000
_wrong: dict[str, tuple[int, int]] = {}


def authenticate(request: HttpRequest, scope: str) -> SystemToken:
    """The token of this request. Raises `Problem`: 401, 403 without the scope, 429."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
    token = SystemToken.authenticate(secret.strip())
    if token is None:
        _count_wrong(str(request.META.get("REMOTE_ADDR", "")))
        raise Problem(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if not token.allows(scope):
        raise Problem(403)
    return token


class Bearer(HttpBearer):
    """The same for ninja's operations."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self._scope = scope

    def __call__(self, request: HttpRequest) -> SystemToken:
        """The token, which ninja keeps as `request.auth`."""
        return authenticate(request, self._scope)

    def authenticate(self, request: HttpRequest, token: str) -> SystemToken:
        """Ninja's own way in; `__call__` goes past it."""
        return authenticate(request, self._scope)


def _count_wrong(address: str) -> None:
    minute = int(time.monotonic() // 60)
    since, wrong = _wrong.get(address, (minute, 0))
    wrong = wrong + 1 if since == minute else 1
    if len(_wrong) >= _MOST_ADDRESSES:
        _wrong.clear()
    _wrong[address] = (minute, wrong)
    if wrong > WRONG_A_MINUTE:
        raise Problem(429, headers={"Retry-After": "60"})
