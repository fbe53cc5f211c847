"""Who calls: each system has a bearer token of its own, with scopes."""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from safecall.api.problems import Problem
from safecall.people.models import SystemToken

READ: Final = "contacts:read"
WRITE: Final = "contacts:write"

# A token that is withdrawn stops working after this long.
_TRUSTED_SECONDS: Final = 5.0
_MOST_TRUSTED: Final = 256
_trusted: OrderedDict[bytes, tuple[float, "Token"]] = OrderedDict()

# Wrong tokens from one address: so many in a minute, then 429. A right token is always let in.
WRONG_A_MINUTE: Final = 30
_wrong: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Token:
    """A system that may call, as far as a request needs it."""

    pk: int
    name: str
    agency_id: int | None
    scopes: frozenset[str]


def authenticate(request: HttpRequest, scope: str) -> Token:
    """The token of this request. Raises `Problem`: 401, 403 without the scope, 429."""
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not raw:
        raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
    token = _find(raw.strip())
    if token is None:
        _count_wrong(str(request.META.get("REMOTE_ADDR", "")))
        raise Problem(401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if scope not in token.scopes:
        raise Problem(403)
    return token


class Bearer(HttpBearer):
    """The same for ninja's operations."""

    openapi_name = "Bearer"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self._scope = scope

    def __call__(self, request: HttpRequest) -> Token:
        """The token, which ninja keeps as `request.auth`."""
        return authenticate(request, self._scope)

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Not reached: `__call__` does the work."""
        raise NotImplementedError


def _find(raw: str) -> Token | None:
    digest = hashlib.sha256(raw.encode("utf-8", "replace")).digest()
    known = _trusted.get(digest)
    now = time.monotonic()
    if known and now - known[0] < _TRUSTED_SECONDS:
        return known[1]
    found = SystemToken.authenticate(raw)
    if found is None:
        _trusted.pop(digest, None)
        return None
    token = Token(found.pk, found.name, found.agency_id, frozenset(found.scopes))
    _trusted[digest] = (now, token)
    while len(_trusted) > _MOST_TRUSTED:
        _trusted.popitem(last=False)
    return token


def _count_wrong(address: str) -> None:
    minute = int(time.monotonic() // 60)
    since, wrong = _wrong.get(address, (minute, 0))
    wrong = wrong + 1 if since == minute else 1
    if len(_wrong) > 10_000:
        _wrong.clear()
    _wrong[address] = (minute, wrong)
    if wrong > WRONG_A_MINUTE:
        raise Problem(429, headers={"Retry-After": "60"})
