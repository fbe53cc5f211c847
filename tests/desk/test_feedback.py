"""The supervisor's page of what people say, and a complaint's."""

from collections.abc import Callable

import pytest
from django.test import Client

from safecall.feedback.actions import add_words, complain, give_answers
from safecall.feedback.models import Answers, Complaint
from safecall.people.models import User

SignedIn = Callable[[User], Client]


@pytest.fixture
def supervisor(signed_in: SignedIn, sofia: User) -> Client:
    return signed_in(sofia)


def body(client: Client, address: str = "/desk/feedback") -> str:
    return client.get(address).content.decode()


def test_an_empty_page_says_so(supervisor: Client) -> None:
    page = body(supervisor)
    assert "Nobody new says so." in page
    assert "No complaint is open." in page
    assert "Nobody has answered yet." in page


def test_asked_pages_the_supervisor_on_every_page_until_it_is_seen(
    supervisor: Client, signed_in: SignedIn, amina: User
) -> None:
    give_answers({"asked": "yes"}, "One of them asked, at the door.")
    paged = 'Feedback <span class="tag tag-care">1</span>'
    assert paged in body(supervisor, "/desk/units")
    assert "Feedback" not in body(signed_in(amina), "/desk/units")
    assert "at the door" in body(supervisor)
    key = str(Answers.objects.get().pk)
    assert supervisor.post("/desk/feedback", {"answers": key}).status_code == 302
    assert paged not in body(supervisor, "/desk/units")
    assert "at the door" not in body(supervisor)


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_is_not_found(supervisor: Client, key: str) -> None:
    assert supervisor.post("/desk/feedback", {"answers": key}).status_code == 404
    assert supervisor.get("/desk/feedback/complaint/99").status_code == 404


def test_a_complaint_is_taken_up_and_settled(supervisor: Client) -> None:
    complaint = complain("held", "Seven hours longer.").complaint
    address = f"/desk/feedback/complaint/{complaint.pk}"
    assert "not read yet" in body(supervisor)
    assert "Seven hours longer." in body(supervisor, address)
    assert supervisor.post(address, {"act": "look"}).status_code == 302
    assert "not read yet" not in body(supervisor)
    refused = supervisor.post(address, {"act": "settle", "outcome": ""})
    assert refused.status_code == 422
    assert "Choose how it ended." in refused.content.decode()
    supervisor.post(address, {"act": "settle", "outcome": "broken"})
    assert "Settled: A rule was broken" in body(supervisor, address)
    assert Complaint.objects.get().state == "settled"
    add_words(complaint, "And my brother.")
    assert "I have read what was added" in body(supervisor, address)
    supervisor.post(address, {"act": "reopen"})
    assert Complaint.objects.get().state == "looked_at"


def test_an_unknown_button_changes_nothing(supervisor: Client) -> None:
    complaint = complain("other").complaint
    answer = supervisor.post(f"/desk/feedback/complaint/{complaint.pk}", {"act": "delete"})
    assert answer.status_code == 422
    assert Complaint.objects.get().version == 1


def test_the_page_asks_as_often_with_many_as_with_few(
    supervisor: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(30):
        give_answers({"asked": "yes"})
        complain("other")
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        body(supervisor)
