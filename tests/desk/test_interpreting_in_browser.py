"""An interpreter arranged in Chromium: desk and interpreter's telephone at the same time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.desk.conftest import PASSWORD, open_new, running_desk, sign_in
from tests.support.browser import faults
from tests.support.service import Service

ROSTER = f"""
from safecall.interpreting.actions import *
from safecall.people.models import User
for code, tag in (("hodan", "so"), ("sahra", "so"), ("pa", "hnj")):
    user = User.objects.create_user(code, "{PASSWORD}", role="interpreter", display_name=code)
    keep_interpreter(InterpreterData(code, code.title() + " Invented", (SkillData(tag),),
                                     user=user, hours="always"))
keep_vendor(VendorData("line-1", "Invented Line", "+18005550101,,1"))
"""


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A desk of this module's own, with three interpreters on call and a company's line.

    Whoever else asked for Somali at the same desk would ring the same telephones.
    """
    with running_desk(tmp_path_factory.mktemp("staffed")) as running:
        running.python(ROSTER)
        yield running


@pytest.fixture
def taker(context: BrowserContext, staffed: Service) -> Page:
    """A call taker's browser, at the queue of that desk."""
    page = context.new_page()
    sign_in(page, staffed)
    return page


@pytest.fixture
def supervisor(browser: Browser, staffed: Service) -> Iterator[Page]:
    """A supervisor's browser, at the page of all requests."""
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        sign_in(page, staffed, "sofia", to="/desk/interpreting")
        yield page


@pytest.fixture
def telephone(browser: Browser, staffed: Service) -> Iterator[Page]:
    """An interpreter's telephone, at her own page."""
    with browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US") as context:
        page = context.new_page()
        sign_in(page, staffed, "hodan", to="/interpreter/")
        yield page


def test_from_the_language_to_the_first_word_by_keyboard(telephone: Page, taker: Page) -> None:
    keys = taker.keyboard
    expect(telephone.get_by_role("heading", name="Nothing rings")).to_be_visible()
    open_new(taker)
    keys.press("Alt+1")
    keys.press("Alt+l")
    keys.type("so")
    keys.press("Enter")
    panel = taker.locator("#interpreter")
    expect(panel).to_contain_text("Hodan Invented")
    expect(panel.locator(".dial-string")).to_have_text("+18005550101,,1")
    expect(telephone.get_by_role("heading", name="Somali")).to_be_visible()
    expect(telephone).to_have_title("(1) Interpreter – safecall")
    seen = {"desk, ringing": faults(taker), "telephone, ringing": faults(telephone)}
    telephone.get_by_role("button", name="Accept").click()
    expect(telephone.locator("#told")).to_contain_text("You have it")
    expect(telephone.get_by_role("heading", name="You have it: Somali")).to_be_visible()
    expect(panel).to_contain_text("taken by somebody else")
    keys.press("Alt+w")
    expect(panel).to_contain_text("Interpreting")
    seen |= {"desk, interpreting": faults(taker), "telephone, at work": faults(telephone)}
    keys.press("Alt+e")
    expect(panel).to_contain_text("interpreted")
    expect(telephone.get_by_role("heading", name="Nothing rings")).to_be_visible()
    assert {name: bad for name, bad in seen.items() if bad} == {}


def test_a_decline_rings_the_next_and_one_key_asks(telephone: Page, taker: Page) -> None:
    open_new(taker)
    taker.keyboard.press("Alt+l")
    taker.keyboard.type("so")
    taker.keyboard.press("Enter")
    panel = taker.locator("#interpreter")
    telephone.get_by_role("button", name="Decline").click()
    expect(panel).to_contain_text("declined")
    expect(panel).to_contain_text("Sahra Invented")
    panel.get_by_role("button", name="Not needed").click()
    expect(panel).to_contain_text("not needed after all")
    taker.keyboard.press("Alt+i")
    expect(panel.locator("[data-open]")).to_be_attached()
    panel.get_by_role("button", name="Not needed").click()


def test_pages_of_the_supervisor(supervisor: Page, staffed: Service, taker: Page) -> None:
    """With a request open, so that the widest table is there."""
    open_new(taker)
    taker.keyboard.press("Alt+l")
    taker.keyboard.type("so")
    taker.keyboard.press("Enter")
    not_needed = taker.locator("#interpreter").get_by_role("button", name="Not needed")
    expect(not_needed).to_be_visible()
    page, found = supervisor, dict[str, list[str]]()
    pages = ("interpreting", "interpreting/times", "roster", "roster/new", "roster/person/1")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name in (*pages, "roster/new-line", "roster/import"):
            page.goto(f"{staffed.url}/desk/{name}")
            found[f"{name} {width}"] = faults(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} points too wide at {width}"
    assert {name: bad for name, bad in found.items() if bad} == {}
    not_needed.click()


def test_a_spreadsheet_by_hand(context: BrowserContext, staffed: Service) -> None:
    page = context.new_page()
    sign_in(page, staffed, "sofia", to="/desk/roster/import")
    heading = "what,code,name,language,hours\n"

    def choose(lines: str) -> None:
        content = (heading + lines).encode()
        page.set_input_files(
            "#file", files=[{"name": "r.csv", "mimeType": "text/csv", "buffer": content}]
        )
        page.get_by_role("button", name="Check it").click()

    choose("roster,x-1,Asha Invented,sw,whenever\n")
    expect(page.get_by_role("alert")).to_contain_text("Write hours as")
    choose("roster,x-1,Asha Invented,sw,always\n")
    expect(page.get_by_role("heading", name="This would be kept")).to_be_visible()
    page.get_by_role("button", name="Keep all of it").click()
    expect(page.get_by_role("link", name="Asha Invented")).to_be_visible()
