"""The statement as a table: every figure is a line of its own."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

Document = dict[str, Any]
#: Figure, year, code, value.
Line = tuple[str, Any, str, Any]
COLUMNS: Final = ("figure", "year", "code", "value")
_HEADLINE: Final = (
    "records", "engaged", "border_patrol_suspect", "asked", "declined", "amended", "historical",
)  # fmt: skip
_TABLES: Final = (
    "directions", "purposes", "decisions", "bases", "asked_for", "actions", "custody",
)  # fmt: skip


def as_csv(document: Document) -> str:
    """Which figure, of which year, of which code, and its value; a hidden count is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for part in (_head, _contacts, _engagements, _nil_returns, _residents, _rest):
        writer.writerows(part(document))
    return out.getvalue()


def _head(document: Document) -> Iterator[Line]:
    for name in ("from", "to", "as_of", "department"):
        yield name, "", "", document[name]
    yield "demonstration", "", "", str(document["demonstration"]).lower()
    point = document["backing"]["checkpoint"] or {}
    yield from ((f"checkpoint_{name}", "", "", point[name]) for name in ("size", "root") if point)


def _contacts(document: Document) -> Iterator[Line]:
    contacts = document["contacts"]
    for one in contacts["by_year"]:
        yield from (("contacts", one["year"], code, n) for code, n in one["channels"].items())
    yield "contacts", "", "all", contacts["total"]
    yield from (("old_files", "", name, n) for name, n in document["old_files"].items())


def _engagements(document: Document) -> Iterator[Line]:
    counts = document["engagements"]
    for one in counts["by_year"]:
        yield from (
            (f"engagements_{name}", one["year"], "", n) for name, n in one.items() if name != "year"
        )
    for name in _HEADLINE:
        yield f"engagements_{name}", "", "all", counts[name]
    for name in _TABLES:
        yield from ((f"engagements_{name}", "", code, n) for code, n in counts[name].items())
    for table in ("by_authority", "findings"):
        for code, one in counts[table].items():
            yield from ((f"engagements_{table}_{name}", "", code, n) for name, n in one.items())
    yield from (("engagements_spent", "", name, n) for name, n in counts["spent"].items())


def _nil_returns(document: Document) -> Iterator[Line]:
    made = document["nil_returns"]
    for name in ("with_engagement", "owed", "not_yet"):
        yield from (("nil_returns", "", name, month) for month in made[name])
    yield from (
        ("nil_returns", "", f"certified by {one['role']}", one["month"])
        for one in made["certified"]
    )


def _residents(document: Document) -> Iterator[Line]:
    for table in ("interpreters", "guard_removed", "answers", "referrals"):
        for one in document[table]["by_year"]:
            yield from ((table, one["year"], code, n) for code, n in one["counts"].items())
            if one["counts"]:
                yield table, one["year"], "all", one["total"]


def _rest(document: Document) -> Iterator[Line]:
    yield from (("mentions", "", name, n) for name, n in document["mentions"].items())
    complaints = document["complaints"]
    for name in ("received", "settled", "open"):
        yield f"complaints_{name}", "", "all", complaints[name]
    for name in ("kinds", "outcomes"):
        yield from ((f"complaints_{name}", "", code, n) for code, n in complaints[name].items())
    yield from (("retention", "", name, n) for name, n in document["retention"].items())
