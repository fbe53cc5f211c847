"""Signing in, the lock after five wrong tries, and the record of it all."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safecall.people import accounts, audit
from safecall.people.models import SignInEvent, User

Kind = SignInEvent.Kind
PASSWORD = "amina-invented-password-7"


def _try(client: Client, username: str = "amina", password: str = "wrong") -> str:
    """The page that follows, or what the form says."""
    answer = client.post(reverse("account_login"), {"login": username, "password": password})
    return answer.headers["Location"] if answer.status_code == 302 else answer.content.decode()


def _kinds(user: User | None) -> list[str]:
    return list(SignInEvent.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


def test_signing_in_and_out_is_recorded(client: Client, amina: User) -> None:
    assert _try(client, password=PASSWORD) == reverse("desk:queue")
    client.post(reverse("account_logout"))
    assert _kinds(amina) == [Kind.SIGNED_IN, Kind.SIGNED_OUT]
    event = SignInEvent.objects.earliest("id")
    assert event.address == "127.0.0.1"
    assert timezone.now() - event.at < timedelta(minutes=1)


@pytest.mark.parametrize(("who", "page"), [("ruth", "desk:records"), ("dan", "desk:queue")])
def test_everyone_begins_where_their_work_is(
    client: Client, ruth: User, dan: User, who: str, page: str
) -> None:
    assert _try(client, who, f"{who}-invented-password-7") == reverse(page)


def test_next_leads_back_but_never_to_another_site(client: Client, amina: User) -> None:
    form = {"login": "amina", "password": PASSWORD, "next": "/desk/signed-in"}
    assert client.post(reverse("account_login"), form).headers["Location"] == "/desk/signed-in"
    client.post(reverse("account_logout"))
    form["next"] = "https://elsewhere.example/"
    answer = client.post(reverse("account_login"), form)
    assert answer.headers["Location"] == reverse("desk:queue")


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/password/reset/").status_code == 404


def test_five_wrong_tries_lock_the_account(client: Client, amina: User) -> None:
    for _ in range(audit.TRIES):
        assert "do not match" in _try(client)
    assert "Too many wrong tries" in _try(client, password=PASSWORD)
    assert _kinds(amina) == [Kind.REFUSED] * 5 + [Kind.LOCKED]


def test_another_browser_is_locked_out_too(client: Client, amina: User) -> None:
    for _ in range(audit.TRIES):
        _try(Client())
    assert "Too many wrong tries" in _try(client, "AMINA ", PASSWORD)


def test_the_lock_ends_after_fifteen_minutes(client: Client, amina: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(audit.TRIES):
            _try(client)
            clock.shift(60)
        clock.shift(audit.WINDOW.total_seconds() - 120)
        assert "Too many wrong tries" in _try(client, password=PASSWORD)
        clock.shift(120)
        assert _try(client, password=PASSWORD) == reverse("desk:queue")


def test_tries_far_apart_do_not_lock(client: Client, amina: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(10):
            _try(client)
            clock.shift(5 * 60)
        assert _try(client, password=PASSWORD) == reverse("desk:queue")


def test_getting_in_clears_earlier_mistakes(client: Client, amina: User) -> None:
    for _ in range(2):
        for _ in range(audit.TRIES - 1):
            _try(client)
        assert _try(client, password=PASSWORD) == reverse("desk:queue")
        client.post(reverse("account_logout"))


def test_an_administrator_unlocks(client: Client, amina: User) -> None:
    for _ in range(audit.TRIES):
        _try(client)
    audit.unlock(amina)
    assert _try(client, password=PASSWORD) == reverse("desk:queue")


def test_a_name_that_does_not_exist_is_locked_alike(client: Client, amina: User) -> None:
    def told(username: str) -> list[bool]:
        return ["Too many wrong tries" in _try(client, username) for _ in range(7)]

    assert told("amina") == told("nobody")


def test_what_was_typed_is_kept_nowhere(client: Client, amina: User) -> None:
    _try(client, "my-secret-by-mistake", "the-password-itself")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_signinevent")
        kept = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    assert "secret" not in kept
    assert "password" not in kept


def test_the_record_is_kept_for_a_year(client: Client, amina: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=370)):
        audit.unlock(amina)
    with time_machine.travel(timezone.now() - timedelta(days=360)):
        audit.unlock(amina)
    _try(client, password=PASSWORD)
    assert _kinds(amina) == [Kind.UNLOCKED, Kind.SIGNED_IN]


def test_changing_the_password_is_recorded(client: Client, amina: User) -> None:
    _try(client, password=PASSWORD)
    form = {
        "oldpassword": PASSWORD,
        "password1": "lake-otter-9-birch",
        "password2": "lake-otter-9-birch",
    }
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert Kind.PASSWORD_CHANGED in _kinds(amina)
    assert _try(Client(), password="lake-otter-9-birch") == reverse("desk:queue")


@pytest.mark.parametrize("weak", ["short1", "password1", "amina-warsame", "12345678"])
def test_weak_passwords_are_refused(client: Client, amina: User, weak: str) -> None:
    client.force_login(amina)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), form).status_code == 200
    amina.refresh_from_db()
    assert amina.check_password(PASSWORD)


def test_a_new_password_ends_the_sessions(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert client.get(reverse("mfa_index")).status_code == 200
    accounts.renew_password(amina)
    assert client.get(reverse("mfa_index")).status_code == 302


def test_a_closed_account_is_told_so(client: Client, amina: User) -> None:
    accounts.change(amina, is_active=False)
    assert _try(client, password=PASSWORD) == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert client.get("/desk/").status_code == 302
