"""Engagements at the desk: asked in two steps, shown on two tracks, nothing lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safecall.contacts.actions import Actor, add_note
from safecall.contacts.models import Contact, Note
from safecall.contacts.numbering import number_pending
from safecall.engagements import selectors
from safecall.engagements.actions import record
from safecall.engagements.models import Approval, Engagement, PolicyFinding, TrackStep
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion, outcome
from tests.engagements.said import about_a_suspect, detainer

SignedIn = Callable[[User], Client]

BEGUN = {
    "direction": "outbound_contact",
    "authority": "CBP_USBP",
    "purpose_class": "criminal_investigation",
    "subject_role": "suspect",
}
DETAINER = {
    "direction": "inbound_request",
    "authority": "ICE_ERO",
    "purpose_class": "civil_immigration_enforcement",
    "subject_role": "arrestee",
    "request_types": ["detainer_hold", "release_notification"],
}


def hour_ago() -> str:
    return f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}"


def text(response: Any) -> str:
    return str(response.content.decode())


def hidden(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def taker(signed_in: SignedIn, amina: User) -> Client:
    return signed_in(amina)


@pytest.fixture
def supervisor(signed_in: SignedIn, sofia: User) -> Client:
    return signed_in(sofia)


def test_each_kind_is_asked_only_what_it_needs(taker: Client) -> None:
    outbound = text(taker.post("/desk/engagements/new", {**BEGUN, "next": "1"}))
    inbound = text(taker.post("/desk/engagements/new", {**DETAINER, "next": "1"}))
    assert "Does our investigation go on?" in outbound
    assert "What did we answer?" not in outbound
    assert "What did we answer?" in inbound
    assert "Is a court named on it?" in inbound
    assert "Did a judge sign it?" in inbound
    observed = {**BEGUN, "direction": "observed_activity", "subject_role": "no_individual"}
    least = text(taker.post("/desk/engagements/new", {**observed, "next": "1"}))
    for question in ("Does our investigation go on?", "What did we answer?", "Is a court named"):
        assert question not in least
    # And whoever misses a question can have them all.
    every = text(taker.post("/desk/engagements/new", {**observed, "every": "1"}))
    assert "What did we answer?" in every
    assert "Does our investigation go on?" in every


def test_recorded_in_two_steps(taker: Client, contact: Contact) -> None:
    number_pending()
    contact.refresh_from_db()
    page = text(taker.post("/desk/engagements/new", {**DETAINER, "next": "1"}))
    answers = {
        "happened_at": hour_ago(),
        "contact_number": contact.number,
        "subject_count": "1",
        "paper0_kind": "I-247A",
        "paper0_court": "",
        "paper0_signed": "immigration_officer",
        "decision": "declined",
        "decline_reason": "no_judicial_instrument",
        "legal_basis": "none_declined",
        "custody_outcome": "released_as_anyone",
        "record": "1",
    }
    done = taker.post("/desk/engagements/new", {**hidden(page), **answers})
    row = Engagement.objects.get()
    assert done.headers["Location"] == f"/desk/engagements/{row.pk}"
    assert row.contact == contact
    said = selectors.facts(row)
    assert said.request_types == {
        occasion.RequestKind.DETAINER_HOLD,
        occasion.RequestKind.RELEASE_NOTIFICATION,
    }
    assert (said.decision, said.judicial) == (outcome.Decision.DECLINED, False)
    shown = text(taker.get(done.headers["Location"]))
    assert "administrative (no court is named" in shown
    assert "No finding stands" in shown


def test_nothing_typed_is_lost(taker: Client) -> None:
    begun = hidden(text(taker.post("/desk/engagements/new", {**BEGUN, "next": "1"})))
    typed = {
        **begun,
        "happened_at": "",
        "offense_code": "theft of a bicycle",
        "offense_level": "felony",
        "actions_taken": ["told_of_suspect", "other"],
        "people": "3",
    }
    wrong = taker.post("/desk/engagements/new", {**typed, "record": "1"})
    assert wrong.status_code == 422
    assert "Say when it happened" in text(wrong)
    again = taker.post("/desk/engagements/new", {**typed, "happened_at": hour_ago(), "record": "1"})
    assert again.status_code == 422
    assert "Such as 609.52 or 13A" in text(again)
    for kept in ('value="3"', 'value="felony" selected'):
        assert kept in text(wrong)
        assert kept in text(again)
    assert re.search(r'value="told_of_suspect"[^>]*checked', text(wrong))
    # Back to the first step, and forward again.
    back = text(taker.post("/desk/engagements/new", {**typed, "back": "1"}))
    assert re.search(r'value="outbound_contact"[^>]*checked', back)
    forward = text(taker.post("/desk/engagements/new", {**hidden(back), **BEGUN, "next": "1"}))
    assert 'value="theft of a bicycle"' in forward
    assert re.search(r'value="told_of_suspect"[^>]*checked', forward)
    assert not Engagement.objects.exists()


def test_what_is_not_shown_is_not_recorded(taker: Client) -> None:
    """Answers of a kind that was left again travel along, and do not count."""
    left = {"decision": "granted_full", "paper0_kind": "I-247A", "happened_at": hour_ago()}
    taker.post("/desk/engagements/new", {**BEGUN, **left, "record": "1"})
    said = selectors.facts(Engagement.objects.get())
    assert said.decision is outcome.Decision.NOT_APPLICABLE


def test_a_beginning_without_answers_says_which(taker: Client) -> None:
    response = taker.post("/desk/engagements/new", {"authority": "CBP_USBP", "next": "1"})
    assert response.status_code == 422
    assert text(response).count("This field is required.") == 3
    assert 'value="CBP_USBP" selected' in text(response)


def test_what_breaks_the_promise_is_recorded_and_pages(taker: Client, supervisor: Client) -> None:
    answers = {**BEGUN, "subject_role": "caller", "happened_at": hour_ago(), "record": "1"}
    assert taker.post("/desk/engagements/new", answers).status_code == 302
    assert set(PolicyFinding.objects.values_list("code", flat=True)) == {
        "OUTBOUND_NOT_ABOUT_SUSPECT",
        "APPROVAL_MISSING",
    }
    # Every page of the supervisor's says so, and no page of the call taker's.
    tag = '<span class="tag tag-care">2</span>'
    assert tag in text(supervisor.get("/desk/"))
    assert tag not in text(taker.get("/desk/"))
    listed = text(supervisor.get("/desk/engagements"))
    assert "not about a criminal suspect" in listed
    assert "Find out why they were contacted" in listed
    for one in PolicyFinding.objects.all():
        assert taker.post(f"/desk/engagements/finding/{one.pk}").status_code == 403
        supervisor.post(f"/desk/engagements/finding/{one.pk}", {"back": "list"})
    assert "For the supervisor: findings" not in text(supervisor.get("/desk/engagements"))
    assert tag not in text(supervisor.get("/desk/"))


def test_the_two_tracks(taker: Client, amina: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.LIFE))
    at = f"/desk/engagements/{row.pk}"
    taker.post(f"{at}/step", {"track": "authority", "step": "took_custody", "at": hour_ago()})
    wrong = taker.post(f"{at}/step", {"track": "investigation", "step": "took_custody"})
    assert wrong.status_code == 422
    assert "has these steps" in text(wrong)
    unsaid = taker.post(f"{at}/step", {"track": "investigation", "step": "closed"})
    assert "Say why the investigation was closed" in text(unsaid)
    assert "No finding stands" in text(unsaid)
    closed = {"track": "investigation", "step": "closed", "closing": "because_of_engagement"}
    taker.post(f"{at}/step", closed)
    assert TrackStep.objects.count() == 2
    page = text(taker.get(at))
    assert "Our criminal investigation did not continue" in page
    ours, theirs = page.split('aria-labelledby="track-')[1:3]
    assert "They took custody with their own agents</strong>" in theirs
    assert "They took custody with their own agents</strong>" not in ours
    assert "Closed</strong>" in ours


def test_approved_by_a_second_person(
    taker: Client, supervisor: Client, amina: User, sofia: User
) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.ESCAPE))
    at = f"/desk/engagements/{row.pk}"
    refused = taker.post(f"{at}/approve", {"answer": "approved"})
    assert refused.status_code == 409
    assert "Only those who approve" in text(refused)
    assert "may be approved afterwards" in text(supervisor.get(at))
    supervisor.post(f"{at}/approve", {"answer": "approved"})
    approval = Approval.objects.get()
    assert (approval.state, approval.approved_by, approval.asked_by) == ("approved", sofia, amina)
    assert "no time to ask before:" in text(supervisor.get(at))


def test_approval_is_asked_for_before(taker: Client, supervisor: Client) -> None:
    asked = {**BEGUN, "offense_level": "felony", "stage": "charged"}
    taker.post("/desk/engagements/ask", asked)
    approval = Approval.objects.get()
    assert "waits for a supervisor" in text(taker.get("/desk/engagements"))
    answered = {"answer": "approved"}
    assert taker.post(f"/desk/engagements/asked/{approval.pk}", answered).status_code == 409
    supervisor.post(f"/desk/engagements/asked/{approval.pk}", answered)
    assert f"?approval={approval.pk}" in text(taker.get("/desk/engagements"))
    page = text(taker.get(f"/desk/engagements/new?approval={approval.pk}"))
    assert re.search(r'value="outbound_contact"[^>]*checked', page)
    details = text(taker.post("/desk/engagements/new", {**hidden(page), **BEGUN, "next": "1"}))
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    taker.post(
        "/desk/engagements/new",
        {
            **hidden(details),
            "offense_level": "felony",
            "stage": "charged",
            "continues": "yes",
            "happened_at": now,
            "record": "1",
        },
    )
    approval.refresh_from_db()
    assert approval.engagement == Engagement.objects.get()


def test_an_amendment_shows_what_it_changes(taker: Client, supervisor: Client, amina: User) -> None:
    row = record(Actor.staff(amina), detainer(decision=outcome.Decision.GRANTED_FULL))
    at = f"/desk/engagements/{row.pk}"
    form = supervisor.get(f"{at}/amend")
    page = text(form)
    assert 'value="granted_full" selected' in page
    selected = dict(
        re.findall(
            r'<select name="(\w+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected',
            page,
            re.DOTALL,
        )
    )
    typed = re.search(r'name="happened_at" value="([^"]*)"', page)
    assert typed
    told = {**hidden(page), **selected, "happened_at": typed[1], "subject_count": "1"}
    same = supervisor.post(f"{at}/amend", {**told, "record": "1"})
    assert same.status_code == 422
    assert "Nothing is different from the record" in text(same)
    supervisor.post(f"{at}/amend", {**told, "decision": "declined", "record": "1"})
    latest = selectors.latest(row)
    assert (latest.version, latest.decision) == (2, "declined")
    shown = text(taker.get(at))
    assert "<del>Done as asked</del> → <ins>Declined</ins>" in shown
    # The address of the amendment leads to the same page.
    assert text(taker.get(f"/desk/engagements/{latest.pk}")).count(row.number) > 0


def test_a_mention_becomes_a_record(supervisor: Client, contact: Contact, amina: User) -> None:
    number_pending()
    note = add_note(Actor.staff(amina), contact, "Border Patrol took him from the scene.").note
    page = text(supervisor.get("/desk/mentions"))
    assert f"/desk/engagements/new?mention={note.pk}" in page
    begin = text(supervisor.get(f"/desk/engagements/new?mention={note.pk}"))
    details = text(
        supervisor.post("/desk/engagements/new", {**hidden(begin), **BEGUN, "next": "1"})
    )
    contact.refresh_from_db()
    assert f'value="{contact.number}"' in details
    answers = {"happened_at": hour_ago(), "contact_number": contact.number, "record": "1"}
    supervisor.post("/desk/engagements/new", {**hidden(details), **answers})
    note.refresh_from_db()
    assert note.mention.engagement == Engagement.objects.get()
    assert note.mention_seen_at is not None
    assert Engagement.objects.get().contact == contact


def test_a_mention_is_linked_or_told_what_is_wrong(
    supervisor: Client, contact: Contact, amina: User
) -> None:
    add_note(Actor.staff(amina), contact, "Border Patrol took him from the scene.")
    note = Note.objects.get()
    unsaid = supervisor.post("/desk/mentions", {"note": note.pk, "reason": ""})
    assert unsaid.status_code == 422
    assert "Choose why this is no engagement" in text(unsaid)
    wrong = supervisor.post("/desk/mentions", {"note": note.pk, "record": "1", "number": "77"})
    assert "No record has this number" in text(wrong)
    assert 'value="77"' in text(wrong)
    row = record(Actor.staff(amina), about_a_suspect())
    linked = {"note": note.pk, "record": "1", "number": row.number.lower()}
    assert supervisor.post("/desk/mentions", linked).status_code == 302
    assert "1 became records" in text(supervisor.get("/desk/mentions"))


def test_the_list_and_its_filters(taker: Client, amina: User) -> None:
    assert "No engagement so far" in text(taker.get("/desk/engagements"))
    actor = Actor.staff(amina)
    ours = record(actor, about_a_suspect(exigency=outcome.Exigency.LIFE))
    theirs = record(actor, detainer(decision=outcome.Decision.GRANTED_FULL))
    for query, numbers in {
        "": {ours.number, theirs.number},
        "?direction=inbound_request": {theirs.number},
        "?authority=CBP_USBP": {ours.number},
        "?findings=standing": {theirs.number},
        f"?year={ours.year}": {ours.number, theirs.number},
        "?year=1999": set(),
        "?direction=nonsense&year=x": {ours.number, theirs.number},
    }.items():
        page = text(taker.get(f"/desk/engagements{query}"))
        assert set(re.findall(r">(E-\d{4}-\d{4})</a></th>", page)) == numbers, query
    assert "None with these filters" in text(taker.get("/desk/engagements?year=1999"))


def test_as_many_queries_for_many_as_for_one(supervisor: Client, amina: User) -> None:
    actor = Actor.staff(amina)
    counts: list[list[int]] = []
    supervisor.get("/desk/engagements")  # the session's own queries
    for _ in range(2):
        row = record(actor, detainer(decision=outcome.Decision.GRANTED_FULL))
        pages = ("/desk/engagements", f"/desk/engagements/{row.pk}", "/desk/mentions")
        seen = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert supervisor.get(page).status_code == 200
            seen.append(len(queries))
        counts.append(seen)
        for _ in range(30):
            record(actor, detainer(decision=outcome.Decision.GRANTED_FULL))
    assert counts[0] == counts[1]
