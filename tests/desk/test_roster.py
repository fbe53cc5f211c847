"""The roster's pages: people, lines, other times, and a spreadsheet with its preview."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safecall.contacts.models import Contact
from safecall.interpreting import roster_file
from safecall.interpreting.models import Availability, Interpreter, InterpreterRequest, Vendor
from safecall.people.models import User
from tests.website.reading import text

SignedIn = Callable[[User], Client]
PERSON = {
    "code": "so-1",
    "name": "Hodan Invented",
    "kind": "roster",
    "telephone": "218 555 0101",
    "modalities": ["telephone", "video"],
    "hours": "mo-fr 8:00-17:00",
    "active": "on",
    "s-TOTAL_FORMS": "2",
    "s-INITIAL_FORMS": "0",
    "s-0-language": "Somali (Soomaali)",
    "s-0-source": "ilr",
    "s-0-level": "3",
    "s-1-language": "",
}
LINE = {
    "code": "line-1",
    "name": "Invented Line",
    "dial_string": "+18005550101,,1",
    "languages": "*",
    "hours": "always",
    "rank": "1",
    "modalities": ["telephone"],
    "active": "on",
}


@pytest.fixture
def client(signed_in: SignedIn, sofia: User) -> Client:
    return signed_in(sofia)


def test_an_empty_roster_says_what_to_do(client: Client) -> None:
    page = text(client.get("/desk/roster"))
    assert "Enter the first interpreter, or start from a spreadsheet" in page
    assert "No line yet" in page


def test_somebody_is_entered_shown_and_changed(client: Client) -> None:
    assert client.post("/desk/roster/new", PERSON).status_code == 302
    one = Interpreter.objects.get()
    assert (str(one.name), one.hours) == ("Hodan Invented", "Mo-Fr 08:00-17:00")
    assert [(skill.tag, skill.level) for skill in one.skills.all()] == [("so", "3")]
    page = text(client.get("/desk/roster"))
    assert "Hodan Invented" in page
    assert "Somali 3" in page
    address = reverse("desk:roster-person", args=[one.pk])
    form = client.get(address).content.decode()
    assert 'value="Somali (Soomaali)"' in form
    changed = {**PERSON, "s-INITIAL_FORMS": "1", "code": "other", "hours": "always"}
    changed |= {"s-1-language": "ar", "s-1-source": "untested"}
    assert client.post(address, changed).status_code == 302
    one.refresh_from_db()
    assert (one.code, one.hours) == ("so-1", "always"), "a code is for good"
    assert {skill.tag for skill in one.skills.all()} == {"so", "ar"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"works_for": "U.S. Border Patrol"}, "immigration authority cannot interpret"),
        ({"hours": "whenever"}, "Write hours as Mo-Fr 08:00-17:00"),
        ({"s-0-language": "Klingonese"}, "Choose a language from the list"),
        ({"s-0-language": ""}, "Name at least one language"),
        ({"user": "nobody"}, "No account has this user name"),
        ({"email": "nowhere"}, "Give an e-mail address"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    answer = client.post("/desk/roster/new", {**PERSON, **wrong})
    assert answer.status_code == 422
    assert told in text(answer)
    assert "218 555 0101" in answer.content.decode()
    assert not Interpreter.objects.exists()


def test_other_times(client: Client) -> None:
    client.post("/desk/roster/new", PERSON)
    one = Interpreter.objects.get()
    address = reverse("desk:roster-times", args=[one.pk])
    begins = timezone.localtime().replace(microsecond=0)
    sent = {
        "begins_at": begins.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "available": "away",
    }
    assert client.post(address, sent).status_code == 302
    assert not Availability.objects.get().available
    assert "away" in text(client.get(reverse("desk:roster-person", args=[one.pk])))
    wrong = client.post(address, {**sent, "ends_at": sent["begins_at"]})
    assert wrong.status_code == 422
    assert "The end comes after the beginning" in text(wrong)


def test_a_line_is_entered_and_an_account_code_is_refused(client: Client) -> None:
    refused = client.post("/desk/roster/new-line", {**LINE, "account_secret": "12345"})
    assert "The NAME of the secret" in text(refused)
    assert client.post("/desk/roster/new-line", LINE).status_code == 302
    line = Vendor.objects.get()
    assert "every language" in text(client.get("/desk/roster"))
    address = reverse("desk:roster-vendor", args=[line.pk])
    assert client.post(address, {**LINE, "rank": "2"}).status_code == 302
    line.refresh_from_db()
    assert line.rank == 2


def _file(content: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile("roster.csv", content.encode())}


def test_the_template_can_be_imported_after_its_preview(client: Client) -> None:
    start = client.get("/desk/roster/template.csv").content.decode()
    shown = client.post("/desk/roster/import", _file(start))
    assert "This would be kept" in text(shown)
    assert not Interpreter.objects.exists(), "a preview keeps nothing"
    content = shown.content.decode().split('name="content" value="')[1].split('"')[0]
    kept = client.post("/desk/roster/import", {"content": content, "keep": "1"})
    assert kept.headers["Location"] == "/desk/roster"
    assert Interpreter.objects.exists()
    assert Vendor.objects.exists()
    assert "changed" in text(client.post("/desk/roster/import", _file(start)))


def test_each_wrong_line_is_named(client: Client) -> None:
    heading = "what,code,name,language,hours"
    rows = ["roster,so-1,Hodan Invented,so,always", "roster,x,Agent (ICE),so,always"]
    rows += ["roster,so-2,Sahra Invented,so,whenever"]
    answer = client.post("/desk/roster/import", _file("\n".join([heading, *rows])))
    assert answer.status_code == 422
    page = text(answer)
    assert "2 lines are to be put right; nothing was kept" in page
    assert "IMMIGRATION_AUTHORITY_AS_INTERPRETER" in page
    assert not Interpreter.objects.exists()


def test_no_file_and_too_large_a_file(client: Client) -> None:
    assert "Choose a CSV file" in text(client.post("/desk/roster/import", {}))
    large = "what,code,name,language\n" + "x" * 700_000
    assert "safecall interpreters import" in text(client.post("/desk/roster/import", _file(large)))
    assert "Choose a CSV file" in text(client.post("/desk/roster/import", {"content": "%%%"}))


def test_the_columns_are_explained(client: Client) -> None:
    page = text(client.get("/desk/roster/import"))
    for name in roster_file.COLUMNS:
        assert name in page


def _request(contact: Contact, language: str, seconds: int) -> None:
    needed = timezone.now() - timedelta(hours=1)
    InterpreterRequest.objects.create(
        contact=contact,
        language=language,
        priority=2,
        needed_at=needed,
        requested_at=needed,
        offered_at=needed,
        answered_at=needed + timedelta(seconds=seconds),
        first_word_at=needed + timedelta(seconds=seconds + 3),
        ended_at=needed + timedelta(minutes=9),
        ending="interpreted",
    )


def test_times_show_common_languages_and_hide_rare_ones(client: Client, contact: Contact) -> None:
    assert "Nobody asked for an interpreter" in text(client.get("/desk/interpreting/times"))
    for language, count in (("so", 30), ("es", 20), ("mam", 3)):
        for place in range(count):
            _request(contact, language, 5 + place)
    answer = client.get("/desk/interpreting/times?days=7")
    page = text(answer)
    assert "Mam few requests, hidden" in page
    drawn = answer.content.decode().split("<svg")[1].split("</svg>")[0]
    assert "Somali" in drawn
    assert "Mam" not in drawn
    csv = client.get("/desk/interpreting/times.csv?days=7").content.decode()
    assert "so,Somali,30" in csv
    assert "mam,Mam,hidden" in csv
    assert client.get("/desk/interpreting/times?days=nonsense").status_code == 200
