"""The checks find what they are there for, and find nothing in safecall itself."""

from pathlib import Path

import pytest
from django import forms
from django.core import checks as django_checks
from django.db import models
from django.test.utils import isolate_apps

from safecall.privacy import checks


def test_safecall_itself_passes() -> None:
    assert django_checks.run_checks(tags=["privacy"]) == []


@isolate_apps("safecall.contacts")
def test_a_text_column_that_is_not_screened_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Remark(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "contacts"

    monkeypatch.setattr(checks, "_own_models", lambda: iter([Remark]))
    monkeypatch.setattr(checks, "COLUMNS", {})
    assert [error.id for error in checks.text_has_one_door()] == ["safecall.E001"]


@isolate_apps("safecall.contacts")
@pytest.mark.parametrize("name", ["citizenship", "immigration_status", "country_of_birth"])
def test_a_column_for_status_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {"__module__": __name__, name: models.BooleanField()}
    fields["Meta"] = type("Meta", (), {"app_label": "contacts"})  # type: ignore[assignment]
    person = type("Person", (models.Model,), fields)
    monkeypatch.setattr(checks, "_own_models", lambda: iter([person]))
    assert "safecall.E002" in {error.id for error in checks.status_has_no_place()}


def test_a_form_that_asks_is_found() -> None:
    form = type(
        "Intake",
        (forms.Form,),
        {
            "__module__": "safecall.invented",
            "origin": forms.CharField(label="Where were you born?"),
        },
    )
    found = [str(error.msg) for error in checks.status_has_no_place()]
    assert found == ["Intake.origin asks."]
    del form


def test_a_template_that_asks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "intake.html").write_text("<p>Hello.</p>\n<label>Are you a citizen?</label>\n")
    monkeypatch.setattr(checks, "PACKAGE", tmp_path)
    monkeypatch.setattr(checks, "NOT_LINTED", frozenset({tmp_path / "guard"}))
    (error,) = checks.nobody_asks()
    assert "intake.html:2" in str(error.msg)
