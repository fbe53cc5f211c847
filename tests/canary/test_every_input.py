"""The canaries typed into every input of the desk, the public form and the API, over HTTP."""

import csv
import io
import json
import logging
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from safecall.contacts.models import AnsweringPoint, Contact, Note
from safecall.desk.engagements.form import EngagementForm
from safecall.engagements import file
from safecall.engagements.models import Engagement
from safecall.people.models import SystemToken, User
from tests.canary.hidden import TEXTS, everything_stored, files_below, traces

JSON = "application/json"


@pytest.fixture
def desk(amina: User) -> Client:
    client = Client()
    client.force_login(amina)
    return client


@pytest.fixture(autouse=True)
def nothing_is_left(caplog: pytest.LogCaptureFixture, sofia: User) -> object:
    """After each test: no table, log, file or page has a trace."""
    caplog.set_level(logging.DEBUG)
    yield
    assert Contact.objects.exists(), "nothing was typed at all"
    assert traces(everything_stored()) == []
    assert traces(caplog.text) == []
    assert traces(files_below(settings.VAR_DIR)) == []
    pages = Client()
    pages.force_login(sofia)
    shown = [
        pages.get("/desk/"),
        pages.get("/desk/mentions"),
        pages.get("/desk/wall"),
        pages.get("/desk/engagements"),
    ]
    shown += [pages.get(f"/desk/contact/{contact.pk}") for contact in Contact.objects.all()[:40]]
    for page in shown:
        assert page.status_code == 200
        assert traces(page.content.decode()) == []


def test_the_form_for_a_new_contact(desk: Client, answering_point: AnsweringPoint) -> None:
    for text in TEXTS:
        typed = {"place_words": text, "callback": text, "channel": "911", "id": str(uuid4())}
        desk.post("/desk/new", typed)
    assert Contact.objects.count() == len(TEXTS)


def test_the_fields_and_the_narrative_of_a_contact(desk: Client, contact: Contact) -> None:
    at = f"/desk/contact/{contact.pk}"
    for text in TEXTS:
        words = ("place_words", "callback", "caller_name", "concern_who", "concern_where")
        desk.post(f"{at}/change", dict.fromkeys(words, text) | {"for_whom": "other"})
        desk.post("/desk/screen", {"text": text, "save": "1", "contact": str(contact.pk)})
        desk.post(f"{at}/note", {"narrative": text})
    assert Note.objects.count() == len(TEXTS)


@pytest.mark.parametrize(
    "name", ["incident_type", "language", "priority", "disposition", "unit", "answering_point"]
)
def test_an_input_that_takes_codes_alone(name: str, desk: Client, contact: Contact) -> None:
    at = f"/desk/contact/{contact.pk}"
    for text in TEXTS[::10]:
        for door in ("change", "close", "assign", "transfer"):
            desk.post(f"{at}/{door}", {name: text})
    desk.post("/desk/records", {"number": TEXTS[0]})


def test_the_public_report_and_what_is_added_to_it(answering_point: AnsweringPoint) -> None:
    visitor = Client()
    words = ("story", "when", "place", "who", "who_where", "reach", "called")
    for number, text in enumerate(TEXTS):
        visitor.post("/report", {"story": text, "for_whom": "other"})
        sent = dict.fromkeys(words, text[:200])
        visitor.post(
            "/report/details",
            sent | {"for_whom": "other", "kind": "damage", "once": f"{number:032x}", "calm": "1"},
        )


def test_every_field_of_an_engagement(desk: Client, contact: Contact) -> None:
    """By the page, a spreadsheet and the API: a record takes codes and numbers, no words."""
    _, secret = SystemToken.issue("Test RMS", list(SystemToken.SCOPES))
    system = Client(headers={"authorization": f"Bearer {secret}"})
    begun = {name: file.EXAMPLES[0][name] for name in file.REQUIRED if name != "key"}
    for text in TEXTS[::10]:  # nothing is stored of any, so a tenth shows it
        every = dict.fromkeys(EngagementForm.base_fields, text[:400])
        assert desk.post("/desk/engagements/new", every | {"record": "1"}).status_code == 422
        last = {**begun, "offense_code": text, "task_force": text, "contact_number": text}
        last |= {"shown": "every", "record": "1"}
        assert desk.post("/desk/engagements/new", last).status_code == 422
        assert desk.post("/desk/engagements/ask", dict.fromkeys(begun, text)).status_code == 422
        refused = system.post("/api/v1/engagements", json.dumps(every), JSON)
        assert refused.status_code == 422
        assert traces(refused.content.decode()) == []
        out = io.StringIO()
        sheet = csv.DictWriter(out, [*file.COLUMNS, "citizenship"])
        sheet.writeheader()
        sheet.writerow(dict.fromkeys(file.COLUMNS, text) | {"citizenship": text})
        faults = file.read(out.getvalue().encode()).faults
        assert faults
        assert traces(" ".join(map(str, faults))) == []
    assert not Engagement.objects.exists()


def test_the_api(answering_point: AnsweringPoint) -> None:
    _, secret = SystemToken.issue("Test CAD", list(SystemToken.SCOPES))
    client = Client(headers={"authorization": f"Bearer {secret}"})
    for text in TEXTS:
        body = {
            "channel": "911",
            "answering_point": answering_point.code,
            "narrative": text,
            "place": {"words": text},
            "caller_name": text,
            "callback": text,
            "concern": {"for_whom": "other", "who": text, "where": text},
        }
        opened = client.post("/api/v1/contacts", json.dumps(body), JSON)
        assert opened.status_code == 201, opened.content
        at = f"/api/v1/contacts/{opened.json()['id']}"
        added = client.post(f"{at}/notes", json.dumps({"text": text}), JSON)
        assert added.status_code == 201
        assert traces(opened.content.decode() + added.content.decode()) == []
        # A field that asks for it does not exist, and its value is not repeated.
        refused = client.post("/api/v1/contacts", json.dumps(body | {"citizenship": text}), JSON)
        assert refused.status_code == 422
        assert traces(refused.content.decode()) == []
