"""The second factor: set up, required, and not to be guessed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from safecall.people import accounts, audit
from safecall.people.models import SignInEvent, User

Kind = SignInEvent.Kind
PASSWORD = "amina-invented-password-7"


def _code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + step))


def _sign_in(client: Client) -> str:
    form = {"login": "amina", "password": PASSWORD}
    return client.post(reverse("account_login"), form).headers["Location"]


def _set_up_app(client: Client) -> str:
    """Sign in, show again who it is, and add an authenticator app; its secret."""
    _sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'<code class="number">([A-Z2-7]+)</code>', page)
    assert found
    answer = client.post(reverse("mfa_activate_totp"), {"code": _code(found[1])})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


@pytest.fixture
def required(settings: Settings) -> None:
    settings.REQUIRE_MFA = True


def test_setting_up_comes_before_all_work(client: Client, amina: User, required: None) -> None:
    _sign_in(client)
    assert client.get("/desk/").headers["Location"] == reverse("mfa_index")
    assert "You have no second factor yet" in client.get(reverse("mfa_index")).content.decode()
    assert client.get("/desk/changes", headers={"Safecall-Fetch": "1"}).status_code == 403
    _set_up_app(client)
    assert client.get("/desk/").status_code == 200


def test_the_demonstration_does_not_require_it(client: Client, amina: User) -> None:
    _sign_in(client)
    assert client.get("/desk/").status_code == 200


def test_the_code_is_asked_for_after_the_password(client: Client, amina: User) -> None:
    secret = _set_up_app(client)
    other = Client()
    assert _sign_in(other) == reverse("mfa_authenticate")
    assert other.get("/desk/").status_code == 302
    answer = other.post(reverse("mfa_authenticate"), {"code": _code(secret, 1)})
    assert answer.headers["Location"] == reverse("desk:queue")
    assert other.get("/desk/").status_code == 200


def test_a_code_works_once(client: Client, amina: User) -> None:
    secret = _set_up_app(client)
    code = _code(secret, 1)
    for browser, status in ((Client(), 302), (Client(), 200)):
        _sign_in(browser)
        assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_wrong_codes_lock_like_wrong_passwords(client: Client, amina: User) -> None:
    secret = _set_up_app(client)
    other = Client()
    _sign_in(other)
    for _ in range(audit.TRIES):
        assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    answer = other.post(reverse("mfa_authenticate"), {"code": _code(secret, 1)})
    assert "Too many wrong tries" in answer.content.decode()
    form = {"login": "amina", "password": PASSWORD}
    answer = Client().post(reverse("account_login"), form)
    assert "Too many wrong tries" in answer.content.decode()


def test_a_recovery_code_opens_once(client: Client, amina: User) -> None:
    _set_up_app(client)
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.findall(r'<code class="number">(\w+)</code>', page)[0]
    for browser, status in ((Client(), 302), (Client(), 200)):
        _sign_in(browser)
        assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_the_secret_is_sealed_at_rest(client: Client, amina: User) -> None:
    secret = _set_up_app(client)
    assert secret not in repr([a.data for a in Authenticator.objects.filter(user=amina)])


def test_the_last_factor_stays_while_one_is_required(
    client: Client, amina: User, required: None
) -> None:
    _set_up_app(client)
    page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "You cannot deactivate" in page
    assert Authenticator.objects.filter(user=amina, type="totp").exists()


def test_it_can_be_removed_where_none_is_required(client: Client, amina: User) -> None:
    _set_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=amina).exists()
    assert Kind.FACTOR_REMOVED in SignInEvent.objects.values_list("kind", flat=True)


def test_changing_factors_asks_again_who_it_is(client: Client, amina: User) -> None:
    client.force_login(amina)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Show that it is you" in page


def test_an_administrator_helps_who_lost_all(client: Client, amina: User) -> None:
    _set_up_app(client)
    assert accounts.remove_second_factors(amina) == 2
    assert _sign_in(Client()) == reverse("desk:queue")
