"""Writing and publishing a department's texts on the staff pages."""

import pytest
from django.test import Client

from safecall.people.models import User
from safecall.texts import actions
from safecall.texts.models import Suggestion, Version


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_from_a_draft_to_the_public_page(ruth: User, sofia: User) -> None:
    clerk, supervisor = _signed_in(ruth), _signed_in(sofia)
    start = clerk.get("/desk/texts/new?name=policy").content.decode()
    assert "Calling the police is a safe choice" in start, "a model to start from"
    typed = {"name": "policy", "lang": "en", "body": "# We help", "changed": ""}
    preview = clerk.post("/desk/texts/new", typed | {"preview": "1"}).content.decode()
    assert "<h2>We help</h2>" in preview
    assert not Version.objects.exists()
    address = clerk.post("/desk/texts/new", typed | {"keep": "1"}).headers["Location"]
    clerk.post(f"{address}/act", {"propose": "1"})
    assert 'name="publish"' not in clerk.get(address).content.decode()
    refused = clerk.post(f"{address}/act", {"publish": "1"})
    assert refused.status_code == 409
    assert 'name="publish"' in supervisor.get(address).content.decode()
    assert supervisor.post(f"{address}/act", {"publish": "1"}).status_code == 302
    assert "We help" in Client().get("/policy").content.decode()


def test_what_asks_is_refused_and_nothing_is_lost(ruth: User) -> None:
    typed = {"name": "policy", "lang": "en", "body": "What is your visa number?", "changed": "x"}
    refused = _signed_in(ruth).post("/desk/texts/new", typed | {"keep": "1"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "This asks what we never ask" in page
    assert "What is your visa number?</textarea>" in page


@pytest.mark.parametrize("address", ["/desk/texts", "/desk/texts/new", "/desk/texts/suggestions"])
def test_a_call_taker_has_no_texts(amina: User, address: str) -> None:
    assert _signed_in(amina).get(address).status_code == 403


def test_suggestions_are_settled_and_stay(ruth: User) -> None:
    one, _ = actions.suggest("es", "Folleto", "Volante")
    clerk = _signed_in(ruth)
    assert "Volante" in clerk.get("/desk/texts/suggestions").content.decode()
    clerk.post("/desk/texts/suggestions", {"suggestion": one.pk, "accept": "1"})
    assert Suggestion.objects.get().state == "accepted"
    page = clerk.get("/desk/texts/suggestions").content.decode()
    assert "Nothing waits for you" in page
    assert "Volante" in page
    assert clerk.post("/desk/texts/suggestions", {"suggestion": "x"}).status_code == 404
