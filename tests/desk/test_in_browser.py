"""The desk in Chromium: by keyboard alone, through lost connections, ended sign-ins, two people."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.conftest import PASSWORD, RINGS, at_contact, open_new, sign_in
from tests.support.browser import faults
from tests.support.service import Service

STATUS_WORDS = "caller says he is undocumented"


def key_of(page: Page) -> str:
    """The contact's id, from its page's address."""
    return page.url.rsplit("/", 1)[1]


def notes(desk: Service, key: str) -> list[str]:
    """All notes that the service keeps of the contact."""
    return desk.python(
        "from safecall.contacts.models import Note\n"
        f"found = Note.objects.filter(contact='{key}').order_by('pk')\n"
        "print(*found.values_list('text', flat=True), sep='\\n', end='')"
    ).splitlines()


def facts(desk: Service, key: str) -> str:
    return desk.python(
        "from safecall.contacts.models import Contact\n"
        f"c = Contact.objects.get(pk='{key}')\n"
        "print(c.state, c.disposition, c.place_words, c.incident_type, c.priority, c.language)"
    ).strip()


def test_a_call_by_keyboard_from_ring_to_close(taker: Page, desk: Service) -> None:
    page, keys = taker, taker.keyboard
    key = desk.python(RINGS).strip()
    expect(page.locator(f"#answer-{key}")).to_be_visible()
    row = page.locator(f"#row-{key}")
    for _ in page.locator(".row-link").all():  # others ring before it, if their tests came first
        keys.press("ArrowDown")
        if row.evaluate("row => row === document.activeElement"):
            break
    expect(row).to_be_focused()
    keys.press("Enter")
    at_contact(page)
    keys.press("Alt+a")
    expect(page.locator("#bar")).to_contain_text("Being helped")
    keys.press("Alt+p")
    keys.type("512 Example St")
    keys.press("Alt+t")
    keys.type("assau")
    keys.press("Enter")
    expect(page.locator("#bar h1")).to_have_text("Assault")
    expect(page.locator("#script")).to_contain_text("Are there any weapons? Who has them")
    keys.press("Alt+1")
    keys.press("Alt+l")
    keys.type("spani")
    keys.press("Tab")
    expect(page.locator("#language")).to_have_value("Spanish (español)")
    keys.press("Alt+s")
    expect(page.locator("#script")).to_contain_text("¿Dónde necesita ayuda?")
    keys.press("Alt+n")
    keys.type(f"{STATUS_WORDS}. Two men with a knife.")
    expect(page.locator("#findings")).to_contain_text("not needed, not kept")
    expect(page.locator("#note-state")).to_have_text("Draft saved")
    keys.press("Control+Enter")
    expect(page.locator("#notes")).to_contain_text("Two men with a knife.")
    expect(page.locator("#narrative")).to_have_value("")
    keys.press("Alt+u")
    keys.type("12")
    keys.press("Enter")
    for step in ("Assigned", "On the way", "On the scene", "Cleared"):
        expect(page.locator(".response .tag")).to_have_text(step)
        if step != "Cleared":
            keys.press("Alt+.")
    expect(page.locator("#fields-state")).to_have_text("All saved")
    keys.press("Alt+c")
    keys.type("report ta")
    keys.press("Enter")
    expect(page.locator("#bar")).to_contain_text("Closed: Report taken")
    assert facts(desk, key_of(page)) == "closed 01 512 Example St ASSAULT 1 es"
    assert notes(desk, key_of(page)) == ["caller says he is [removed]. Two men with a knife."]


def test_a_lost_connection_loses_nothing(
    taker: Page, desk: Service, context: BrowserContext
) -> None:
    page, keys = taker, taker.keyboard
    open_new(page)
    context.set_offline(True)
    expect(page.locator("#connection")).to_be_visible()
    keys.press("Alt+p")
    keys.type("by the boat house")
    keys.press("Alt+n")
    keys.type("She hides in the shed.")
    expect(page.locator("#fields-state")).to_contain_text("connection lost")
    keys.press("Control+Enter")
    expect(page.locator("#note-state")).to_contain_text("added as soon as it is back")
    expect(page.locator("#narrative")).to_have_value("She hides in the shed.")
    context.set_offline(False)
    expect(page.locator("#notes")).to_contain_text("She hides in the shed.")
    expect(page.locator("#connection")).to_be_hidden()
    expect(page.locator("#fields-state")).to_have_text("All saved")
    assert notes(desk, key_of(page)) == ["She hides in the shed."]
    assert "by the boat house" in facts(desk, key_of(page))


def test_a_service_that_ends_and_starts_again_loses_nothing(taker: Page, desk: Service) -> None:
    page = taker
    open_new(page)
    desk.kill()
    page.keyboard.press("Alt+n")
    page.keyboard.type("Smoke from the roof.")
    expect(page.locator("#note-state")).to_contain_text("connection lost")
    desk.start()
    expect(page.locator("#note-state")).to_have_text("Draft saved", timeout=30_000)
    page.reload()
    expect(page.locator("#narrative")).to_have_value("Smoke from the roof.")


def test_an_ended_sign_in_loses_nothing(
    taker: Page, desk: Service, context: BrowserContext
) -> None:
    page = taker
    open_new(page)
    context.clear_cookies()
    expect(page.locator("#sign-in-again")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+n")
    page.keyboard.type("He left on a red bicycle.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sign-in-again")).to_be_visible()
    with context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^Sign in")).click()
    window = opened.value
    window.locator("input[name=login]").fill("amina")
    window.locator("input[name=password]").fill(PASSWORD)
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", level=1)).to_have_text("You are signed in again")
    expect(page.locator("#sign-in-again")).to_be_hidden()
    expect(page.locator("#notes")).to_contain_text("He left on a red bicycle.")
    assert notes(desk, key_of(page)) == ["He left on a red bicycle."]


@pytest.mark.parametrize(("choice", "kept"), [("Keep theirs", "5"), ("Use mine", "2")])
def test_two_people_edit_the_same_field(
    taker: Page, desk: Service, context: BrowserContext, choice: str, kept: str
) -> None:
    page = taker
    open_new(page)
    # What the other one does comes between the last look of this page and its saving.
    page.route("**/desk/changes*", lambda route: route.fulfill(status=204))
    page.wait_for_timeout(1500)
    desk.python(
        "from safecall.contacts.actions import Actor, Changes, change\n"
        "from safecall.contacts.models import Contact\n"
        f"change(Actor.system('Dan'), Contact.objects.get(pk='{key_of(page)}'), "
        "Changes(priority=5))"
    )
    page.keyboard.press("Alt+2")
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("Priority: changed by Dan at")
    expect(dialog.get_by_role("row").last).to_contain_text("52")
    dialog.get_by_role("button", name=choice).click()
    expect(page.locator("#fields-state")).to_have_text("All saved")
    expect(page.locator(f"[name=priority][value='{kept}']")).to_be_checked()
    assert f" {kept}" in facts(desk, key_of(page))


def test_what_a_colleague_changes_appears_by_itself(taker: Page, desk: Service) -> None:
    page = taker
    open_new(page)
    desk.python(
        "from safecall.contacts.actions import *\n"
        "from safecall.contacts.models import Contact, Unit\n"
        f"c, dan = Contact.objects.get(pk='{key_of(page)}'), Actor.system('Dan')\n"
        "change(dan, c, Changes(place=Place('9 Elm St')))\n"
        "assign_unit(dan, c, Unit.objects.get(callsign='T11'))\n"
        "add_note(dan, c, 'The back door is open.')"
    )
    expect(page.get_by_label(re.compile("^Place"))).to_have_value("9 Elm St")
    expect(page.locator("#units")).to_contain_text("T11")
    expect(page.locator("#notes")).to_contain_text("The back door is open.")


def test_leaving_with_unsaved_text_is_warned_of(taker: Page, context: BrowserContext) -> None:
    page = taker
    open_new(page)
    context.set_offline(True)
    page.keyboard.press("Alt+n")
    page.keyboard.type("not yet kept")
    asked = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.get_by_role("link", name="Units").click(no_wait_after=True)
    expect(page.locator("#narrative")).to_have_value("not yet kept")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    context.set_offline(False)


def test_nothing_typed_stands_in_an_address_or_in_the_browsers_store(
    taker: Page, desk: Service
) -> None:
    page = taker
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    open_new(page)
    page.keyboard.press("Alt+p")
    page.keyboard.type("canaryplace")
    page.keyboard.press("Alt+n")
    page.keyboard.type("canarywords")
    expect(page.locator("#note-state")).to_have_text("Draft saved")
    expect(page.locator("#fields-state")).to_have_text("All saved")
    assert not [address for address in seen if "canary" in address]
    assert "canary" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "canary" not in desk.log


def test_single_keys_can_be_switched_off(taker: Page) -> None:
    page = taker
    page.keyboard.press("?")
    page.locator("#single-keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert page.url.endswith("/desk/")
    page.keyboard.press("Alt+/")
    expect(page.locator("#shortcuts")).to_be_visible()


def test_f2_and_a_letter_do_what_alt_does(taker: Page) -> None:
    open_new(taker)
    keys = taker.keyboard
    keys.press("F2")
    keys.press("n")
    expect(taker.locator("textarea").first).to_be_focused()
    keys.type("nobody")
    keys.press("F2")
    keys.press("/")
    expect(taker.locator("#shortcuts")).to_be_visible()
    keys.press("Escape")
    keys.press("F2")
    keys.press("q")
    taker.wait_for_url("**/desk/")


@pytest.mark.parametrize("width", [1280, 800])
def test_axe_finds_nothing_on_any_page(context: BrowserContext, desk: Service, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    key = desk.python(RINGS).strip()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = faults(page)

    sign_in(page, desk, "sofia")
    for name in (
        "",
        "new",
        "units",
        "wall",
        "mentions",
        "feedback",
        "staffing",
        "records",
        "signed-in",
        "nosuch",
    ):
        page.goto(f"{desk.url}/desk/{name}")
        look(name or "queue")
    page.goto(f"{desk.url}/desk/")
    page.keyboard.press("?")
    look("shortcuts")
    page.keyboard.press("Escape")
    page.locator(f"#row-{key}").click()
    at_contact(page)
    page.keyboard.press("Alt+a")
    look("contact")
    page.keyboard.press("Alt+t")
    page.keyboard.type("a")
    look("contact, searching")
    page.keyboard.press("Alt+n")
    page.keyboard.type(f"{STATUS_WORDS}. He will call ICE.")
    expect(page.locator(".finding").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note")).to_be_visible()
    page.keyboard.press("Alt+u")
    page.keyboard.type(str(width))
    page.keyboard.press("Enter")
    expect(page.locator(".response")).to_be_visible()
    page.keyboard.press("Alt+c")
    look("contact, closing")
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (768, 1024)])
def test_no_page_is_wider_than_the_screen(
    context: BrowserContext, desk: Service, size: tuple[int, int]
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, desk)
    open_new(page)
    contact = page.url
    for address in (contact, f"{desk.url}/desk/units", f"{desk.url}/desk/wall"):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{address} is {wide} points too wide"
