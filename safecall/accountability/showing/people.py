"""What residents told us, in a statement's words: answers and complaints."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safecall.accountability.showing.rest import hidden_notes, open_years
from safecall.accountability.showing.shape import Section, Table
from safecall.accountability.showing.values import count, number, rows
from safecall.accountability.showing.words import BECAME, COMPLAINTS, OUTCOMES, QUESTIONS, say
from safecall.referrals.kinds import KINDS

Document = dict[str, Any]


def answers(document: Document) -> Section:
    """The three questions, year by year."""
    made = document["answers"]
    years = [one for one in made["by_year"] if one["counts"]]
    sentences = [_("After a call, anyone can answer three questions. We do not know who answered.")]
    if not years:
        sentences.append(_("There is no finished year with answers yet."))
    return Section(
        "answers",
        _("What people told us"),
        tuple(sentences),
        tables=tuple(_answers(one) for one in years),
        notes=(*hidden_notes(), *open_years(made["open_years"])),
    )


def referrals(document: Document) -> Section:
    """Which offices people were referred to, and what became of it."""
    made = document["referrals"]
    years = [one for one in made["by_year"] if one["counts"]]
    sentences = [_("When someone asks who can help, we name an office. We do not know who asked.")]
    if not years:
        sentences.append(_("There is no finished year with such a count yet."))
    return Section(
        "referrals",
        _("Offices that we named"),
        tuple(sentences),
        tables=tuple(table for one in years for table in _referrals(one)),
        notes=(*hidden_notes(), *open_years(made["open_years"])),
    )


def _referrals(one: dict[str, Any]) -> Iterator[Table]:
    year = {"year": one["year"]}
    names = {code: kind.name for code, kind in KINDS.items()}
    for side, title, words in (
        ("kind", _("Offices that we named in %(year)s") % year, names),
        ("outcome", _("What became of it in %(year)s") % year, BECAME),
    ):
        cells = {code: one["counts"].get(f"{side}.{code}") for code in words
                 if f"{side}.{code}" in one["counts"]}  # fmt: skip
        lines = tuple((say(words, code), count(cell)) for code, cell in cells.items())
        yield Table(title, (_("What"), _("Times")), lines)


def _answers(one: dict[str, Any]) -> Table:
    cells = one["counts"]
    return Table(
        _("Answers in %(year)s") % {"year": one["year"]},
        (_("Question"), _("Yes"), _("No"), _("Not sure, or not said")),
        tuple(
            (say(QUESTIONS, question), *(count(cells[f"{question}.{reply}"]) for reply in
             ("yes", "no", "unsaid")))
            for question in QUESTIONS
        ),
    )  # fmt: skip


def complaints(document: Document) -> Section:
    """Complaints that a rule was broken: received, settled, how they ended."""
    made = document["complaints"]
    title = _("Complaints about us")
    how = _("Anyone can tell us that we broke a rule, without a name.")
    if not made["received"] and not made["settled"]:
        return Section("complaints", title, (how, _("Nobody did in this time.")))
    said = ngettext(
        "%(received)s complaint came in. %(settled)s came to an end.",
        "%(received)s complaints came in. %(settled)s came to an end.",
        made["received"],
    ) % {"received": number(made["received"]), "settled": number(made["settled"])}
    tables = [Table(_("What they were about"), (_("What"), _("Complaints")),
                    rows(COMPLAINTS, made["kinds"]))]  # fmt: skip
    if made["settled"]:
        ends = rows(OUTCOMES, made["outcomes"])
        tables.append(Table(_("How they ended"), (_("What"), _("Complaints")), ends))
    waiting = _("Still open: %(count)s") % {"count": number(made["open"])}
    return Section("complaints", title, (how, said, waiting), tables=tuple(tables))
