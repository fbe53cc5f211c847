"""The guided page and the mentions in Chromium: by keyboard, nothing lost, axe finds nothing."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.conftest import sign_in
from tests.support.browser import faults
from tests.support.service import Service

MENTION = """
from safecall.contacts.actions import Actor, ContactOpening, add_note, open_contact
from safecall.contacts.models import AnsweringPoint
point = AnsweringPoint.objects.get(code="test-911")
contact = open_contact(Actor.system("CAD"), ContactOpening("911", point)).contact
print(add_note(Actor.system("CAD"), contact, "He threatens to call ICE on her.").note.pk)
"""


def wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus, as a keyboard's user does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_recorded_by_keyboard_alone(context: BrowserContext, desk: Service) -> None:
    page = context.new_page()
    sign_in(page, desk, "amina", "/desk/engagements")
    tab_to(page, 'a[href="/desk/engagements/new"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/engagements/new")
    tab_to(page, "[name=direction]")
    page.keyboard.press("ArrowDown")  # the second: we contacted them
    page.keyboard.press("Tab")
    page.keyboard.type("Border")
    page.keyboard.press("Tab")
    page.keyboard.type("A criminal")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first role: a suspect
    tab_to(page, "button[name=next]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=continues]")).to_be_visible()
    assert faults(page) == []
    tab_to(page, "[name=offense_code]")
    page.keyboard.type("theft")
    page.keyboard.press("Enter")  # records, and is told what is missing
    expect(page.locator("#id_happened_at_error")).to_be_visible()
    assert faults(page) == []
    expect(page.locator("[name=offense_code]")).to_have_value("theft")
    page.locator("[name=happened_at]").fill("2026-11-02T10:30")
    page.locator("[name=offense_code]").fill("609.52")
    for name, value in (("offense_level", "felony"), ("stage", "charged"), ("continues", "yes")):
        page.locator(f"[name={name}]").select_option(value)
    tab_to(page, "button.button-primary[name=record]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/engagements/[0-9a-f-]{36}$"))
    expect(page.locator("h1")).to_contain_text("E-2026-")
    expect(page.locator(".track-investigation")).to_contain_text("It goes on")
    expect(page.locator(".track-authority")).to_contain_text("Border Patrol")
    # Late and without approval: recorded all the same.
    expect(page.locator("main")).to_contain_text("Recorded later than five business days")
    left, right = (
        page.locator(f".track-{name}").bounding_box() for name in ("investigation", "authority")
    )
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"], "the tracks stand side by side"


@pytest.mark.parametrize("width", [1280, 700])
def test_axe_finds_nothing(context: BrowserContext, desk: Service, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    note = desk.python(MENTION).split()[-1]
    sign_in(page, desk, "sofia", "/desk/mentions")
    found = {"mentions": faults(page)}
    form = page.locator(f"form:has([name=note][value='{note}'])")
    form.get_by_role("button", name="Settle").click()
    expect(page.locator(f"#wrong-{note}")).to_contain_text("Choose why this is no engagement")
    found["mentions, wrong"] = faults(page)
    form.locator("select").select_option("threat_by_others")
    form.get_by_role("button", name="Settle").click()
    expect(page.locator(f"[name=note][value='{note}']")).to_have_count(0)
    for name in ("engagements", "engagements/new", "engagements/ask", "engagements/import"):
        page.goto(f"{desk.url}/desk/{name}")
        found[name] = faults(page)
        assert wide(page) <= 0, name
    page.goto(f"{desk.url}/desk/engagements/new")
    page.locator("[name=direction][value=inbound_request]").check()
    page.locator("[name=authority]").select_option("ICE_ERO")
    page.locator("[name=purpose_class]").select_option("civil_immigration_enforcement")
    page.locator("[name=subject_role][value=arrestee]").check()
    page.locator("[name=next]").click()
    page.locator("[name=every]").click()
    page.locator("[name=happened_at]").fill("2026-11-20T10:30")
    page.locator("[name=decision]").select_option("granted_full")
    found["all questions"] = faults(page)
    assert wide(page) <= 0
    page.locator("button.button-primary[name=record]").click()
    page.wait_for_url(re.compile(r".*/engagements/[0-9a-f-]{36}$"))
    for summary in page.locator(".track summary").all():
        summary.click()
    found["engagement"] = faults(page)
    assert wide(page) <= 0
    page.get_by_role("link", name="Amend").click()
    found["amend"] = faults(page)
    page.goto(f"{desk.url}/desk/engagements")
    found["list with findings"] = faults(page)
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_a_finding_pages_a_supervisor_whose_page_is_open(
    context: BrowserContext, desk: Service
) -> None:
    page = context.new_page()
    sign_in(page, desk, "sofia", "/desk/units")
    link = page.locator('.site-nav a[href="/desk/engagements"]')
    before = link.inner_text()
    desk.python(
        "from tests.engagements.said import about_a_suspect\n"
        "from safecall.contacts.actions import Actor\n"
        "from safecall.engagements.actions import record\n"
        "record(Actor.system('RMS'), about_a_suspect(held_minutes=5))"
    )
    expect(link).not_to_have_text(before)
    expect(page.locator("#waiting")).to_contain_text("Engagements: ")
