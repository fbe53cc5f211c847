"""An immigration question by one key in Chromium, and what the clerk keeps."""

import re

from playwright.sync_api import Page, expect

from tests.desk.conftest import open_new
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
