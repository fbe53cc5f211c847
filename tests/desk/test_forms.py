"""The clerk's page of the states' forms, in Chromium: by keyboard, and without a fault by axe."""

from playwright.sync_api import BrowserContext, expect

from tests.desk.conftest import sign_in
from tests.support.browser import faults
from tests.support.service import Service

RECORDS = """
from datetime import UTC, datetime
import time_machine
from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import User
from tests.accountability.department import DETAINER, HELPED, recorded
sofia = User.objects.filter(role="supervisor").first()
with time_machine.travel(datetime(2025, 1, 2, 18, tzinfo=UTC)):
    open_contact(Actor.system("CAD"), ContactOpening("911", AnsweringPoint.objects.first()))
recorded(sofia, "2025-02-10", DETAINER)
recorded(sofia, "2025-03-10", HELPED)
"""


def test_a_form_is_found_filled_and_read(context: BrowserContext, desk: Service) -> None:
    desk.python(RECORDS)
    page = context.new_page()
    sign_in(page, desk, "sofia", to="/desk/forms")
    seen = {"list": faults(page)}
    page.get_by_role("link", name="Illinois TRUST Act").click()
    page.get_by_label("From (first day of a month)").fill("2025-01-01")
    page.get_by_label("To (last day of a month)").fill("2025-12-31")
    page.get_by_role("button", name="Fill for this time").press("Enter")
    expect(page.get_by_role("cell", name="E-2025-0001").first).to_be_visible()
    expect(page.get_by_text("No bail is kept here.")).to_be_visible()
    seen["form"] = faults(page)
    page.get_by_label("From (first day of a month)").fill("2025-01-05")
    page.get_by_role("button", name="Fill for this time").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("whole months")
    expect(page.get_by_label("From (first day of a month)")).to_have_value("2025-01-05")
    seen["wrong"] = faults(page)
    assert seen == {"list": [], "form": [], "wrong": []}
