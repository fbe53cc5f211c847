"""The clerk's pages: what waits to be confirmed, editing, the chain, and a file."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safecall.people.models import User
from safecall.referrals import selectors
from safecall.referrals.actions import give, tell
from safecall.referrals.hsds import out
from safecall.referrals.models import Organization, Service
from safecall.referrals.seed import SEEDS, seed, seed_id
from tests.website.reading import form_values, text

SignedIn = Callable[[User], Client]
LIST = "/desk/directory"


@pytest.fixture
def clerk(signed_in: SignedIn, ruth: User) -> Client:
    return signed_in(ruth)


@pytest.fixture
def directory(db: None) -> None:
    seed()


def _page(key: str) -> str:
    return reverse("desk:directory-service", args=[seed_id(key)])


def _sent(clerk: Client, key: str, **changed: object) -> dict[str, object]:
    """What the form of this service sends, with these changes."""
    response = clerk.get(_page(key))
    page = response.content.decode()
    sent: dict[str, object] = dict(form_values(response))
    del sent["csrfmiddlewaretoken"]
    for name in ("active", "takes_everyone", "interpreter", "confirmed"):
        box = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert box
        sent.pop(name, None)
        if "checked" in box[0]:
            sent[name] = "on"
    sent["needs"] = re.findall(r'value="([a-z]+)"[^>]*checked', page)
    for name in ("kind", "onward_1", "onward_2", "onward_3", "onward_4"):
        options = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
        assert options
        chosen = re.search(r'value="([^"]*)" selected', options[0])
        sent[name] = chosen[1] if chosen else ""
    return {**sent, **changed}


@pytest.mark.usefixtures("directory")
def test_what_nobody_confirmed_waits_and_one_press_confirms(clerk: Client, ruth: User) -> None:
    page = clerk.get(LIST)
    # 911 needs nobody, 211 and 988 have numbers; nobody can have asked the others.
    assert text(page).count("Asked: all right") == 2
    assert text(page).count("Enter its number") == len(SEEDS) - 3
    assert page.content.decode().count('data-key="y"') == 1
    first = selectors.to_confirm()[0]
    confirm = reverse("desk:directory-confirm", args=[first.pk])
    assert clerk.post(confirm).headers["Location"] == LIST
    kept = Service.objects.get(pk=first.pk)
    assert (kept.confirmed_on, kept.confirmed_by) == (timezone.localdate(), ruth)
    assert text(clerk.get(LIST)).count("Asked: all right") == 1


@pytest.mark.usefixtures("directory")
def test_after_ninety_days_it_waits_again(clerk: Client) -> None:
    Service.objects.update(confirmed_on=timezone.localdate())
    assert "Nothing waits." in text(clerk.get(LIST))
    Service.objects.update(confirmed_on=timezone.localdate() - timedelta(days=91))
    assert len(selectors.to_confirm()) == len(SEEDS) - 1
    assert text(clerk.get(LIST)).count("Asked: all right") == 2


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("key", [one.key for one in SEEDS])
def test_opened_and_kept_again_nothing_changes(clerk: Client, key: str) -> None:
    before = out.service(Service.objects.get(pk=seed_id(key)), everything=True)
    assert clerk.post(_page(key), _sent(clerk, key)).status_code == 302
    after = out.service(Service.objects.get(pk=seed_id(key)), everything=True)
    assert after | {"last_modified": ""} == before | {"last_modified": ""}
    assert Organization.objects.filter(services__pk=seed_id(key)).count() == 1


@pytest.mark.usefixtures("directory")
def test_a_number_entered_and_confirmed_is_given_out(clerk: Client) -> None:
    page = clerk.get(_page("senator-1"))
    assert "+16127275220" in text(page)
    assert "Never shown as a number to call." in text(page)
    assert "Seen" not in text(page)
    sent = _sent(clerk, "senator-1", phones="(218) 555-0142 ext. 07\ntext: 218 555 0143")
    clerk.post(_page("senator-1"), sent)
    assert Service.objects.get(pk=seed_id("senator-1")).shown_phones == []
    clerk.post(_page("senator-1"), _sent(clerk, "senator-1", confirmed="on"))
    shown = Service.objects.get(pk=seed_id("senator-1")).shown_phones
    assert [(one.shown, one.kind) for one in shown] == [
        ("(218) 555-0142 ext. 07", "voice"),
        ("(218) 555-0143", "text"),
    ]


@pytest.mark.usefixtures("directory")
def test_the_chain_is_drawn(clerk: Client) -> None:
    page = clerk.get(_page("senator-1")).content.decode()
    assert "└─ Legal aid for immigration questions" in page
    assert "   └─ 211 help line – takes everyone" in page


@pytest.mark.usefixtures("directory")
def test_a_circle_is_refused_beside_its_field_and_nothing_typed_is_lost(clerk: Client) -> None:
    sent = _sent(clerk, "211", onward_1=str(seed_id("legal-aid")), description="Half written.")
    answer = clerk.post(_page("211"), sent)
    assert answer.status_code == 422
    assert "211 help line → Legal aid for immigration questions → 211 help line" in text(
        answer
    ) or "Legal aid for immigration questions → 211 help line → Legal aid" in text(answer)
    assert "Half written." in answer.content.decode()
    assert not Service.objects.get(pk=seed_id("211")).onward.exists()


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "This field is required."),
        ({"phones": "call us"}, "with its area code"),
        ({"phones": "pigeon: 218 555 0142"}, "A number is one of"),
        ({"hours": "nine to five"}, "Write hours as"),
        ({"street": "1 Main Street"}, "Give street, city, state and postal code"),
        ({"longitude": "-92.1"}, "both latitude and longitude"),
        ({"description": "He has no papers"}, "would take words out"),
        ({"onward_1": ""}, "the chain ends here"),
        ({"rank": "1000"}, "A whole number"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(
    clerk: Client, changed: dict[str, object], told: str
) -> None:
    answer = clerk.post(_page("legal-aid"), _sent(clerk, "legal-aid", **changed))
    assert answer.status_code == 422
    assert told in text(answer)


@pytest.mark.usefixtures("directory")
def test_two_clerks_at_one_service(clerk: Client, signed_in: SignedIn, sofia: User) -> None:
    mine = _sent(clerk, "shelter", hours="always")
    other = signed_in(sofia)
    theirs = _sent(other, "shelter", website="https://example.org")
    assert other.post(_page("shelter"), theirs).status_code == 302
    answer = clerk.post(_page("shelter"), mine)
    assert answer.status_code == 422
    assert "Somebody else changed this service meanwhile." in text(answer)
    kept = Service.objects.get(pk=seed_id("shelter"))
    assert (kept.website, kept.hours) == ("https://example.org", "")


@pytest.mark.usefixtures("directory")
def test_a_new_service_and_its_place(clerk: Client) -> None:
    sent = {
        "name": "Invented kitchen",
        "organization": "Invented Parish",
        "kind": "other",
        "needs": ["living"],
        "onward_1": str(seed_id("211")),
        "rank": "50",
        "active": "on",
        "street": "1 Main Street",
        "city": "Duluth",
        "state": "MN",
        "postal_code": "55802",
        "latitude": "46.79",
        "longitude": "-92.1",
    }
    assert clerk.post(reverse("desk:directory-new"), sent).status_code == 302
    kept = next(one for one in selectors.services() if str(one.name) == "Invented kitchen")
    assert str(kept.locations.get().street) == "1 Main Street"
    moved = {**sent, "seen": kept.changed_at.isoformat(), "street": "2 Main Street"}
    assert clerk.post(reverse("desk:directory-service", args=[kept.pk]), moved).status_code == 302
    assert str(kept.locations.get().street) == "2 Main Street"


def test_an_empty_directory_says_how_to_begin(clerk: Client) -> None:
    assert "safecall referrals start" in text(clerk.get(LIST))


@pytest.mark.usefixtures("directory")
def test_what_became_of_it(clerk: Client) -> None:
    line = Service.objects.get(pk=seed_id("211"))
    tell(give(line, "site").code, "helped", "person")
    assert "211 help line 1 1 1 0 0 0" in text(clerk.get(LIST))


@pytest.mark.usefixtures("directory")
def test_a_file_is_looked_at_before_it_is_kept(clerk: Client) -> None:
    services = [out.service(one, everything=True) for one in selectors.services()]
    services[0]["name"] = "911, by telephone"
    file = SimpleUploadedFile("services.json", json.dumps(services).encode())
    address = reverse("desk:directory-import")
    answer = clerk.post(address, {"file": file})
    assert "0 new, 1 changed, 9 the same." in text(answer)
    assert str(Service.objects.get(pk=seed_id("911")).name) == "911"
    content = form_values(answer)["content"]
    assert clerk.post(address, {"content": content, "keep": "1"}).status_code == 302
    assert str(Service.objects.get(pk=seed_id("911")).name) == "911, by telephone"


@pytest.mark.parametrize("content", [b"", b"{}", b"no json", b"x" * 700_000])
def test_a_file_with_faults_keeps_nothing(clerk: Client, content: bytes) -> None:
    file = SimpleUploadedFile("services.json", content)
    answer = clerk.post(reverse("desk:directory-import"), {"file": file, "keep": "1"})
    assert answer.status_code == 422
    assert not Service.objects.exists()


def test_who_takes_calls_does_not_keep_the_directory(signed_in: SignedIn, amina: User) -> None:
    client = signed_in(amina)
    for address in (LIST, reverse("desk:directory-new"), reverse("desk:directory-import")):
        assert client.get(address).status_code == 403
    assert client.post(reverse("desk:directory-confirm", args=[uuid4()])).status_code == 403
