"""The other parts of a statement in words: what backs it, contacts, residents, and its limits."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safecall.accountability.showing.shape import Section, Table, chart
from safecall.accountability.showing.values import count, moment, number, seconds
from safecall.accountability.showing.words import CHANNELS, say
from safecall.vocabulary.languages import label as language_label

Document = dict[str, Any]


def backing(document: Document) -> Section:
    """The checkpoint, and how to check it."""
    said = document["backing"]
    point = said["checkpoint"]
    title = _("What backs these numbers")
    if point is None:
        return Section(
            "backing",
            title,
            alerts=(_("The ledger is not published yet, so nobody can check these numbers."),),
        )
    sentences = [
        _("Each contact and each record is a line in a public ledger. Anyone can count them."),
    ]
    if said["waiting"]:
        sentences.append(
            ngettext(
                "%(count)s contact is not in the ledger yet. It comes in after some days.",
                "%(count)s contacts are not in the ledger yet. They come in after some days.",
                said["waiting"],
            )
            % {"count": number(said["waiting"])}
        )
    facts = (
        (_("Lines"), number(point["size"])),
        (_("Contacts in the ledger"), number(said["published"].get("contact", 0))),
        (_("Records in the ledger"), number(said["published"].get("engagement", 0))),
        (_("Signed"), moment(datetime.fromisoformat(point["signed_at"]))),
        (_("Name"), point["origin"]),
        (_("Seal (root)"), point["root"]),
    )
    table = Table(_("The signed head of the ledger"), (_("What"), _("Value")), facts)
    return Section("backing", title, tuple(sentences), tables=(table,))


def contacts(document: Document) -> Section:
    """By year and by the way in which people came."""
    made = document["contacts"]
    title = _("Contacts with people")
    if not made["total"]:
        return Section("contacts", title, (_("There is no contact on record in this time."),))
    used = [code for code, n in made["channels"].items() if n]
    years = [(str(one["year"]), one["total"], number(one["total"])) for one in made["by_year"]]
    table = Table(
        _("Contacts by year"),
        (_("Year"), *(say(CHANNELS, code) for code in used), _("Together")),
        tuple(_contact_row(str(one["year"]), one, used) for one in made["by_year"]),
        _contact_row(_("Together"), made, used),
    )
    return Section(
        "contacts",
        title,
        (_("One contact is one time that a person reached us, or an officer began the talk."),),
        chart=chart(_("Contacts by year"), years),
        tables=(table,),
        notes=(
            _("A contact counts from the moment it begins. Nobody can take it away later."),
            _("We delete names, numbers and words after some time. The count stays."),
        ),
    )


def _contact_row(name: str, one: dict[str, Any], used: list[str]) -> tuple[str, ...]:
    return (name, *(number(one["channels"][code]) for code in used), number(one["total"]))


def interpreters(document: Document) -> Section:
    """How often somebody was needed to interpret, and how long people waited."""
    made = document["interpreters"]
    waited = made["waits"]["first_word"]
    sentences = [_("An interpreter is free. Help does not wait for one.")]
    if waited:
        sentences.append(
            _("Half of the people heard the first word in their language within %(half)s seconds. "
              "Nine in ten heard it within %(nine)s seconds.")
            % {"half": number(round(waited[0])), "nine": number(round(waited[1]))}
        )  # fmt: skip
    else:
        sentences.append(_("Too few people needed one to say how long they waited."))
    tables = tuple(_languages(one) for one in made["by_year"] if one["counts"])
    return Section(
        "interpreters",
        _("Interpreters"),
        tuple(sentences),
        tables=tables,
        notes=(*hidden_notes(), *open_years(made["open_years"])),
    )


def _languages(one: dict[str, Any]) -> Table:
    more = one["more"]
    return Table(
        _("People who needed an interpreter in %(year)s") % {"year": one["year"]},
        (_("Language"), _("People"), _("Half waited up to"), _("Nine in ten up to")),
        tuple(
            (
                language_label(tag),
                count(people),
                seconds(more.get(tag, {}).get("p50")),
                seconds(more.get(tag, {}).get("p90")),
            )
            for tag, people in one["counts"].items()
        ),
        (_("Together"), count(one["total"]), "", ""),
    )


def guard(document: Document) -> Section:
    """What was taken out before it was kept."""
    made = document["guard_removed"]
    sentences = [
        _("We do not need to know about your status. If it comes up, a program takes it out "
          "before a text is kept. We count how often."),
    ]  # fmt: skip
    tables: tuple[Table, ...] = ()
    known = [one for one in made["by_year"] if one["counts"]]
    if known:
        tables = (
            Table(
                _("Texts from which words were taken out"),
                (_("Year"), _("Texts")),
                tuple((str(one["year"]), count(one["total"])) for one in known),
            ),
        )
    else:
        sentences.append(_("There is no finished year with such a count yet."))
    return Section(
        "guard",
        _("Words that we took out"),
        tuple(sentences),
        tables=tables,
        notes=open_years(made["open_years"]),
    )


def retention(document: Document) -> Section:
    """How long personal details are kept."""
    made = document["retention"]
    return Section(
        "retention",
        _("How long we keep your details"),
        (
            ngettext(
                "We delete names, phone numbers, places and words %(days)s day after a case is "
                "closed.",
                "We delete names, phone numbers, places and words %(days)s days after a case is "
                "closed.",
                made["days"],
            )
            % {"days": number(made["days"])},
            _("Deleted in this time: the details of %(count)s contacts.")
            % {"count": number(made["destroyed"])},
        ),
    )


def limits() -> Section:
    """What these figures cannot say."""
    return Section(
        "limits",
        _("What these numbers cannot tell"),
        (
            _("Nobody can prove that a thing was never written down. What helps: each call gets "
              "its number when it begins, the phone system counts too, and an office signs for "
              "each month without a record."),
            _("Old files often do not say which agency came. So for old files we can only count "
              "what they name."),
            _("We do not ask about status. So we cannot say how many people of any status called "
              "us."),
        ),
    )  # fmt: skip


def hidden_notes() -> tuple[str, ...]:
    """That small counts are hidden."""
    return (
        _("We hide counts from 1 to 10, so that nobody can tell who it was. We also hide a count "
          "that would give a hidden one away."),
    )  # fmt: skip


def open_years(years: list[int]) -> tuple[str, ...]:
    """Which years have no table yet."""
    if not years:
        return ()
    return (
        _("We make this table once, after the year is over. Not yet made: %(years)s.")
        % {"years": ", ".join(map(str, years))},
    )
