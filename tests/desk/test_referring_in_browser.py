"""An immigration question by one key in Chromium, and what the clerk keeps."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.desk.conftest import open_new, sign_in
from tests.desk.test_interpreting_in_browser import faults
from tests.support.service import Service


def test_one_key_opens_it_and_the_note_stays(desk: Service, taker: Page) -> None:
    desk.command("referrals", "start")
    open_new(taker)
    taker.keyboard.press("Alt+n")
    taker.keyboard.type("Asks about a paper of her brother.")
    taker.keyboard.press("Alt+r")
    panel = taker.locator("#referral")
    expect(panel).to_contain_text("Office of a United States senator")
    expect(panel.locator(".dial-string")).to_have_text(["211"])
    assert faults(taker) == []
    panel.get_by_role("button", name=re.compile("I told them.*211 help line")).click()
    expect(panel).to_contain_text("noted as told")
    expect(panel.locator(".referral-code")).to_be_visible()
    panel.get_by_label("If they wish, text it to").fill("(218) 555-0177")
    panel.get_by_role("button", name=re.compile("Text it.*Legal aid")).click()
    expect(panel).to_contain_text("The number was used once and is not kept.")
    expect(panel.get_by_label("If they wish, text it to")).to_have_value("")
    assert faults(taker) == []
    expect(taker.locator("textarea[name=narrative]")).to_have_value(
        "Asks about a paper of her brother."
    )
    texts = (desk.folder / "texts.jsonl").read_text()
    assert "Call 211 and ask for this office." in texts
    assert "555" not in texts
    assert "0177" not in desk.log


def test_the_clerk_confirms_with_one_key(desk: Service, context: BrowserContext) -> None:
    desk.command("referrals", "start")
    page = context.new_page()
    sign_in(page, desk, "ruth", to="/desk/directory")
    waiting = page.get_by_role("region", name="To ask and confirm").locator("tbody tr")
    before = waiting.count()
    found = {"list": faults(page)}
    page.keyboard.press("y")
    expect(waiting).to_have_count(before - 1)
    page.get_by_role("link", name="Legal aid for immigration questions").first.click()
    expect(page.locator(".chain")).to_contain_text("└─ 211 help line – takes everyone")
    found["service"] = faults(page)
    page.get_by_label("Weekly hours").fill("nine to five")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Write hours as")).to_be_visible()
    found["service with errors"] = faults(page)
    page.goto(f"{desk.url}/desk/directory/import")
    content = {"name": "x.json", "mimeType": "application/json", "buffer": b"[{}]"}
    page.get_by_label("Open Referral HSDS 3.0").set_input_files(files=[content])
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="to be put right; nothing was kept")).to_be_visible()
    found["file with errors"] = faults(page)
    assert {name: bad for name, bad in found.items() if bad} == {}
