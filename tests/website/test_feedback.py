"""Three questions without an account, and complaints without a name, as a visitor meets them."""

import pytest
from django.test import Client
from django.utils import translation

from safecall import guard
from safecall.contacts.actions import Actor, answer, close
from safecall.contacts.models import Contact
from safecall.feedback.actions import settle
from safecall.feedback.models import Answers, Complaint
from safecall.guard.exempt import SENTENCES
from safecall.people.models import User
from safecall.vocabulary import dispositions
from safecall.website import feedback_forms
from safecall.website.models import Tries
from safecall.website.throttle import Limit
from tests.website.reading import code, form_values, text

PAGES = ["/feedback", "/complaint", "/complaint/standing"]
GOOD = {"helped": "yes", "own_language": "no", "asked": "unsaid"}


def complain(visitor: Client, **more: str) -> str:
    return code(visitor.post("/complaint", {"kind": "held", **more}))


@pytest.mark.parametrize("address", [*PAGES, "/es/feedback", "/es/complaint"])
def test_no_cookie_no_script_and_kept_by_nobody(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "<script" not in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_three_answers_are_kept_and_thanked_for(visitor: Client) -> None:
    words = text(visitor.post("/feedback", GOOD))
    assert "Thank you. We have your answers." in words
    assert "That must not happen" not in words
    kept = Answers.objects.get()
    assert (kept.helped, kept.own_language, kept.asked) == ("yes", "no", "unsaid")


def test_whoever_was_asked_is_told_that_it_must_not_happen(visitor: Client) -> None:
    words = text(visitor.post("/feedback", {"asked": "yes"}))
    assert "That must not happen" in words
    assert "Make a complaint" in words


def test_nothing_answered_is_no_answer_and_nothing_typed_is_lost(visitor: Client) -> None:
    response = visitor.post("/feedback", {"helped": ""})
    assert response.status_code == 422
    assert "Please answer at least one question." in text(response)
    response = visitor.post("/feedback", {"helped": "perhaps", "words": "They came at once."})
    assert response.status_code == 422
    assert form_values(response)["words"] == "They came at once."
    assert not Answers.objects.exists()


def test_a_page_sent_twice_counts_once(visitor: Client) -> None:
    sent = form_values(visitor.get("/feedback")) | GOOD
    for _ in range(2):
        assert visitor.post("/feedback", sent).status_code == 200
    assert Answers.objects.count() == 1


def test_a_closed_report_leads_here_once(
    visitor: Client, answers: dict[str, str], amina: User
) -> None:
    receipt = code(visitor.post("/report/details", answers | {"place": "Zanzibar Street"}))
    assert "Tell us how it went" not in _main(visitor.post("/receipt", {"code": receipt}))
    contact, actor = Contact.objects.get(), Actor.staff(amina)
    answer(actor, contact)
    close(actor, contact, min(dispositions.BY_CODE))
    assert "Tell us how it went" in _main(visitor.post("/receipt", {"code": receipt}))
    page = visitor.post("/feedback", {"code": receipt, "keep": "1"})
    assert form_values(page)["code"] == receipt
    visitor.post("/feedback", form_values(page) | GOOD)
    assert Answers.objects.get().coded
    again = visitor.post("/feedback", form_values(page) | GOOD | {"once": "another"})
    assert "You have answered for this report before." in text(again)
    assert Answers.objects.count() == 1


def _main(response: object) -> str:
    page = response.content.decode()  # type: ignore[attr-defined]
    return str(page[page.index("<main") : page.index("</main")])


@pytest.mark.usefixtures("one_hour")
def test_a_wrong_code_counts_as_none(visitor: Client) -> None:
    visitor.post("/feedback", GOOD | {"code": "00000-00000-00000-00000"})
    assert not Answers.objects.get().coded
    assert Tries.objects.count() == 2, "a wrong code and an answer"


def test_an_emergency_word_leads_to_911_first(visitor: Client) -> None:
    for address, sent in (("/feedback", GOOD), ("/complaint", {"kind": "other"})):
        typed = sent | {"words": "Help, he has a gun and he is shooting"}
        stopped = visitor.post(address, typed)
        assert "Call 911 now" in text(stopped)
        assert "he has a gun" in text(stopped)
        assert not Answers.objects.exists()
        back = visitor.post(address, form_values(stopped) | {"keep": "1"})
        assert "he has a gun" in form_values(back)["words"]
    visitor.post("/complaint", form_values(stopped) | {"not_emergency": "1"})
    assert Complaint.objects.count() == 1


def test_status_in_words_is_taken_out_and_the_person_is_thanked(visitor: Client) -> None:
    response = visitor.post("/feedback", GOOD | {"words": "I am undocumented and he was kind."})
    assert "We do not need to know that" in text(response)
    assert "undocumented" not in str(Answers.objects.get().words)


def test_a_complaint_has_a_code_to_come_back_by(visitor: Client, sofia: User) -> None:
    made = complain(visitor, words="It was at the bus station.")
    standing = visitor.post("/complaint/standing", {"code": made.lower()})
    assert "A supervisor looks into it. Not yet" in text(standing)
    assert "bus station" not in text(standing), "it never shows what was written"
    added = visitor.post("/complaint/standing", {"code": made, "words": "Car 12.", "add": "1"})
    assert "We added it" in text(added)
    settle(Actor.staff(sofia), Complaint.objects.get(), "broken")
    words = text(visitor.post("/complaint/standing", {"code": made}))
    assert "A rule was broken. We are sorry." in words


def test_a_code_is_in_no_address(visitor: Client) -> None:
    made = complain(visitor)
    page = visitor.post("/complaint/standing", {"code": made}).content.decode()
    assert made not in "".join(part.split('"')[0] for part in page.split('href="')[1:])


@pytest.mark.usefixtures("one_hour")
def test_a_wrong_code_is_said_and_limited(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safecall.website.views.complaints.WRONG_CODES", Limit("code", 2))
    for status in (422, 422, 429):
        response = visitor.post("/complaint/standing", {"code": "00000-00000-00000-00000"})
        assert response.status_code == status


@pytest.mark.usefixtures("one_hour")
def test_many_answers_and_complaints_from_one_address_have_to_wait(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safecall.website.views.complaints.COMPLAINTS", Limit("complaint", 1))
    monkeypatch.setattr("safecall.website.views.answers.FEEDBACK", Limit("feedback", 1))
    for address, sent in (("/complaint", {"kind": "other"}), ("/feedback", GOOD)):
        assert visitor.post(address, sent).status_code == 200
        waits = visitor.post(address, sent | {"words": "Once more."})
        assert waits.status_code == 429
        assert form_values(waits)["words"] == "Once more."


def test_without_the_guard_nothing_is_kept_and_nothing_lost(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object, **__: object) -> None:
        raise guard.GuardUnavailable("no rules")

    monkeypatch.setattr("safecall.guard.screen", unavailable)
    for address, sent in (("/complaint", {"kind": "other"}), ("/feedback", GOOD)):
        response = visitor.post(address, sent | {"words": "He shouted."})
        assert response.status_code == 503
        assert form_values(response)["words"] == "He shouted."
    assert not Answers.objects.exists()
    assert not Complaint.objects.exists()


def test_the_other_language_keeps_what_was_typed(visitor: Client) -> None:
    sent = {"kind": "held", "words": "Seven hours.", "keep": "1"}
    response = visitor.post("/es/complaint", sent)
    assert "Retuvieron a alguien" in text(response)
    assert form_values(response)["words"] == "Seven hours."
    assert form_values(response)["kind"] == "held"


def test_no_label_asks_but_the_reviewed_one() -> None:
    asks = {
        words
        for form in (
            feedback_forms.FeedbackForm,
            feedback_forms.ComplaintForm,
            feedback_forms.MoreForm,
        )
        for field in form().fields.values()
        for words in (
            str(field.label or ""),
            str(field.help_text or ""),
            *(str(label) for _, label in getattr(field, "choices", ())),
        )
        if guard.ask(words) or guard.ask(f"{words}:")
    }
    assert asks == set(SENTENCES)
    with translation.override("es"):
        assert "policía" in str(feedback_forms.FeedbackForm().fields["asked"].label)
