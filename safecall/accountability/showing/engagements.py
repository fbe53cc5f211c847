"""The part of a statement about immigration authorities, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safecall.accountability.showing.shape import Section, Table, chart
from safecall.accountability.showing.values import month, number, rows
from safecall.accountability.showing.words import (
    AUTHORITIES,
    BASES,
    CUSTODY,
    DECISIONS,
    DIRECTIONS,
    FINDINGS,
    Words,
    say,
)

#: Months are named up to so many; more are counted.
_NAMED = 6


def sections(document: dict[str, Any]) -> tuple[Section, ...]:
    """With whom, by which way, on what basis; broken rules; months without any."""
    counts = document["engagements"]
    old = (_old_files(document["old_files"]),) if document["old_files"]["contacts"] else ()
    return _counts(counts), _findings(document), _nil(document), *old


def _counts(counts: dict[str, Any]) -> Section:
    title = _("Work with immigration authorities")
    if not counts["records"]:
        return Section(
            "engagements", title, (_("There is no record of any in this time."),), notes=_notes()
        )
    sentences = [
        ngettext(
            "We wrote down %(records)s time that we had to do with an immigration authority. "
            "Each call, each request and each answer is one record.",
            "We wrote down %(records)s times that we had to do with an immigration authority. "
            "Each call, each request and each answer is one record.",
            counts["records"],
        )
        % {"records": number(counts["records"])},
        ngettext(
            "They asked us %(asked)s time. We said no to %(declined)s of these.",
            "They asked us %(asked)s times. We said no to %(declined)s of these.",
            counts["asked"],
        )
        % {"asked": number(counts["asked"]), "declined": number(counts["declined"])},
    ]
    years = [
        (str(one["year"]), one["engaged"], number(one["engaged"])) for one in counts["by_year"]
    ]
    return Section(
        "engagements",
        title,
        tuple(sentences),
        chart=chart(_("Times we worked with an immigration authority, by year"), years),
        tables=(
            _years(counts),
            _authorities(counts),
            _table(_("Who turned to whom"), DIRECTIONS, counts["directions"]),
            _table(_("What we answered"), DECISIONS, counts["decisions"]),
            _table(_("On what ground"), BASES, counts["bases"]),
            _table(_("What became of the person"), CUSTODY, counts["custody"]),
        ),
        notes=_notes(),
    )


def _notes() -> tuple[str, ...]:
    return (
        _("These counts are exact. They count what we did, and say nothing about any person."),
        _("We worked with them: we called on them, or did what they asked, or a part of it."),
    )


def _years(counts: dict[str, Any]) -> Table:
    return Table(
        _("By year"),
        (_("Year"), _("Worked with them"), _("With Border Patrol about a suspect"),
         _("They asked"), _("We said no")),
        tuple(_line(str(one["year"]), one) for one in counts["by_year"]),
        _line(_("Together"), counts),
    )  # fmt: skip


def _line(name: str, one: dict[str, int]) -> tuple[str, ...]:
    shown = (one["engaged"], one["border_patrol_suspect"], one["asked"], one["declined"])
    return (name, *map(number, shown))


def _authorities(counts: dict[str, Any]) -> Table:
    return Table(
        _("By authority"),
        (_("Authority"), _("Records"), _("Worked with them"), _("They asked"), _("We said no")),
        tuple(
            (say(AUTHORITIES, code), *(number(one[name]) for name in
             ("records", "engaged", "asked", "declined")))
            for code, one in counts["by_authority"].items()
            if one["records"]
        ),
    )  # fmt: skip


def _table(title: str, words: Words, counts: dict[str, int]) -> Table:
    return Table(title, (_("What"), _("Records")), rows(words, counts))


def _findings(document: dict[str, Any]) -> Section:
    title = _("When we broke our own rules")
    found = {
        code: one
        for code, one in document["engagements"]["findings"].items()
        if one["standing"] or one["settled"]
    }
    how = _("A program checks each record against our rules. Nobody can take a finding away.")
    alerts = _broken(sum(one["standing"] for one in found.values()), document["mentions"])
    if not found:
        return Section("findings", title, (_("No record breaks a rule."), how), alerts)
    table = Table(
        _("Broken rules"),
        (_("What happened"), _("It stands"), _("It was put right")),
        tuple(
            (say(FINDINGS, code), number(one["standing"]), number(one["settled"]))
            for code, one in found.items()
        ),
    )
    return Section("findings", title, (how,), alerts, tables=(table,))


def _broken(standing: int, mentions: dict[str, int]) -> tuple[str, ...]:
    alerts = []
    if standing:
        said = ngettext(
            "A rule was broken %(count)s time.", "A rule was broken %(count)s times.", standing
        )
        alerts.append(said % {"count": number(standing)})
    late = mentions["unsettled"] + mentions["late"]
    if late:
        said = ngettext(
            "%(count)s note named an immigration authority, and we did not look into it within "
            "five working days.",
            "%(count)s notes named an immigration authority, and we did not look into them within "
            "five working days.",
            late,
        )
        alerts.append(said % {"count": number(late)})
    return tuple(alerts)


def _nil(document: dict[str, Any]) -> Section:
    nil = document["nil_returns"]
    certified, owed = nil["certified"], nil["owed"]
    sentences = [
        _("For a month without any record, an office of ours has to sign that there was none."),
        _("Signed months: %(signed)s. Months with a record: %(with)s.")
        % {"signed": number(len(certified)), "with": number(len(nil["with_engagement"]))},
    ]
    alerts: tuple[str, ...] = ()
    if owed:
        alerts = (_("Nobody signed for these months: %(months)s.") % {"months": _months(owed)},)
    return Section("nil", _("Months without any"), tuple(sentences), alerts)


def _old_files(old: dict[str, int]) -> Section:
    table = Table(
        _("What old files say of work with an immigration authority"),
        (_("What"), _("Count")),
        (
            (_("Records made from old files"), number(old["identified"])),
            (
                _("Contacts that say: help for another agency, but not which"),
                number(old["possible"]),
            ),
            (_("Contacts that cannot tell"), number(old["not_determinable"])),
        ),
    )
    return Section(
        "old-files",
        _("Old files"),
        (
            ngettext(
                "%(count)s contact comes from old files.",
                "%(count)s contacts come from old files.",
                old["contacts"],
            )
            % {"count": number(old["contacts"])},
            _("Old files often do not say which agency came. So we can only count what they name."),
        ),
        tables=(table,),
    )


def _months(owed: list[str]) -> str:
    named = ", ".join(month(one) for one in owed[:_NAMED])
    if len(owed) > _NAMED:
        return _("%(named)s and %(count)s more") % {
            "named": named,
            "count": number(len(owed) - _NAMED),
        }
    return named
