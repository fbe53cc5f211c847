"""System checks that hold the whole software to the promise (run by `safecall check`).

E001 a text column that is neither screened nor reviewed
E002 a column, form field or label that asks for what is never asked
E003 a template, script or translation that asks for it
E004 the reviewed list names a column that does not exist
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms
from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

import safecall
from safecall import guard
from safecall.guard.exempt import SENTENCES
from safecall.guard.lint import lint_file
from safecall.privacy.fields import ScreenedTextField
from safecall.privacy.reviewed import COLUMNS

TEXT = (models.CharField, models.TextField, models.JSONField)
PACKAGE = Path(safecall.__file__).parent
LINTED = ("*.html", "*.po", "*.toml", "*.txt", "*.js")
# The guard's own rules must name what they find, and so must the words in which people ask for
# help with their papers; neither is ever shown to anyone.
NOT_LINTED = frozenset({PACKAGE / "guard", PACKAGE / "referrals" / "needs"})


def _own_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("safecall."):
            yield from config.get_models(include_auto_created=True)


def _columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    yield from model._meta.local_fields


@register("privacy")
def text_has_one_door(**_: object) -> list[CheckMessage]:
    """Free text is screened or sealed; every other text column is on the reviewed list."""
    found: list[CheckMessage] = []
    seen: set[str] = set()
    for model in _own_models():
        for column in _columns(model):
            name = f"{model._meta.label}.{column.name}"
            seen.add(name)
            if not isinstance(column, TEXT) or isinstance(column, ScreenedTextField):
                continue
            if not column.choices and name not in COLUMNS:
                hint = (
                    "Make it a ScreenedTextField, or review it and list it in privacy/reviewed.py."
                )
                found.append(
                    Error(f"{name} takes text that is not screened.", hint=hint, id="safecall.E001")
                )
    return found + [
        Error(f"{name} is reviewed but does not exist.", obj=name, id="safecall.E004")
        for name in sorted(COLUMNS.keys() - seen)
    ]


def _asks(text: str) -> bool:
    if text in SENTENCES:
        return False
    return bool(guard.ask(text.replace("_", " ") + ":")) or bool(guard.ask(text))


@register("privacy")
def status_has_no_place(**_: object) -> list[CheckMessage]:
    """No column and no form field is named, labelled or explained as a question of status."""
    found: list[CheckMessage] = []
    for model in _own_models():
        for column in _columns(model):
            words = (column.name, str(column.verbose_name), str(column.help_text))
            if any(_asks(text) for text in words if text):
                found.append(Error(f"{model._meta.label}.{column.name} asks.", id="safecall.E002"))
    for form in _subclasses(forms.BaseForm):
        if not form.__module__.startswith("safecall."):
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            if any(_asks(str(t)) for t in (name, field.label, field.help_text) if t):
                found.append(Error(f"{form.__qualname__}.{name} asks.", id="safecall.E002"))
    return found


def _subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        yield child
        yield from _subclasses(child)


@register("privacy")
def nobody_asks(**_: object) -> list[CheckMessage]:
    """No template, script, translation or page script asks anyone for their status."""
    return [
        Error(
            f"{path.relative_to(PACKAGE)}:{finding.line} asks: {finding.words!r} ({finding.rule})",
            id="safecall.E003",
        )
        for pattern in LINTED
        for path in sorted(PACKAGE.rglob(pattern))
        if NOT_LINTED.isdisjoint(path.parents)
        for finding in lint_file(path)
    ]
