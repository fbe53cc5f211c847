"""Who can help: found in plain words, with nothing kept; and a code that leads on."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from safecall.contacts.actions import Actor
from safecall.people.models import User
from safecall.referrals.actions import OrganizationData, PhoneData, ServiceData, keep_service
from safecall.referrals.models import Referral, Service
from safecall.referrals.seed import seed, seed_id
from safecall.vocabulary.written import BY_TAG
from safecall.website import opening_hours
from safecall.website.catalogues import path
from safecall.website.models import Tries
from tests.website.messages import read
from tests.website.pages import LANGUAGES
from tests.website.reading import code, text, text_in
from tests.website.test_every_language import is_valid

ADDRESSES = ["/help", "/en/help", "/es/help", f"/help/{seed_id('legal-aid')}", "/referral"]


@pytest.fixture
def directory(db: None) -> None:
    seed()


@pytest.fixture
def clinic(directory: None, ruth: User) -> Service:
    """A service that a clerk has confirmed."""
    data = ServiceData(
        uuid4(),
        OrganizationData("Invented Clinic"),
        "Invented clinic",
        kind="hospital",
        needs=("health",),
        languages=("en", "so"),
        hours="Mo-Fr 08:00-16:30",
        phones=(PhoneData("218 555 0142"),),
        onward=(seed_id("211"),),
    )
    return keep_service(Actor.staff(ruth), data, confirmed=True)


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("address", ADDRESSES)
def test_it_needs_no_cookie_no_script_and_is_kept_by_nobody(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert "<script" not in page
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("I have nowhere to sleep tonight", "Shelter in Duluth"),
        ("no tengo papeles y necesito un abogado", "Legal aid for immigration questions"),
        ("I want to die", "988 crisis line"),
        ("USCIS does not answer", "Office of a United States senator"),
    ],
)
def test_plain_words_find_who_helps(visitor: Client, words: str, first: str) -> None:
    page = text(visitor.post("/help", {"words": words}))
    assert first in page
    assert "Hospital emergency room" not in page


@pytest.mark.usefixtures("directory")
def test_unknown_words_show_everyone(visitor: Client) -> None:
    page = text(visitor.post("/help", {"words": "xyzzy"}))
    assert "We did not know these words" in page
    assert all(str(one.name) in page for one in Service.objects.all())


@pytest.mark.usefixtures("directory")
def test_words_of_danger_show_911_first(visitor: Client) -> None:
    page = text(visitor.post("/help", {"words": "he has a gun"}))
    assert page.index("Are you in danger now?") < page.index("They may help you")


@pytest.mark.usefixtures("directory")
def test_what_is_typed_is_in_no_address_and_no_table(visitor: Client) -> None:
    answer = visitor.post("/help", {"words": "lawyer zanzibar", "place": "Duluth"})
    assert "zanzibar" not in "".join(f"{k}{v}" for k, v in answer.headers.items())
    assert answer.status_code == 200
    assert not Referral.objects.exists()
    assert not Tries.objects.exists()


@pytest.mark.usefixtures("directory")
def test_no_number_is_shown_that_nobody_confirmed(visitor: Client) -> None:
    page = visitor.get("/help").content.decode()
    assert set(re.findall(r'href="(?:tel|sms):([^"]+)"', page)) == {"911", "211", "988"}
    assert "464-5095" not in page
    assert "We have no number that we checked. Call 211" in text(visitor.get("/help"))


def test_a_confirmed_number_is_shown_with_its_day_and_its_age(
    visitor: Client, clinic: Service
) -> None:
    page = text(visitor.get(f"/help/{clinic.pk}"))
    assert "Call (218) 555-0142" in page
    assert "Soomaali" in page
    assert "Mon – Fri: 8:00" in page
    assert "more than 90 days ago" not in page
    long_ago = timezone.localdate() - timedelta(days=91)
    Service.objects.filter(pk=clinic.pk).update(confirmed_on=long_ago)
    assert "more than 90 days ago" in text(visitor.get(f"/help/{clinic.pk}"))


@pytest.mark.usefixtures("clinic")
def test_who_speaks_the_language_comes_first(visitor: Client) -> None:
    page = text(visitor.post("/help", {"language": "so", "need": "health"}))
    assert page.index("Invented clinic") < page.index("Hospital emergency room")
    page = text(visitor.post("/help", {"language": "om"}))
    assert "We know of no one who speaks this language." in page


@pytest.mark.usefixtures("directory")
def test_how_far_it_is_about(visitor: Client) -> None:
    page = text(visitor.post("/help", {"need": "shelter", "place": "Two Harbors"}))
    assert re.search(r"about \d+ miles away", page)
    assert "We do not know this place" in text(visitor.post("/help", {"place": "Atlantis"}))
    page = text(visitor.post("/help", {"need": "federal", "place": "Duluth"}))
    assert "We do not know where they are" in page


@pytest.mark.usefixtures("directory")
def test_not_legal_advice_stands_where_it_belongs(visitor: Client) -> None:
    told = "This is not legal advice."
    assert told in text(visitor.post("/help", {"need": "immigration"}))
    assert told in text(visitor.get(f"/help/{seed_id('legal-aid')}"))
    assert told not in text(visitor.get(f"/help/{seed_id('988')}"))
    office = text(visitor.get(f"/help/{seed_id('senator-1')}"))
    assert "They do not give legal advice." in office


def test_an_empty_list_still_says_whom_to_call(visitor: Client) -> None:
    page = visitor.get("/help")
    assert "Our list is empty for now" in text(page)
    assert 'href="tel:211"' in page.content.decode()


@pytest.mark.usefixtures("directory")
def test_what_was_typed_stays_in_another_language(visitor: Client) -> None:
    page = visitor.post("/es/help", {"words": "a lawyer", "keep": "1"}).content.decode()
    assert 'value="a lawyer"' in page
    assert "¿Qué necesita?" in page


@pytest.mark.usefixtures("directory")
def test_too_much_is_told_and_kept(visitor: Client) -> None:
    response = visitor.post("/help", {"words": "x" * 501, "need": "gold"})
    assert response.status_code == 422
    assert "1 character too long" in text(response)
    assert "x" * 501 in response.content.decode()


def test_a_service_that_is_gone_is_no_page(visitor: Client, clinic: Service) -> None:
    Service.objects.filter(pk=clinic.pk).update(active=False)
    assert visitor.get(f"/help/{clinic.pk}").status_code == 404
    assert visitor.get(f"/help/{uuid4()}").status_code == 404


def test_a_code_leads_on_when_nobody_could_be_reached(visitor: Client, clinic: Service) -> None:
    given = visitor.post(f"/help/{clinic.pk}", {"give": "1"})
    mine = code(given)
    kept = visitor.post(f"/es/help/{clinic.pk}", {"shown": "1", "code": mine})
    assert code(kept) == mine
    asked = text(visitor.post("/referral", {"code": mine.lower()}))
    assert "Invented clinic" in asked
    sent = {"code": mine, "tell": "1", "told_by": "person", "outcome": "not_reached"}
    told = text(visitor.post("/referral", sent))
    assert "This is who can help next" in told
    assert "211 help line" in told
    assert "Call 211" in told
    end = text(visitor.post("/referral", sent))
    assert "They take everyone who calls" in end
    assert Referral.objects.count() == 2


def test_the_office_says_that_it_helped(visitor: Client, clinic: Service) -> None:
    mine = code(visitor.post(f"/help/{clinic.pk}", {"give": "1"}))
    sent = {"code": mine, "tell": "1", "told_by": "office", "outcome": "helped"}
    assert "We are glad that they helped." in text(visitor.post("/referral", sent))
    again = text(visitor.post("/referral", {"code": mine}))
    assert "We are glad that they helped." in again
    told = Referral.objects.get()
    assert (told.outcome, told.told_by) == ("helped", "office")


def test_no_answer_is_no_outcome(visitor: Client, clinic: Service) -> None:
    mine = code(visitor.post(f"/help/{clinic.pk}", {"give": "1"}))
    response = visitor.post("/referral", {"code": mine, "tell": "1"})
    assert response.status_code == 422
    assert "Please choose one answer." in text(response)
    assert Referral.objects.get().outcome == ""


@pytest.mark.usefixtures("directory", "one_hour")
def test_a_wrong_code_is_told_and_counted(visitor: Client) -> None:
    wrong = {"code": "00000-00000-00000-00000"}
    assert visitor.post("/referral", wrong).status_code == 422
    for _ in range(20):
        last = visitor.post("/referral", wrong)
    assert last.status_code == 429
    assert "Too many wrong codes" in text(last)


def test_a_change_of_the_directory_shows_at_once(
    visitor: Client, ruth: User, clinic: Service
) -> None:
    """The list is kept for others who ask in the same minute, but not longer than it is true."""
    with time_machine.travel(timezone.now(), tick=False):
        assert "Invented clinic" in text(visitor.get("/en/help"))
        assert "Invented clinic" in text(visitor.get("/es/help"))
        data = ServiceData(
            clinic.pk,
            OrganizationData("Invented Clinic"),
            "Another name",
            takes_everyone=True,
            phones=(PhoneData("218 555 0142"),),
        )
        keep_service(Actor.staff(ruth), data, confirmed=True)
        shown = text(visitor.get("/en/help"))
        assert "Another name" in shown
        assert "Invented clinic" not in shown


def test_open_now_is_of_this_minute(visitor: Client, clinic: Service) -> None:
    monday = datetime(2026, 11, 30, 16, 29, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(monday, tick=False) as clock:
        assert _facts(visitor, clinic) == "open now"
        clock.shift(60)
        assert _facts(visitor, clinic) == "closed now"


def _facts(visitor: Client, clinic: Service) -> str:
    """What /help says of the clinic's hours at this moment."""
    card = visitor.get("/en/help").content.decode().partition(f"/help/{clinic.pk}")[2]
    found = re.search(r"(open|closed) now", card)
    assert found
    return found[0]


def test_hours_in_the_language_of_the_page() -> None:
    with translation.override("es"):
        assert opening_hours.lines("Mo-Fr 08:00-16:30; Sa 22:00-24:00")[0].startswith("lun – vie: ")
    assert opening_hours.lines("always") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_it_is_valid_in_every_language(
    visitor: Client, clinic: Service, lang: str
) -> None:
    Service.objects.filter(pk=clinic.pk).update(
        confirmed_on=timezone.localdate().replace(year=2020)
    )
    at = f"/{lang}/help/{clinic.pk}"
    given = visitor.post(at, {"give": "1"})
    mine = code(given)
    tell_it = {"code": mine, "tell": "1", "told_by": "person", "outcome": "not_reached"}
    pages = [
        visitor.get(f"/{lang}/help"),
        visitor.post(f"/{lang}/help", {"words": "xyzzy", "place": "Duluth", "language": "om"}),
        visitor.post(f"/{lang}/help", {"words": "x" * 501, "need": "gold"}),
        visitor.get(at),
        given,
        visitor.post(f"/{lang}/referral", {"code": mine}),
        visitor.post(f"/{lang}/referral", {"code": mine, "tell": "1"}),
        visitor.post(f"/{lang}/referral", tell_it),
        visitor.post(f"/{lang}/referral", tell_it),
        visitor.post(f"/{lang}/referral", {"code": "12345"}),
    ]
    for page in pages:
        is_valid(page.content.decode())
        assert page.headers["Cache-Control"] == "no-store"
    english = [
        message.id
        for message in (read(path(BY_TAG[lang])) if lang != "en" else ())
        if isinstance(message.id, str) and len(message.id.split()) > 3
    ]
    # Names of offices stand as they are.
    names = " ".join(str(one.name) for one in Service.objects.all())
    english = [one for one in english if one not in names]
    for page in pages:
        shown = text_in(lang, page)
        assert [one for one in english if one in shown] == []


@pytest.mark.usefixtures("directory")
def test_as_many_queries_with_many_services_as_with_few(visitor: Client, ruth: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert visitor.post("/help", {"words": "lawyer"}).status_code == 200
            assert visitor.get(f"/help/{seed_id('senator-1')}").status_code == 200
        return len(counted)

    def add(number: int) -> None:
        data = ServiceData(
            uuid4(),
            OrganizationData(f"Invented Office {number}"),
            f"Invented office {number}",
            needs=("legal",),
            phones=(PhoneData("218 555 0142"),),
            onward=(seed_id("211"),),
        )
        keep_service(Actor.staff(ruth), data)

    visitor.get("/help")
    add(0)  # what changed is read anew
    before = queries()
    for number in range(1, 30):
        add(number)
    assert queries() == before
