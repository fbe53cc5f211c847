"""Limits per address and hour, without keeping an address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory

from safecall.website.models import Tries
from safecall.website.throttle import Limit, address

LIMIT = Limit("test", 3)
REQUESTS = RequestFactory()


def from_address(ip: str, **headers: str):  # type: ignore[no-untyped-def]
    return REQUESTS.get("/", REMOTE_ADDR=ip, headers=headers)


@pytest.mark.usefixtures("one_hour")
@pytest.mark.django_db
def test_one_address_is_stopped_and_another_is_not() -> None:
    request = from_address("203.0.113.1")
    for _ in range(3):
        assert not LIMIT.reached(request)
        LIMIT.count(request)
    assert LIMIT.reached(request)
    assert not LIMIT.reached(from_address("203.0.113.2"))
    assert not Limit("other", 3).reached(request)


@pytest.mark.django_db
def test_the_next_hour_is_new_and_the_old_one_is_dropped() -> None:
    request = from_address("203.0.113.1")
    with time_machine.travel("2026-01-01T10:30:00Z", tick=False) as clock:
        for _ in range(3):
            LIMIT.count(request)
        clock.move_to("2026-01-01T11:30:01Z")
        assert not LIMIT.reached(request)
        LIMIT.count(request)
        assert Tries.objects.count() == 1


@pytest.mark.django_db
def test_no_address_is_stored() -> None:
    LIMIT.count(from_address("203.0.113.77"))
    stored = Tries.objects.get()
    assert len(stored.key) == 64
    assert "203.0" not in str(stored)  # with its dot, since "203" may stand in a digest


@pytest.mark.usefixtures("one_hour")
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_threads_and_processes_count_together() -> None:
    def count(_: int) -> None:
        try:
            LIMIT.count(from_address("203.0.113.1"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(20)))
    assert Tries.objects.get().count == 20


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("", "unknown"),
    ],
)
def test_which_address_counts(ip: str, expected: str) -> None:
    assert address(from_address(ip)) == expected


def test_a_forwarded_address_counts_behind_a_trusted_proxy_alone(
    settings: pytest.FixtureRequest,
) -> None:
    forged = from_address("203.0.113.1", **{"x-forwarded-for": "198.51.100.1, 198.51.100.2"})
    settings.SECURE_PROXY_SSL_HEADER = None  # type: ignore[attr-defined]
    assert address(forged) == "203.0.113.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    assert address(forged) == "198.51.100.2"
