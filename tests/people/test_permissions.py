"""The table of permissions, and that nothing gets past it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safecall.people.models import User
from safecall.people.permissions import RULES, may, rule_for


def _names(resolver: URLResolver, area: str = "") -> Iterator[tuple[str, str]]:
    """Name in the table's words, and address, of each page."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{area}{pattern.namespace}:" if pattern.namespace else area
            yield from _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield (f"{area}{pattern.name}" if pattern.name else "", str(pattern.pattern))


PAGES = sorted(set(_names(get_resolver())))


def test_there_are_pages_to_walk() -> None:
    names = {name for name, _ in PAGES}
    assert {"desk:queue", "website:home", "account_login", "mfa_index"} <= names


@pytest.mark.parametrize(("name", "address"), PAGES)
def test_every_page_is_in_the_table(name: str, address: str) -> None:
    assert name, f"{address} has no name, so no rule can let anyone in"
    assert rule_for(name) is not None, f"{name} is not in permissions.RULES"


def test_the_table_names_no_page_that_is_gone() -> None:
    names = {name for name, _ in PAGES}
    areas = {f"{name.partition(':')[0]}:*" for name in names if ":" in name}
    assert not set(RULES) - names - areas


def test_only_residents_systems_and_signing_in_need_no_account() -> None:
    open_pages = {name for name, rule in RULES.items() if not rule.needs_sign_in}
    assert open_pages == {
        "website:*",
        "api:*",
        # These views look at the sign-in or the device themselves.
        "interpreter:*",
        "api_docs",
        "hsds:*",
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("desk:queue", {"call_taker", "dispatcher", "supervisor"}),
        ("desk:new", {"call_taker", "dispatcher", "supervisor"}),
        ("desk:assign", {"call_taker", "dispatcher", "supervisor"}),
        ("desk:contact", {"call_taker", "dispatcher", "supervisor", "records"}),
        ("desk:note", {"call_taker", "dispatcher", "supervisor"}),
        ("desk:records", {"supervisor", "records"}),
        ("desk:forms", {"supervisor", "records"}),
        ("desk:form-file", {"supervisor", "records"}),
        ("desk:mentions", {"supervisor"}),
        ("desk:feedback", {"supervisor"}),
        ("desk:complaint", {"supervisor"}),
        ("desk:engagements", {"call_taker", "dispatcher", "supervisor", "records"}),
        ("desk:engagement-new", {"call_taker", "dispatcher", "supervisor", "records"}),
        ("desk:engagement-seen", {"supervisor"}),
        ("desk:waiting", {"supervisor"}),
        ("desk:wall", set(User.Role.values) - {"interpreter"}),
        ("desk:signed-in", set(User.Role.values)),
        ("interpreter:device", set(User.Role.values)),
        ("desk:interpreting", {"supervisor"}),
        ("mfa_index", set(User.Role.values)),
        ("nowhere", set()),
        ("nowhere:at-all", set()),
    ],
)
def test_roles(name: str, roles: set[str]) -> None:
    assert {role for role in User.Role.values if may(User(role=role), name)} == roles
    assert not may(AnonymousUser(), name)


def test_a_closed_account_may_nothing() -> None:
    assert not may(User(role="supervisor", is_active=False), "desk:queue")


@pytest.mark.urls("tests.people.unlisted_urls")
@pytest.mark.parametrize("address", ["/forgotten", "/nameless"])
def test_what_nobody_listed_is_refused(client: Client, sofia: User, address: str) -> None:
    assert client.get(address).status_code == 403
    client.force_login(sofia)
    assert client.get(address).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted({name for name, _ in PAGES if (rule := rule_for(name)) and rule.needs_sign_in})
)
def test_nobody_reaches_a_staff_page_without_signing_in(client: Client, name: str) -> None:
    address = _address(name)
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


def _address(name: str) -> str:
    known: list[dict[str, object]] = [
        {},
        {"pk": 1},
        {"pk": uuid4()},
        {"contact_id": uuid4()},
        {"assignment_id": 1},
        {"code": "any"},
        {"code": "any", "ending": "csv"},
    ]
    for kwargs in known:
        try:
            return reverse(name, kwargs=kwargs)
        except Exception:  # noqa: BLE001  the next kind of argument may fit
            continue
    raise AssertionError(f"{name} takes an argument that this test does not know")


@pytest.mark.django_db
def test_sign_in_leads_back(client: Client) -> None:
    answer = client.get("/desk/records?page=2")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fdesk%2Frecords%3Fpage%3D2"


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"Safecall-Fetch": "1"}, {"Accept": "application/json"}])
def test_a_page_script_is_told_to_sign_in_again(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/desk/changes", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "about:blank"
    assert answer.json()["title"] == "Sign in again"


def test_a_records_clerk_reads_but_does_not_act(client: Client, ruth: User) -> None:
    client.force_login(ruth)
    assert client.get(reverse("desk:records")).status_code == 200
    assert client.post(reverse("desk:new")).status_code == 403
    assert client.get(reverse("desk:mentions")).status_code == 403


def test_the_desk_leads_everyone_to_their_work(client: Client, ruth: User, amina: User) -> None:
    client.force_login(ruth)
    assert client.get("/desk/").headers["Location"] == reverse("desk:records")
    client.force_login(amina)
    assert client.get("/desk/").status_code == 200


def test_a_new_role_holds_from_the_next_request_on(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert client.get(reverse("desk:mentions")).status_code == 403
    amina.role = User.Role.SUPERVISOR
    amina.save()
    assert client.get(reverse("desk:mentions")).status_code == 200
    amina.is_active = False
    amina.save()
    assert client.get(reverse("desk:mentions")).status_code == 302


def test_no_browser_keeps_a_staff_page(client: Client, amina: User) -> None:
    client.force_login(amina)
    assert "no-store" in client.get(reverse("mfa_index")).headers["Cache-Control"]


def test_the_middleware_is_on() -> None:
    assert "safecall.people.middleware.PermissionMiddleware" in settings.MIDDLEWARE
