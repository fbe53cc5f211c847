"""A statement's document in words: the op-ed's sentence with the figures in it, then the rest."""

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safecall.accountability.showing import engagements, people, rest
from safecall.accountability.showing.shape import Figure, Shown
from safecall.accountability.showing.values import day, moment, number

Document = dict[str, Any]
#: While one of these stands, nobody may say that the promise was kept.
_PROMISED: Final = (
    "INVESTIGATION_DROPPED", "HELD_BEYOND_RELEASE", "CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS",
    "DECLINED_BUT_ACTED", "STATUS_ASKED", "OUTBOUND_NOT_ABOUT_SUSPECT",
)  # fmt: skip


def show(document: Document) -> Shown:
    """The statement in the language that is active."""
    counts = document["engagements"]
    return Shown(
        title=_("What we did, in numbers"),
        sentence=_sentence(document),
        more=_more(document),
        figures=(
            Figure(_("Contacts with people"), number(document["contacts"]["total"])),
            Figure(
                _("Times we worked with Border Patrol about a suspect"),
                number(counts["border_patrol_suspect"]),
            ),
            Figure(_("Times we worked with any immigration authority"), number(counts["engaged"])),
            Figure(_("Times they asked and we said no"), number(counts["declined"])),
        ),
        sections=(
            rest.backing(document),
            rest.contacts(document),
            *engagements.sections(document),
            rest.interpreters(document),
            people.referrals(document),
            people.answers(document),
            people.complaints(document),
            rest.guard(document),
            rest.retention(document),
            rest.limits(),
        ),
        as_of=_("Counted: %(when)s") % {"when": moment(datetime.fromisoformat(document["as_of"]))},
        demonstration=_("This is demo data. No real person and no real call is in it.")
        if document["demonstration"]
        else "",
        facts={"from": document["from"], "to": document["to"]},
    )


def _sentence(document: Document) -> str:
    """The op-ed: "Over the past decade and nearly 900,000 contacts with residents, the Duluth
    Police Department has engaged Border Patrol only a handful of times where a criminal suspect
    [...]". The figures in place of its words."""
    if document["records"] is None:
        return _("There are no records of this time.")
    times = document["engagements"]["border_patrol_suspect"]
    values = {
        "first": day(date.fromisoformat(document["records"]["from"])),
        "last": day(date.fromisoformat(document["records"]["to"])),
        "contacts": number(document["contacts"]["total"]),
        "times": number(times),
    }
    if times == 0:
        return (
            _(
                "From %(first)s to %(last)s we had %(contacts)s contacts with people. We never "
                "worked with Border Patrol about a suspect in a crime."
            )
            % values
        )
    return (
        ngettext(
            "From %(first)s to %(last)s we had %(contacts)s contacts with people. We worked with "
            "Border Patrol %(times)s time about a suspect in a crime.",
            "From %(first)s to %(last)s we had %(contacts)s contacts with people. We worked with "
            "Border Patrol %(times)s times about a suspect in a crime.",
            times,
        )
        % values
    )


def _more(document: Document) -> tuple[str, ...]:
    counts = document["engagements"]
    broken = any(counts["findings"][code]["standing"] for code in _PROMISED)
    if broken or counts["custody"]["held_for_authority"]:
        return (_("We did not always keep our promise. You see below what went wrong."),)
    return (
        _("In such a case we go on with our own work on the crime. Their agents do their work."),
        _("We hold nobody for them. We do not do their work."),
    )
