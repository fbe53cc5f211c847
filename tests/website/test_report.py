"""A report, from the first word to the receipt."""

from unittest import mock

import pytest
from django.test import Client

from safecall import guard
from safecall.contacts import receipts
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note
from safecall.website import reporting
from safecall.website.forms import STORY_LENGTH
from safecall.website.throttle import Limit
from tests.website.conftest import STORY
from tests.website.reading import code, form_values, text

STATUS = "I have no papers and I am afraid."


def only_contact() -> Contact:
    return Contact.objects.get()


def test_two_steps_make_one_contact(visitor: Client) -> None:
    first = visitor.post("/report", {"story": STORY, "for_whom": "self"})
    assert "Step 2 of 2" in text(first)
    assert not Contact.objects.exists(), "nothing half-finished is stored"
    sent = form_values(first) | {"kind": "damage", "when": "Last night", "place": "12 W 1st St"}
    assert sent["story"] == STORY
    done = visitor.post("/report/details", sent)
    contact = only_contact()
    assert contact.channel == "web"
    assert contact.state == "received"
    assert contact.incident_type == "VANDAL"
    assert contact.priority == 5
    assert contact.place_words == "12 W 1st St"
    assert contact.opened_by is None
    assert contact.notes.get().text == f"{STORY}\n\nWhen it happened: Last night"
    assert receipts.find(code(done)) == contact
    assert done.headers["Cache-Control"] == "no-store"
    assert not done.cookies


def test_nobody_has_to_say_who_they_are(visitor: Client, answers: dict[str, str]) -> None:
    visitor.post("/report/details", answers)
    contact = only_contact()
    assert (contact.callback, contact.caller_name, contact.language) == ("", "", "")
    assert HistoryEntry.objects.filter(contact=contact).first().actor_label == "Resident"  # type: ignore[union-attr]


def test_a_concern_for_someone(visitor: Client) -> None:
    first = visitor.post("/report", {"story": "She does not open the door.", "for_whom": "other"})
    assert "Who are you worried about?" in text(first)
    sent = form_values(first) | {"who": "My neighbor, an old woman", "who_where": "Flat 3"}
    visitor.post("/report/details", sent)
    contact = only_contact()
    assert contact.for_whom == "other"
    assert contact.concern_who == "My neighbor, an old woman"
    assert contact.concern_where == "Flat 3"
    assert contact.incident_type == "WELFARE"
    assert contact.priority == 4


def test_the_notice_stands_before_any_private_field(visitor: Client) -> None:
    page = visitor.post("/report", {"story": STORY, "for_whom": "self"}).content.decode()
    assert page.index("section 13.04") < page.index('name="place"') < page.index('name="reach"')
    words = text(visitor.post("/report", {"story": STORY, "for_whom": "self"}))
    for told in ("Why we ask", "You may say no", "What comes of it", "Who may see it"):
        assert told in words


def test_language_and_callback_are_kept_for_the_interpreter(
    visitor: Client, answers: dict[str, str]
) -> None:
    answers |= {"language": "so", "reach": "218 555 0199", "called": "Hodan"}
    visitor.post("/report/details", answers)
    contact = only_contact()
    assert contact.language == "so"
    assert contact.callback == "+12185550199"
    assert contact.caller_name == "Hodan"


def test_a_page_in_spanish_proposes_spanish_and_decides_nothing(
    visitor: Client, answers: dict[str, str]
) -> None:
    page = visitor.post("/es/report", {"story": "Pintaron mi pared.", "for_whom": "self"})
    assert '<option value="es" selected>' in page.content.decode()
    visitor.post("/es/report/details", answers | {"language": ""})
    assert only_contact().language == ""


@pytest.mark.parametrize("field", ["story", "when", "place", "who", "who_where", "reach", "called"])
def test_status_is_removed_and_the_person_is_told_kindly(
    visitor: Client, answers: dict[str, str], field: str
) -> None:
    answers |= {"for_whom": "other", field: "She is an undocumented immigrant, zebrafish."}
    done = visitor.post("/report/details", answers)
    assert "Thank you for trusting us" in text(done)
    assert "undocumented" not in done.content.decode()
    contact = only_contact()
    stored = " ".join(
        [
            contact.place_words,
            contact.callback,
            contact.caller_name,
            contact.concern_who,
            contact.concern_where,
            *Note.objects.values_list("text", flat=True),
        ]
    )
    assert "undocumented" not in stored
    assert "zebrafish" in stored


def test_the_kind_words_are_in_the_language_of_the_page(
    visitor: Client, answers: dict[str, str]
) -> None:
    done = visitor.post("/es/report/details", answers | {"story": f"{STORY} {STATUS}"})
    assert "Gracias por su confianza" in text(done)


def test_nothing_is_said_of_removal_where_nothing_was_removed(
    visitor: Client, answers: dict[str, str]
) -> None:
    assert "Thank you for trusting us" not in text(visitor.post("/report/details", answers))


def test_with_and_without_status_the_same_service(visitor: Client, answers: dict[str, str]) -> None:
    visitor.post("/report/details", answers)
    visitor.post("/report/details", answers | {"story": f"{STORY} {STATUS}"})
    served = Contact.objects.values_list("incident_type", "priority", "state", "for_whom")
    assert len(served) == 2
    assert len(set(served)) == 1


def test_an_emergency_word_leads_to_911_first(visitor: Client) -> None:
    response = visitor.post("/report", {"story": "He is hitting her!", "for_whom": "other"})
    page = response.content.decode()
    assert "Call 911 now" in text(response)
    assert 'href="tel:911"' in page
    assert 'href="sms:911"' in page
    assert 'name="place"' not in page
    assert "He is hitting her!" in text(response)
    sent = form_values(response)
    assert sent["story"] == "He is hitting her!"
    assert sent["for_whom"] == "other"


def test_a_person_may_go_on_and_the_report_is_read_sooner(visitor: Client) -> None:
    stopped = visitor.post("/report", {"story": "He was hitting her before.", "for_whom": "other"})
    details = visitor.post("/report", form_values(stopped) | {"not_emergency": "1"})
    assert "Step 2 of 2" in text(details)
    done = visitor.post("/report/details", form_values(details))
    assert code(done)
    assert only_contact().priority == 3


def test_an_emergency_word_in_the_details_stops_too(
    visitor: Client, answers: dict[str, str]
) -> None:
    answers |= {"for_whom": "other", "who": "An old man, he is not breathing"}
    stopped = visitor.post("/report/details", answers)
    assert "Call 911 now" in text(stopped)
    assert not Contact.objects.exists()
    assert form_values(stopped)["who"] == answers["who"]
    assert code(visitor.post("/report/details", form_values(stopped) | {"not_emergency": "1"}))


def test_the_words_can_be_changed_after_the_warning(visitor: Client) -> None:
    stopped = visitor.post("/report", {"story": "There is a gun", "for_whom": "self"})
    again = visitor.post("/report", form_values(stopped) | {"keep": "1"})
    assert "Step 1 of 2" in text(again)
    assert form_values(again)["story"] == "There is a gun"


def test_a_change_of_language_loses_nothing(visitor: Client, answers: dict[str, str]) -> None:
    first = visitor.post("/es/report", {"story": "Half a sen", "for_whom": "other", "keep": "1"})
    assert form_values(first)["story"] == "Half a sen"
    assert form_values(first)["for_whom"] == "other"
    second = visitor.post("/es/report/details", answers | {"place": "Here", "keep": "1"})
    assert form_values(second)["place"] == "Here"
    assert form_values(second)["story"] == STORY
    assert not Contact.objects.exists()


def test_an_empty_story_gets_a_clear_answer(visitor: Client) -> None:
    response = visitor.post("/report", {"story": "  ", "for_whom": "other"})
    assert response.status_code == 422
    assert "Please tell us what is happening." in text(response)
    assert form_values(response)["for_whom"] == "other"


def test_a_long_story_is_kept_on_the_page(visitor: Client) -> None:
    story = "word " * (STORY_LENGTH // 5) + "end"
    response = visitor.post("/report", {"story": story, "for_whom": "self"})
    assert response.status_code == 422
    assert "This is 3 characters too long." in text(response)
    assert form_values(response)["story"] == story
    assert "maxlength" not in response.content.decode()


def test_a_long_answer_keeps_the_others(visitor: Client, answers: dict[str, str]) -> None:
    response = visitor.post("/report/details", answers | {"place": "x" * 201, "when": "Monday"})
    assert response.status_code == 422
    assert "This is 1 character too long." in text(response)
    assert form_values(response)["when"] == "Monday"
    assert not Contact.objects.exists()


@pytest.mark.parametrize("field", ["kind", "language"])
def test_a_choice_that_is_not_offered(visitor: Client, answers: dict[str, str], field: str) -> None:
    response = visitor.post("/report/details", answers | {field: "<script>"})
    assert response.status_code == 422
    assert "<script>" not in response.content.decode()


def test_what_was_typed_is_never_markup(visitor: Client) -> None:
    story = '"><b>x</b> {{ 1 }}'
    response = visitor.post("/report", {"story": story, "for_whom": "self"})
    assert "<b>x</b>" not in response.content.decode()
    assert form_values(response)["story"] == story


def test_details_without_the_first_answer(visitor: Client) -> None:
    assert visitor.get("/es/report/details").headers["Location"] == "/es/report"
    response = visitor.post("/report/details", {"place": "Here"})
    assert response.status_code == 422
    assert "Step 1 of 2" in text(response)


def test_the_same_report_twice_is_one_contact(visitor: Client, answers: dict[str, str]) -> None:
    first = visitor.post("/report/details", answers)
    second = visitor.post("/report/details", answers)
    contact = only_contact()
    assert receipts.find(code(first)) == receipts.find(code(second)) == contact
    assert contact.notes.count() == 1


def test_a_changed_report_is_another(visitor: Client, answers: dict[str, str]) -> None:
    visitor.post("/report/details", answers)
    visitor.post("/report/details", answers | {"story": f"{STORY} And on the door."})
    assert Contact.objects.count() == 2


def test_a_contact_id_opens_no_receipt(visitor: Client, answers: dict[str, str]) -> None:
    visitor.post("/report/details", answers)
    known = only_contact()
    done = visitor.post("/report/details", answers | {"once": known.id.hex})
    assert receipts.find(code(done)) != known


@pytest.mark.usefixtures("one_hour")
def test_too_many_reports_wait_and_lose_nothing(
    visitor: Client, answers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safecall.website.views.reports.REPORTS", Limit("report", 2))
    for number in range(2):
        visitor.post("/report/details", answers | {"story": f"Report {number}"})
    response = visitor.post("/report/details", answers | {"when": "Monday"})
    assert response.status_code == 429
    assert "Please wait an hour" in text(response)
    assert form_values(response)["when"] == "Monday"
    assert Contact.objects.count() == 2


def test_without_the_guard_the_words_are_kept_on_the_page(
    visitor: Client, answers: dict[str, str]
) -> None:
    with mock.patch("safecall.guard.screen", side_effect=guard.GuardUnavailable("broken")):
        done = visitor.post("/report/details", answers)
        assert "Please send your words again" in text(done)
        assert not Note.objects.exists()
        sent = form_values(done) | {"add": "1"}
        assert sent["note"] == STORY
        again = visitor.post("/receipt", sent)
        assert again.status_code == 503
        assert form_values(again)["note"] == STORY
    visitor.post("/receipt", form_values(again) | {"add": "1"})
    assert only_contact().notes.get().text == STORY


def test_without_an_answering_point_the_person_is_told(
    visitor: Client, answers: dict[str, str]
) -> None:
    AnsweringPoint.objects.all().delete()
    response = visitor.post("/report/details", answers)
    assert response.status_code == 503
    assert "Please call us instead." in text(response)
    assert form_values(response)["story"] == STORY


def test_the_department_may_choose_the_answering_point(
    visitor: Client, neighbor: AnsweringPoint, settings: pytest.FixtureRequest
) -> None:
    settings.WEB_ANSWERING_POINT = neighbor.code  # type: ignore[attr-defined]
    assert reporting.answering_point() == neighbor
    settings.WEB_ANSWERING_POINT = "nowhere"  # type: ignore[attr-defined]
    with pytest.raises(reporting.NotSetUp):
        reporting.answering_point()


def test_nothing_typed_reaches_the_log(
    visitor: Client, answers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="safecall")
    caplog.set_level("DEBUG", logger="django.request")
    visitor.post("/report/details", answers | {"reach": "quokka@example.org"})
    visitor.post("/report", {"story": "", "for_whom": "quokka"})
    assert "quokka" not in caplog.text
