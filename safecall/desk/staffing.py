"""What the page of the staffing plan shows, and the form of its assumptions."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safecall.interpreting.demand import from_records, measured
from safecall.interpreting.models import Vendor
from safecall.interpreting.models.vendor import EVERY_LANGUAGE
from safecall.interpreting.staffing.history import HistoryUnusable
from safecall.interpreting.staffing.measured import Measured
from safecall.interpreting.staffing.planning import Demand, Plan, Span, make
from safecall.interpreting.staffing.queues import Assumptions, Goal
from safecall.interpreting.staffing.vendors import Vendors, heard_within, vendors_needed
from safecall.vocabulary import languages

# Counting a year of records can take seconds; whole past days hardly change.
_KEPT_FOR_S: Final = 600
#: Shades of the heat map: this many people and more have the darkest.
DARKEST: Final = 6


def _number(label: Any, least: float, most: float, initial: float) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        widget=forms.NumberInput(attrs={"class": "input", "step": "any"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Type a number from %(least)s to %(most)s.") % {"least": least, "most": most},
        ),
    )


class AssumptionsForm(forms.Form):
    """The goal and what is assumed, in percent, seconds and minutes."""

    use_required_attribute = False

    target = _number(_("Callers to connect in time, in percent"), 1, 99.9, 90)
    within = _number(_("In time: seconds until the vendor is dialled"), 1, 600, 20)
    pickup = _number(_("Of those who are free, how many pick up, in percent"), 1, 100, 70)
    busy = _number(_("A call keeps an interpreter, in minutes"), 1, 240, 12)

    def goal(self) -> Goal:
        """The goal of a valid form."""
        return Goal(self.cleaned_data["target"] / 100, self.cleaned_data["within"])

    def assumed(self, found: Measured) -> Assumptions:
        """The assumptions of a valid form."""
        return found.assumptions(self.cleaned_data["pickup"] / 100, self.cleaned_data["busy"])


@dataclass(frozen=True, slots=True)
class Counted:
    """The demand of the last year, hour by hour, and what it was counted from."""

    demand: Demand
    first: date
    last: date
    calls: int
    without_language: int
    measured: Measured


def counted() -> Counted | None:
    """What the records say; None where they hold no whole day with a language yet."""
    key = f"staffing-demand-{timezone.localdate()}"
    found: Counted | None = cache.get(key)
    if found is None:
        found = _count()
        if found is not None:
            cache.set(key, found, _KEPT_FOR_S)
    return found


def _count() -> Counted | None:
    history = from_records()
    try:
        demand = history.demand(Span.DAY)
    except HistoryUnusable:
        return None
    days = history.days
    return Counted(demand, days[0], days[-1], history.total, history.without_language, measured())


def usual(found: Counted | None) -> dict[str, str]:
    """What the form says before anybody types: what was measured, else what is assumed."""
    taken = (found.measured if found else Measured()).assumptions()
    initial = {name: str(field.initial) for name, field in AssumptionsForm.base_fields.items()}
    return initial | {
        "pickup": f"{round(taken.pick_up * 100, 1):g}",
        "busy": f"{round(taken.busy_minutes, 1):g}",
    }


def plan(form: AssumptionsForm, found: Counted) -> Plan:
    """The plan of a valid form."""
    return make(found.demand, form.goal(), form.assumed(found.measured))


def table(made: Plan) -> list[dict[str, Any]]:
    """One row per language: its name, calls counted, and 24 cells with people and their range."""
    return [
        {
            "tag": one.tag,
            "name": languages.label(one.tag),
            "calls": one.calls,
            "cells": [
                {
                    "hour": need.slot,
                    "people": need.people,
                    "range": (need.low, need.high) if need.low != need.high else None,
                    "shade": min(need.people, DARKEST),
                }
                for need in one.needs
            ],
        }
        for one in made.languages
    ]


@dataclass(frozen=True, slots=True)
class Lines:
    """Companies' lines that serve every language: how many there are, how many the goal takes
    (None where no number of them is enough), and the percentage that hear somebody in time now.
    """

    here: int
    needed: int | None
    percent_in_time: int
    taken: Vendors

    @property
    def short(self) -> bool:
        """Whether the goal is missed in a language that nobody on call speaks."""
        return self.needed is None or self.here < self.needed


def lines() -> Lines:
    """The lines for every language, beside what a language needs that nobody on call speaks."""
    taken = Vendors(next_s=settings.INTERPRETER_TIMES["next_vendor"])
    here = Vendor.objects.filter(active=True, by_telephone=True, languages=EVERY_LANGUAGE).count()
    in_time = heard_within(taken.within_s, here, taken)
    return Lines(here, vendors_needed(taken), int(in_time * 100), taken)
