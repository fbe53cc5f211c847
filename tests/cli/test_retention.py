"""`safecall retention` says what it would do, asks, and does it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.contacts.actions import Actor, ContactOpening, close, open_contact
from safecall.contacts.models import AnsweringPoint, Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(answering_point: AnsweringPoint) -> Contact:
    actor = Actor.system("CAD")
    then = timezone.now() - timedelta(days=200)
    opened = open_contact(
        actor, ContactOpening("911", answering_point, received_at=then, callback="218 555 0134")
    )
    return close(actor, opened.contact, "18", at=then)


def _run(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(
        app,
        ["retention", *(("--days", "90") if "--help" not in words else ()), *words],
        input=typed,
    )
    return result.output


def test_a_dry_run_says_how_many_and_destroys_nothing(due: Contact) -> None:
    assert "1 contacts" in _run("--dry-run")
    assert Contact.objects.get(pk=due.pk).callback


def test_it_asks_first_and_no_means_no(due: Contact) -> None:
    _run(typed="n\n")
    assert Contact.objects.get(pk=due.pk).callback


def test_yes_destroys(due: Contact) -> None:
    assert "1 contacts are destroyed" in _run("--yes")
    assert not Contact.objects.get(pk=due.pk).callback


def test_help_shows_examples() -> None:
    assert "safecall retention --dry-run" in _run("--help")


def test_words_of_feedback_go_with_it() -> None:
    from datetime import date

    from safecall.feedback.actions import give_answers
    from safecall.feedback.models import Answers

    give_answers({"helped": "yes"}, "They came at once.")
    assert "0 answers and complaints" in _run("--dry-run")
    Answers.objects.update(month=date(2026, 1, 1))
    assert "1 answers and complaints" in " ".join(_run("--dry-run").split())
    assert "Words of 1 answers" in _run("--yes")
    assert str(Answers.objects.get().words) == ""
