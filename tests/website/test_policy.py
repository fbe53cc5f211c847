"""The policy with its history, and better translations."""

from importlib import import_module

import pytest
from django.test import Client

from safecall.people.models import User
from safecall.texts import actions
from safecall.texts.models import Suggestion
from safecall.website import throttle
from tests.website.reading import form_values, text


def _publish(writer: User, second: User, body: str, name: str = "policy") -> None:
    one = actions.write(writer, name, "en", body, changed="We say more.")
    actions.publish(second, actions.propose(writer, one))


def test_nothing_is_published_yet(visitor: Client) -> None:
    assert "The policy is not published here yet." in text(visitor.get("/policy"))


def test_the_policy_its_history_and_what_changed(visitor: Client, ruth: User, sofia: User) -> None:
    _publish(ruth, sofia, "# Calls\n\nWe help everyone.")
    _publish(ruth, sofia, "# Calls\n\nWe help everyone.\n\nAn interpreter is free.")
    page = visitor.get("/policy")
    words = text(page)
    assert "Version 2, in force since" in words
    assert "New: An interpreter is free." in words
    assert "Version 1," in words
    assert "We say more." in words
    assert "Ruth" not in words, "who wrote it is nobody's business"
    assert "<h2>Calls</h2>" in page.content.decode()


def test_in_another_language_it_says_that_it_is_in_english(
    visitor: Client, ruth: User, sofia: User
) -> None:
    _publish(ruth, sofia, "# Calls\n\nWe help everyone.")
    page = visitor.get("/es/policy")
    assert "Nuestras reglas están en inglés." in text(page)
    assert '<article class="policy card" lang="en" dir="ltr">' in page.content.decode()


def test_a_word_of_their_own_on_the_first_page(visitor: Client, ruth: User, sofia: User) -> None:
    _publish(ruth, sofia, "Come to our **open evening**.", "promise")
    assert "<strong>open evening</strong>" in visitor.get("/").content.decode()


def test_a_better_translation_is_taken_in(visitor: Client) -> None:
    page = visitor.get("/es/help/translate")
    assert '<option value="es" selected>' in page.content.decode()
    sent = {"lang": "es", "wrong": "Folleto", "better": "Volante"}
    done = visitor.post("/es/help/translate", sent)
    assert "Gracias. Una persona lo leerá." in text(done)
    assert form_values(done)["better"] == ""
    one = Suggestion.objects.get()
    assert (one.lang, str(one.wrong), str(one.better)) == ("es", "Folleto", "Volante")
    assert not done.cookies


def test_a_change_of_language_and_an_error_lose_nothing(visitor: Client) -> None:
    sent = {"lang": "", "wrong": "Folleto", "better": "Volante"}
    refused = visitor.post("/help/translate", sent)
    assert refused.status_code == 422
    assert form_values(refused)["better"] == "Volante"
    switched = visitor.post("/es/help/translate", sent | {"keep": "1"})
    assert form_values(switched)["wrong"] == "Folleto"
    assert not Suggestion.objects.exists()


@pytest.mark.usefixtures("one_hour")
def test_too_many_suggestions_wait(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = import_module("safecall.website.views.policy")  # the package's name is a view
    monkeypatch.setattr(policy, "SUGGESTIONS", throttle.Limit("suggestion", 1))
    sent = {"lang": "es", "wrong": "", "better": "Volante"}
    assert visitor.post("/help/translate", sent).status_code == 200
    second = visitor.post("/help/translate", sent)
    assert second.status_code == 429
    assert form_values(second)["better"] == "Volante"
