"""An immigration question during a contact: told, or texted, and nothing kept about the caller."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.people.models import User
from safecall.referrals import texting
from safecall.referrals.actions import (
    OrganizationData,
    PhoneData,
    ServiceData,
    keep_service,
    standing,
)
from safecall.referrals.models import Referral, Service
from safecall.referrals.seed import seed, seed_id
from tests.website.reading import text

SignedIn = Callable[[User], Client]
CALLER = "(218) 555-0177"


@pytest.fixture
def call(amina: User, answering_point: AnsweringPoint) -> Contact:
    opening = ContactOpening("911", answering_point, language="so", answered=True)
    return open_contact(Actor.staff(amina), opening).contact


@pytest.fixture
def lawyers(ruth: User) -> Service:
    """Lawyers who speak Somali and whom a clerk has asked."""
    seed()
    data = ServiceData(
        seed_id("legal-aid"),
        OrganizationData("Invented Legal Aid"),
        "Invented legal aid",
        kind="legal_aid",
        needs=("immigration", "legal"),
        languages=("en", "so"),
        phones=(PhoneData("218 555 0150"),),
        onward=(seed_id("211"),),
    )
    return keep_service(Actor.staff(ruth), data, confirmed=True)


@pytest.fixture
def texts(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Texts go to a file."""
    settings.TEXT_PROVIDER, settings.VAR_DIR = "file", tmp_path  # type: ignore[attr-defined]
    return tmp_path / texting.FILE_NAME


def _address(call: Contact) -> str:
    return reverse("desk:refer", args=[call.pk])


@pytest.mark.usefixtures("lawyers")
def test_who_speaks_the_callers_language_comes_first(
    signed_in: SignedIn, amina: User, call: Contact
) -> None:
    page = text(signed_in(amina).get(_address(call)))
    assert "Invented legal aid speaks Somali" in page
    assert "(218) 555-0150" in page
    assert page.index("Invented legal aid") < page.index("Office of a United States senator")
    assert "No confirmed number" in page
    assert "Hospital" not in page


def test_told_keeps_the_service_alone(
    signed_in: SignedIn, amina: User, call: Contact, lawyers: Service
) -> None:
    before = call.history.count()
    page = text(signed_in(amina).post(_address(call), {"told": lawyers.pk, "number": CALLER}))
    assert "noted as told" in page
    kept = Referral.objects.get()
    assert (kept.service, kept.source, kept.outcome) == (lawyers, "desk", "")
    assert call.history.count() == before
    assert str(call.pk) not in str(Referral.objects.values())


def test_the_text_goes_out_in_the_callers_words_and_the_number_is_not_kept(
    signed_in: SignedIn, amina: User, call: Contact, lawyers: Service, texts: Path
) -> None:
    answer = signed_in(amina).post(_address(call), {"text": lawyers.pk, "number": CALLER})
    assert "texted" in text(answer)
    assert CALLER not in answer.content.decode()
    sent = json.loads(texts.read_text())
    assert sent["to"] == "not kept"
    lines = sent["text"].splitlines()
    assert lines[0] == "Invented legal aid"
    with translation.override("so"):
        assert gettext("Call %(number)s") % {"number": "(218) 555-0150"} in lines
        assert gettext("This is not legal advice.") in lines
        code = lines[-1].removeprefix(gettext("Your code: %(code)s") % {"code": ""})
    assert "This is not legal advice." not in lines, "in English"
    there = standing(code)
    assert there
    assert there.referral == Referral.objects.get()
    assert "5550177" not in texts.read_text() + _whole_database()


def _whole_database() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "".join(found)


@pytest.mark.parametrize("number", ["", "12", "call me"])
def test_a_number_that_cannot_be_texted_is_told(
    number: str, signed_in: SignedIn, amina: User, call: Contact, lawyers: Service, texts: Path
) -> None:
    answer = signed_in(amina).post(_address(call), {"text": lawyers.pk, "number": number})
    assert "This is no number to text." in text(answer)
    assert f'value="{number}"' in answer.content.decode()
    assert not texts.exists()


@pytest.mark.usefixtures("lawyers")
@pytest.mark.parametrize("service", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_service_that_is_not_there_is_told(
    service: str, signed_in: SignedIn, amina: User, call: Contact
) -> None:
    answer = signed_in(amina).post(_address(call), {"told": service})
    assert answer.status_code == 422
    assert not Referral.objects.exists()


def test_an_empty_directory_still_has_an_answer(
    signed_in: SignedIn, amina: User, call: Contact
) -> None:
    assert 'Say "call 211"' in text(signed_in(amina).get(_address(call)))


def test_the_provider_gets_number_and_words_signed(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TEXT_PROVIDER = "https://texts.example/send"  # type: ignore[attr-defined]
    settings.TEXT_SECRET = "invented"  # type: ignore[attr-defined]
    sent: list[httpx.Request] = []

    def answer(status: int) -> None:
        def post(url: str, **options: object) -> httpx.Response:
            options.pop("timeout")
            request = httpx.Request("POST", url, **options)  # type: ignore[arg-type]
            sent.append(request)
            return httpx.Response(status, request=request)

        monkeypatch.setattr(httpx, "post", post)

    answer(202)
    texting.send(CALLER, "Call 211")
    assert json.loads(sent[0].content) == {"to": "+12185550177", "text": "Call 211"}
    assert sent[0].headers[texting.SIGNATURE].startswith("t=")
    answer(500)
    with pytest.raises(texting.NotSent) as failed:
        texting.send(CALLER, "Call 211")
    assert "5550177" not in str(failed.value)
    assert failed.value.__suppress_context__


def test_without_a_provider_nothing_offers_to_text(
    signed_in: SignedIn, amina: User, call: Contact, lawyers: Service, settings: object
) -> None:
    settings.TEXT_PROVIDER = ""  # type: ignore[attr-defined]
    assert "Text it" not in text(signed_in(amina).get(_address(call)))
    with pytest.raises(texting.NotSent, match="Read the number out"):
        texting.send(CALLER, "Call 211")


def test_a_records_clerk_is_not_offered_it(
    signed_in: SignedIn, ruth: User, call: Contact, lawyers: Service
) -> None:
    assert signed_in(ruth).get(_address(call)).status_code == 403
