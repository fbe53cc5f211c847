"""The pages of signing in, in a browser: readable for everyone, and passkeys work."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import faults
from tests.support.service import Service

PASSWORD = re.compile(r"calltaker\s+(\S+)")


@pytest.fixture
def desk(service: Service) -> tuple[str, str]:
    """Address, by a name that passkeys accept, and the call taker's password."""
    found = PASSWORD.search(service.command("demo", "--contacts", "0"))
    assert found
    return service.url.replace("127.0.0.1", "localhost"), found[1]


def _sign_in(page: Page, url: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("Username").fill("calltaker")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _is_readable(page: Page) -> None:
    assert faults(page) == [], page.url


def _virtual_key(context: BrowserContext, page: Page) -> None:
    """A key that this browser keeps, as a laptop with a fingerprint reader does."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_every_page_is_readable_and_a_passkey_opens_the_desk(
    desk: tuple[str, str], context: BrowserContext, page: Page
) -> None:
    url, password = desk
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    _virtual_key(context, page)
    page.goto(f"{url}/desk/")
    _is_readable(page)
    _sign_in(page, url, "wrong")
    expect(page.get_by_text("do not match")).to_be_visible()
    _is_readable(page)
    _sign_in(page, url, password)
    expect(page).to_have_url(f"{url}/desk/")

    page.goto(f"{url}/accounts/2fa/")
    _is_readable(page)
    page.get_by_role("link", name="Add a key").click()
    _is_readable(page)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Go on").click()
    _is_readable(page)
    page.get_by_label("A name by which you know it").fill("Desk 1")
    page.get_by_label("A passkey").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    _is_readable(page)

    for path in (
        "password/change/",
        "logout/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/generate/",
        "reauthenticate/",
        "2fa/webauthn/reauthenticate/",
        "inactive/",
    ):
        page.goto(f"{url}/accounts/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        _is_readable(page)
    page.goto(f"{url}/accounts/2fa/webauthn/")
    for link in ("Rename", "Remove"):
        page.get_by_role("link", name=link).click()
        _is_readable(page)
        page.get_by_role("link", name="Back to your keys").click()

    context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{url}/desk/")

    context.clear_cookies()
    _sign_in(page, url, password)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    _is_readable(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page).to_have_url(f"{url}/desk/")
    assert not faults


def test_without_scripts_and_without_passkeys(
    service: Service, desk: tuple[str, str], browser: Browser, page: Page
) -> None:
    url, password = desk
    # Passkeys need a name; an address of digits has none, as in the demonstration.
    page.goto(f"{service.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        _sign_in(plain, url, password)
        expect(plain).to_have_url(f"{url}/desk/")
