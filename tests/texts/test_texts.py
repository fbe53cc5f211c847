"""A department's texts: nobody publishes alone, nothing published changes, the ledger has it."""

import hashlib
import re
import string
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from safecall.config import rules
from safecall.contacts.actions import ActRefused, InvalidField
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.texts import actions, markdown, selectors
from safecall.texts.changes import changes
from safecall.texts.models import Suggestion, Version

TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em"}
TAGS |= {"code", "pre", "blockquote", "a", "br", "hr"}
BODY = "# Calls\n\n- We help everyone.\n- We do not ask about immigration status."


def _proposed(user: User, body: str = BODY, lang: str = "en") -> Version:
    one = actions.write(user, "policy", lang, body, changed="First.")
    return actions.propose(user, one)


def _published(writer: User, second: User, body: str = BODY, lang: str = "en") -> Version:
    return actions.publish(second, _proposed(writer, body, lang))


def test_two_people_and_a_row_in_the_ledger(ruth: User, sofia: User) -> None:
    first = _published(ruth, sofia)
    second = _published(ruth, sofia, BODY + "\n- An interpreter is free.")
    assert (first.number, second.number) == (1, 2)
    rows = LedgerRow.objects.filter(subject__in=[first.pk, second.pk]).order_by("id")
    assert [row.kind for row in rows] == ["rule_change", "rule_change"]
    record = rows[1].record
    assert record == {
        "text": "policy",
        "lang": "en",
        "version": 2,
        "sha256": hashlib.sha256(second.body.encode()).hexdigest(),
        "before": first.sha256,
    }
    assert selectors.current("policy", "en") == second
    steps = selectors.history("policy", "en")
    assert [step.version.number for step in steps] == [2, 1]
    assert steps[0].changes == (("added", "- An interpreter is free."),)
    assert steps[1].changes == ()


def test_nobody_publishes_what_they_wrote(sofia: User) -> None:
    one = _proposed(sofia)
    with pytest.raises(ActRefused, match="somebody else"):
        actions.publish(sofia, one)
    assert selectors.current("policy", "en") is None
    assert not LedgerRow.objects.exists()


def test_the_database_refuses_it_too(sofia: User) -> None:
    one = _proposed(sofia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=one.pk).update(
            state="published", number=1, published_by=sofia, published_at=one.written_at
        )


def test_a_records_clerk_writes_and_does_not_publish(ruth: User, sofia: User) -> None:
    with pytest.raises(ActRefused, match="supervisor"):
        actions.publish(ruth, _proposed(sofia))


def test_only_what_was_proposed_is_published(ruth: User, sofia: User) -> None:
    draft = actions.write(ruth, "policy", "en", BODY)
    with pytest.raises(ActRefused, match="proposed"):
        actions.publish(sofia, draft)
    done = actions.publish(sofia, actions.propose(ruth, draft))
    with pytest.raises(ActRefused):
        actions.publish(sofia, done)
    with pytest.raises(ActRefused):
        actions.write(ruth, "policy", "en", "Something else.", version=done)
    assert Version.objects.get().body == BODY


def test_sent_back_and_written_on(ruth: User, sofia: User, dan: User) -> None:
    one = _proposed(ruth)
    with pytest.raises(ActRefused):
        actions.send_back(dan, one)
    actions.send_back(sofia, one)
    with pytest.raises(ActRefused):
        actions.write(sofia, "policy", "en", "Another's words.", version=one)
    again = actions.write(ruth, "policy", "en", BODY + "\n\nMore.", version=one)
    assert again.pk == one.pk
    assert again.state == Version.State.DRAFT


@pytest.mark.parametrize(
    "body",
    ["# Rules\n\nWhat is your immigration status?", "- One\n- Are you a **citizen**?", "Visa no.:"],
)
def test_a_text_that_asks_is_refused(ruth: User, body: str) -> None:
    with pytest.raises(InvalidField, match="never ask") as refused:
        actions.write(ruth, "policy", "en", body)
    assert refused.value.field == "body"
    assert not Version.objects.exists()


def test_the_model_asks_nothing_and_has_the_savings_clause() -> None:
    model = selectors.model_policy()
    assert actions.faults(model) == []
    assert "8 U.S.C. 1373" in model
    assert "8 U.S.C. 1644" in model


def test_each_language_falls_back_to_english(ruth: User, sofia: User) -> None:
    english = _published(ruth, sofia)
    assert selectors.current("policy", "so") == english
    somali = _published(ruth, sofia, "# Wicitaanka", "so")
    assert somali.number == 1
    assert selectors.current("policy", "so") == somali
    assert selectors.current("policy", "en") == english
    assert selectors.current("promise", "en") is None


def test_a_new_policy_does_not_look_like_new_rules_of_the_guard(
    ruth: User, sofia: User, tmp_path: Path
) -> None:
    rules.at_start(None, tmp_path, production=False)
    before = LedgerRow.objects.filter(subject__isnull=True).count()
    _published(ruth, sofia)
    rules.at_start(None, tmp_path, production=False)
    assert LedgerRow.objects.filter(subject__isnull=True).count() == before


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://elsewhere.example/a.png)",
        '<a href="https://x" style="position:fixed">x</a>',
    ],
)
def test_markdown_holds_no_code(text: str) -> None:
    made = str(markdown.html(text))
    for sign in ("<script", "<img", 'href="javascript', 'style="', '<a href="https://x"'):
        assert sign not in made


@given(st.text(alphabet=string.printable, max_size=300))
def test_markdown_makes_only_tags_of_text(text: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", str(markdown.html(text))))
    assert tags <= TAGS


_passage = st.text(alphabet="abc xyz.", min_size=1, max_size=20).map(str.strip).filter(bool)
_body = st.lists(_passage, max_size=6).map("\n\n".join)


@given(_body, _body)
def test_changes_lead_from_one_version_to_the_other(before: str, after: str) -> None:
    found = changes(before, after)
    assert (found == ()) == (before == after)
    for kind, text in found:
        assert text in (after if kind == "added" else before)


def test_a_rewrapped_paragraph_has_not_changed() -> None:
    assert changes("One two\nthree.\n\n- a\n- b", "One two three.\n\n- a\n- b") == ()


def test_a_suggestion_is_screened_settled_and_stays(ruth: User) -> None:
    one, removed = actions.suggest("so", "Wac 911", "Soo wac 911. I am an undocumented immigrant.")
    assert removed
    assert "undocumented" not in str(Suggestion.objects.get().better)
    actions.settle(ruth, one, accepted=True)
    assert list(selectors.suggestions()) == []
    assert [str(s.wrong) for s in selectors.suggestions("accepted")] == ["Wac 911"]
    actions.settle(ruth, one, accepted=False)
    assert [s.pk for s in selectors.suggestions("declined")] == [one.pk]


def test_a_suggestion_needs_words_and_a_language(db: None) -> None:
    for lang, better, field in (("xx", "Words", "lang"), ("so", "  ", "better")):
        with pytest.raises(InvalidField) as refused:
            actions.suggest(lang, "", better)
        assert refused.value.field == field
