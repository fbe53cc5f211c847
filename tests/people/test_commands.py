"""What an administrator does on the command line."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from safecall.people.models import SignInEvent, SystemToken, User

pytestmark = pytest.mark.django_db


def _run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def _opens(username: str, password: str) -> bool:
    form = {"login": username, "password": password}
    return Client().post(reverse("account_login"), form).status_code == 302


def test_a_new_account_opens_with_its_first_password() -> None:
    told = _run("staff", "add", "lena", "--role", "dispatcher", "--name", "Lena Berg")
    password = told.rsplit(": ", 1)[1].strip()
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    assert _opens("lena", password)
    assert User.objects.get(username="lena").role == User.Role.DISPATCHER
    assert "Lena Berg" in _run("staff", "list")


@pytest.mark.parametrize("username", ["amina", "AMINA", "two words", ""])
def test_a_name_that_cannot_be(amina: User, username: str) -> None:
    with pytest.raises(CommandError):
        _run("staff", "add", username, "--role", "dispatcher")
    assert User.objects.count() == 1


def test_a_new_password_takes_the_place_of_the_old(amina: User) -> None:
    password = _run("staff", "password", "amina").rsplit(": ", 1)[1].strip()
    assert _opens("amina", password)
    assert not _opens("amina", "amina-invented-password-7")


def test_role_close_and_open(amina: User) -> None:
    _run("staff", "role", "amina", "supervisor")
    _run("staff", "close", "amina")
    amina.refresh_from_db()
    assert (amina.role, amina.is_active) == ("supervisor", False)
    _run("staff", "open", "amina")
    amina.refresh_from_db()
    assert amina.is_active
    assert SignInEvent.objects.filter(kind="account_changed").count() == 3


def test_the_record_can_be_read(amina: User) -> None:
    _opens("amina", "wrong")
    _opens("nobody", "wrong")
    assert "(no such account)" in _run("staff", "sign-ins")
    only = _run("staff", "sign-ins", "amina")
    assert "Wrong user name or password" in only
    assert "no such account" not in only


def test_an_unknown_name_gets_an_answer() -> None:
    with pytest.raises(CommandError, match="There is no account with this user name"):
        _run("staff", "unlock", "nobody")


def test_tokens_are_issued_listed_and_revoked() -> None:
    secret = _run("token", "issue", "County CAD", "--scope", "contacts:write").strip()
    token = SystemToken.authenticate(secret)
    assert token is not None
    assert token.scopes == ["contacts:write"]
    with pytest.raises(CommandError, match="Choose another name"):
        _run("token", "issue", "County CAD", "--scope", "contacts:write")
    assert "County CAD" in _run("token", "list")
    _run("token", "revoke", "County CAD")
    assert SystemToken.authenticate(secret) is None
    assert "revoked" in _run("token", "list")
