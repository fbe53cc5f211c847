"""Tokens of other systems."""

import time

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from safecall.people.models import SystemToken
from safecall.people.models.token import CACHE_SECONDS


@pytest.mark.django_db
def test_the_secret_is_shown_once_and_not_kept() -> None:
    token, secret = SystemToken.issue("CAD", ["contacts:read"])
    kept = repr(SystemToken.objects.filter(pk=token.pk).values())
    assert secret not in kept
    assert len(secret) > 40
    assert SystemToken.authenticate(secret) == token


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", ["", "safecall_", "safecall_wrong", "Bearer", "\udc80", "x" * 9000]
)
def test_what_is_no_token_opens_nothing(wrong: str) -> None:
    SystemToken.issue("CAD", ["contacts:read"])
    assert SystemToken.authenticate(wrong) is None


@pytest.mark.django_db
def test_scopes() -> None:
    token, _ = SystemToken.issue("CAD", ["contacts:read"])
    assert token.allows("contacts:read")
    assert not token.allows("contacts:write")
    with pytest.raises(ValueError, match="contacts:everything"):
        SystemToken.issue("Other", ["contacts:everything"])


@pytest.mark.django_db
def test_the_hot_path_pays_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    _, secret = SystemToken.issue("CAD", ["contacts:write"])
    SystemToken.authenticate(secret)
    with django_assert_num_queries(0):
        assert SystemToken.authenticate(secret)


@pytest.mark.django_db
def test_a_revoked_token_opens_nothing() -> None:
    token, secret = SystemToken.issue("CAD", ["contacts:write"])
    assert SystemToken.authenticate(secret)
    token.revoke()
    assert SystemToken.authenticate(secret) is None


@pytest.mark.django_db
def test_another_process_forgets_a_revoked_token_within_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token, secret = SystemToken.issue("CAD", ["contacts:write"])
    assert SystemToken.authenticate(secret)
    SystemToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    later = time.monotonic() + CACHE_SECONDS + 1
    monkeypatch.setattr("safecall.people.models.token.time.monotonic", lambda: later)
    assert SystemToken.authenticate(secret) is None


@pytest.mark.django_db
def test_the_day_of_last_use_is_kept() -> None:
    token, secret = SystemToken.issue("CAD", ["contacts:write"])
    SystemToken.authenticate(secret)
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
