"""The demonstration department."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from safecall.contacts.models import Agency, AnsweringPoint, Contact, Note, Unit
from safecall.demo.build import SIGN_INS, TOKEN, build
from safecall.demo.calls import CALLS
from safecall.demo.refusal import DemoRefused, refuse_where_real
from safecall.demo.staff import make_staff
from safecall.ledger import files
from safecall.ledger.models import LedgerRow
from safecall.ledger.verify import verify
from safecall.people.models import SystemToken, User
from tests.support.service import Service

pytestmark = pytest.mark.django_db


def test_department_and_answering_point_are_two(tmp_path: Path) -> None:
    built = build(tmp_path, 0)
    assert built.department == "Demonstration Police Department (demo data)"
    point = AnsweringPoint.objects.get(code="demo-911")
    assert point.name == "Demonstration County 911 (demo data)"
    assert point.agency == Agency.objects.get()
    assert 8 <= Unit.objects.count() <= 10


def test_everyone_signs_in_with_the_password_in_the_file(tmp_path: Path) -> None:
    built = build(tmp_path, 0)
    assert {user.role for user in User.objects.all()} == set(User.Role.values)
    text = (tmp_path / SIGN_INS).read_text()
    for username, password, role in built.staff:
        assert re.search(rf"{username}\s+{password}\s+{role}", text)
        form = {"login": username, "password": password}
        assert Client().post(reverse("account_login"), form).status_code == 302


def test_passwords_differ_in_each_installation(tmp_path: Path) -> None:
    first = make_staff(tmp_path / "one")
    User.objects.all().delete()
    second = make_staff(tmp_path / "two")
    assert not {line[1] for line in first} & {line[1] for line in second}
    assert len({line[1] for line in first}) == len(first)


def test_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    build(tmp_path, 0)
    for name in (SIGN_INS, TOKEN):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    def state() -> list[object]:
        return [
            *User.objects.order_by("pk").values_list("username", "password"),
            *SystemToken.objects.values_list("pk", flat=True),
            *Contact.objects.order_by("pk").values_list("pk", "version"),
            Unit.objects.count(),
            LedgerRow.objects.count(),
            *((tmp_path / name).read_text() for name in (SIGN_INS, TOKEN)),
        ]

    build(tmp_path, len(CALLS))
    before = state()
    build(tmp_path, len(CALLS))
    assert state() == before


def test_lost_files_are_made_anew(tmp_path: Path) -> None:
    build(tmp_path, 0)
    (tmp_path / SIGN_INS).unlink()
    (tmp_path / TOKEN).write_text("damaged")
    username, password, _ = build(tmp_path, 0).staff[0]
    assert User.objects.get(username=username).check_password(password)
    assert SystemToken.authenticate((tmp_path / TOKEN).read_text().strip())
    assert SystemToken.objects.count() == 1


def test_the_token_has_all_scopes(tmp_path: Path) -> None:
    build(tmp_path, 0)
    token = SystemToken.authenticate((tmp_path / TOKEN).read_text().strip())
    assert token is not None
    assert set(token.scopes) == set(SystemToken.SCOPES)


def test_calls_come_in_by_the_same_door_and_say_that_they_are_demo(tmp_path: Path) -> None:
    build(tmp_path, len(CALLS) * 2)
    contacts = Contact.objects.all()
    assert len(contacts) == len(CALLS) * 2
    assert all(contact.number and contact.history.exists() for contact in contacts)
    opened = LedgerRow.objects.filter(kind=LedgerRow.Kind.CONTACT)
    assert opened.count() == len(contacts)
    assert all(str(note.text).startswith("Demo:") for note in Note.objects.all())
    assert {contact.state for contact in contacts} == {"received", "answered", "closed"}
    assert any("[removed]" in str(note.text) for note in Note.objects.all())


def test_it_refuses_in_production(settings: Settings) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(DemoRefused, match="production"):
        refuse_where_real()


def test_it_keeps_away_from_another_department(agency: Agency) -> None:
    with pytest.raises(DemoRefused, match="another department"):
        refuse_where_real()


def test_the_command_makes_and_resets(new_service: Callable[..., Service]) -> None:
    service = new_service()
    told = service.command("demo", "--contacts", "2", "--past", "0")
    assert "Demonstration Police Department (demo data)\nUnits: 9. Contacts: 2." in told
    passwords = re.findall(r"(?:\w{4}-){3}\w{4}", told)
    assert len(passwords) == len(User.Role.values)
    told = service.command("demo", "--reset", "--yes", "--contacts", "1", "--past", "0")
    assert "Contacts: 1." in told


def test_the_page_says_that_it_is_a_demonstration(client: Client, settings: Settings) -> None:
    settings.ENVIRONMENT = "demo"
    assert "everything here is invented" in client.get(reverse("account_login")).content.decode()
    settings.ENVIRONMENT = "production"
    assert "everything here is invented" not in client.get("/").content.decode()


def test_a_fresh_demonstration_has_a_published_ledger_that_holds(
    tmp_path: Path,
) -> None:
    for _ in range(2):  # what is there stays
        built = build(tmp_path, 3, past=120)
        assert built.contacts == 123
    files.write(tmp_path / "ledger")
    result = verify(lambda name: (tmp_path / "ledger" / name).read_bytes())
    assert result.faults == []
    assert result.counts["contact"] == 120
