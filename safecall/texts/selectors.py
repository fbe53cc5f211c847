"""Reading texts for pages: a fixed number of queries, whatever the tables hold."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from django.db.models import QuerySet

from safecall.texts.changes import Change, changes
from safecall.texts.models import Suggestion, Version

SOURCE_LANGUAGE: Final = "en"
HISTORY_LENGTH: Final = 50
LIST_LENGTH: Final = 200
_PUBLISHED = Version.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Step:
    """One published version, and what changed against the one before (none for the first)."""

    version: Version
    changes: tuple[Change, ...]


def current(name: str, lang: str) -> Version | None:
    """What is in force, in this language or else in English."""
    found = {
        one.lang: one
        for one in Version.objects.filter(
            name=name, lang__in={lang, SOURCE_LANGUAGE}, state=_PUBLISHED
        ).order_by("number")
    }
    return found.get(lang) or found.get(SOURCE_LANGUAGE)


def history(name: str, lang: str) -> list[Step]:
    """The published versions, the newest first."""
    found = list(
        Version.objects.filter(name=name, lang=lang, state=_PUBLISHED).order_by("-number")[
            : HISTORY_LENGTH + 1
        ]
    )
    pairs = zip(found, [*found[1:], None], strict=True)
    steps = [Step(one, changes(before.body, one.body) if before else ()) for one, before in pairs]
    return steps[:HISTORY_LENGTH]


def versions() -> QuerySet[Version]:
    """All versions, the newest first, with who wrote and who published them."""
    return Version.objects.select_related("written_by", "published_by").order_by("-written_at")[
        :LIST_LENGTH
    ]


def suggestions(state: str = Suggestion.State.NEW) -> QuerySet[Suggestion]:
    """Suggestions in this state, the oldest first."""
    return (
        Suggestion.objects.filter(state=state)
        .select_related("settled_by")
        .order_by("id")[:LIST_LENGTH]
    )


@lru_cache(maxsize=1)
def model_policy() -> str:
    """A policy to start from, in Markdown; a department's attorney decides what stands in it."""
    return files("safecall.texts").joinpath("model", "policy.en.md").read_text(encoding="utf-8")
