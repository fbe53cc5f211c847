"""A joint task force at the desk: its purpose and its agencies asked, shown, amended."""

import re

import pytest
from django.test import Client

from safecall.contacts.actions import Actor
from safecall.desk.engagements.form import values
from safecall.engagements import selectors
from safecall.engagements.actions import record
from safecall.people.models import User
from tests.desk.test_engagements import BEGUN, SignedIn, hidden, hour_ago, text
from tests.engagements.said import in_a_task_force

JOINT = {
    "direction": "joint_activity",
    "authority": "ICE_HSI",
    "purpose_class": "criminal_investigation",
    "subject_role": "no_individual",
    "request_types": ["joint_task_force"],
}
FORCE = {
    "happened_at": "",
    "legal_basis": "task_force_not_immigration",
    "task_force": "lake-drugs",
    "task_force_purpose": "narcotics",
    "task_force_agencies": ["dea", "county_sheriff"],
    "task_force_arrests": "7",
}


@pytest.fixture
def taker(signed_in: SignedIn, amina: User) -> Client:
    return signed_in(amina)


def test_a_task_force_is_asked_for_its_purpose_and_agencies(taker: Client) -> None:
    other = text(taker.post("/desk/engagements/new", {**BEGUN, "next": "1"}))
    assert "What is the task force for?" not in other
    page = text(taker.post("/desk/engagements/new", {**JOINT, "next": "1"}))
    assert "What is the task force for?" in page
    assert "Which kinds of agencies are in it?" in page
    begun = hidden(page)
    # Nothing is lost by a fault, nor by going back.
    wrong = text(taker.post("/desk/engagements/new", {**begun, **FORCE, "record": "1"}))
    back = text(taker.post("/desk/engagements/new", {**begun, **FORCE, "back": "1"}))
    forth = text(taker.post("/desk/engagements/new", {**hidden(back), **JOINT, "next": "1"}))
    for shown in (wrong, forth):
        assert 'value="narcotics" selected' in shown
        assert re.search(r'value="dea"[^>]*checked', shown)
        assert re.search(r'value="county_sheriff"[^>]*checked', shown)
        assert not re.search(r'value="fbi"[^>]*checked', shown)
    answers = {**begun, **FORCE, "happened_at": hour_ago(), "record": "1"}
    done = taker.post("/desk/engagements/new", answers)
    shown = text(taker.get(done.headers["Location"]))
    assert "<dt>Task force is for</dt><dd>Drugs</dd>" in shown
    assert "<dt>Agencies in it</dt><dd>DEA; A county sheriff</dd>" in shown
    assert "and it was about that" not in shown


def test_an_amendment_shows_what_a_task_force_was_said_to_be(taker: Client, amina: User) -> None:
    row = record(Actor.staff(amina), in_a_task_force())
    at = f"/desk/engagements/{row.pk}"
    page = text(taker.get(f"{at}/amend"))
    assert 'value="narcotics" selected' in page
    assert re.search(r'value="dea"[^>]*checked', page)
    answers = {
        **{name: value for name, value in values(selectors.facts(row)).items() if value},
        "task_force_purpose": "border_or_immigration_crime",
        "task_force_agencies": ["ICE_HSI", "ICE_ERO"],
        "shown": "every",
        "record": "1",
    }
    assert taker.post(f"{at}/amend", answers).status_code == 302
    shown = text(taker.get(at))
    assert "Task force is for: <del>Drugs</del> → <ins>Border or immigration crime</ins>" in shown
    assert "<del>Homeland Security Investigations (HSI); DEA; A county sheriff</del>" in shown
    assert "The ground was a task force not about immigration, and it was about that" in shown
    assert "Read the task force&#x27;s agreement" in shown
