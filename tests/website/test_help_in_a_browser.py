"""Who can help, on a telephone with JavaScript switched off; and checked for accessibility."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import faults
from tests.support.service import Service

KEPT = """
from safecall.referrals.models import Referral
last = Referral.objects.order_by("-id")[:2]
print([(one.service.name, one.outcome, one.told_by) for one in reversed(last)])
"""
WORDS = {
    "en": ("Find help", "Give me a code", "Go on", "Tell us", "No one could be reached"),
    "es": ("Buscar ayuda", "Deme un código", "Seguir", "Decirlo", "No se pudo hablar"),
}


def test_from_plain_words_to_who_is_next_without_javascript(
    department: Service, browser: Browser
) -> None:
    telephone = {"width": 320, "height": 640}
    with browser.new_context(
        viewport=telephone,
        java_script_enabled=False,
        locale="en-US",  # type: ignore[arg-type]
    ) as context:
        page = context.new_page()

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth") <= telephone["width"]

        page.goto(department.url)
        page.get_by_role("link", name="Find who can help").click()
        page.get_by_label("What do you need?").fill("zanzibar my landlord wants to evict me")
        page.get_by_label("What do you need?").press("Enter")
        expect(page.get_by_role("heading", name="They may help you")).to_be_visible()
        fits()
        assert page.url.endswith("/help")
        page.get_by_role("link", name="Legal aid for immigration questions").click()
        expect(page.get_by_text("We have no number that we checked.")).to_be_visible()
        expect(page.get_by_text("This is not legal advice.")).to_be_visible()
        page.get_by_role("button", name="Give me a code").click()
        code = page.locator(".code").inner_text()
        fits()
        page.locator("details.languages summary").click()
        page.get_by_role("button", name="Español").click()
        expect(page.locator(".code")).to_have_text(code)
        page.get_by_role("link", name="Dónde usar el código").click()
        page.get_by_label("Su código").fill(code.lower())
        page.get_by_label("Su código").press("Enter")
        page.get_by_label("No se pudo hablar con nadie").check()
        fits()
        page.get_by_role("button", name="Decirlo").click()
        expect(page.get_by_role("heading", name="Quién puede ayudar ahora")).to_be_visible()
        expect(page.get_by_role("link", name="Llamar al 211")).to_have_attribute("href", "tel:211")
        assert context.cookies() == []
    kept = department.python(KEPT)
    assert kept.strip() == str(
        [
            ("Legal aid for immigration questions", "not_reached", "person"),
            ("211 help line", "", ""),
        ]
    )
    assert "zanzibar" not in department.log
    assert code not in department.log


@pytest.mark.parametrize(("lang", "width"), [("en", 390), ("es", 1280)])
def test_axe_finds_nothing(department: Service, browser: Browser, lang: str, width: int) -> None:
    find, give, go_on, tell, nobody = WORDS[lang]
    seen: dict[str, list[Any]] = {}
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()

        def check(name: str) -> None:
            if found := faults(page):
                seen[name] = found

        def press(name: str) -> None:
            page.get_by_role("main").get_by_role("button", name=name).click()

        page.goto(f"{department.url}/{lang}/help")
        check("help")
        page.locator("[name=words]").fill("x" * 501)
        press(find)
        check("help with errors")
        page.locator("[name=words]").fill("xyzzy")
        page.locator("[name=place]").fill("Atlantis")
        page.locator("[name=language]").select_option("so")
        press(find)
        check("nothing known")
        page.locator("[name=words]").fill("he has a gun")
        press(find)
        check("danger")
        page.locator(".service h3 a").last.click()
        check("service")
        press(give)
        check("code")
        code = page.locator(".code").inner_text()
        page.goto(f"{department.url}/{lang}/referral")
        check("referral")
        press(go_on)
        check("referral with errors")
        page.locator("[name=code]").fill(code)
        press(go_on)
        check("outcome")
        press(tell)
        check("outcome with errors")
        while page.get_by_label(re.compile(nobody)).count():
            page.get_by_label(re.compile(nobody)).check()
            press(tell)
            check("who is next")
    assert seen == {}
