"""The directory between the clerk's form and the act that keeps it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safecall.contacts.actions import InvalidField
from safecall.referrals import chains, selectors
from safecall.referrals.actions import OrganizationData, PhoneData, PlaceData, ServiceData
from safecall.referrals.actions.keeping import graph_of_active
from safecall.referrals.kinds import KINDS, NEEDS
from safecall.referrals.models import Location, Onward, Phone, Service

#: As many choices of whom to refer on to as the form has.
ONWARD: Final = ("onward_1", "onward_2", "onward_3", "onward_4")
_ADDRESS: Final = ("street", "city", "state", "postal_code")
_FIELD: Final = {"onward": "onward_1", "longitude": "latitude", "place": "street"}
_LINE: Final = re.compile(r"(?:(?P<kind>[a-z]+):)?(?P<number>.*)", re.IGNORECASE)


class ServiceForm(forms.Form):
    """One service. The act checks what is typed."""

    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("An office, no person"))
    organization = forms.CharField(label=_("Organization"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), initial="other")
    description = forms.CharField(
        label=_("What it does"),
        max_length=500,
        required=False,
        help_text=_("In short, plain English. Everybody reads it."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Helps with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    phones = forms.CharField(
        label=_("Numbers, one a line"),
        max_length=600,
        required=False,
        help_text=_("(218) 555-0142 ext. 7; before another kind: text: or tty: or fax:"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.CharField(
        label=_("Weekly hours"),
        max_length=400,
        required=False,
        help_text=_("Mo-Fr 08:00-17:00; Sa 22:00-06:00, or always, or never; empty: not known"),
    )
    languages = forms.CharField(
        label=_("Languages of the staff"),
        max_length=400,
        required=False,
        help_text=_("Tags with blanks: en es so"),
    )
    interpreter = forms.BooleanField(label=_("Gets an interpreter"), required=False)
    website = forms.CharField(label=_("Website"), max_length=200, required=False)
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    state = forms.CharField(label=_("State"), max_length=40, required=False)
    postal_code = forms.CharField(label=_("ZIP code"), max_length=12, required=False)
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, help_text=_("For about how far; the town's will do")
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    onward_1 = forms.ChoiceField(label=_("Refers on to, first"), required=False)
    onward_2 = forms.ChoiceField(label=_("second"), required=False)
    onward_3 = forms.ChoiceField(label=_("third"), required=False)
    onward_4 = forms.ChoiceField(label=_("fourth"), required=False)
    rank = forms.IntegerField(
        label=_("Place in the list"), initial=100, help_text=_("0 is shown first")
    )
    takes_everyone = forms.BooleanField(
        label=_("Takes everyone: a chain may end here"), required=False
    )
    active = forms.BooleanField(label=_("Shown and referred to"), required=False, initial=True)
    confirmed = forms.BooleanField(
        label=_("I asked the office today: all of this is right"), required=False
    )

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: UUID | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [one for one in Service.objects.order_by("rank", "id") if one.pk != own]
        names = [("", ""), *((str(one.pk), _named(one)) for one in others)]
        for name in ONWARD:
            self._choices(name, names)
        self._choices("kind", [(one.code, one.name) for one in KINDS.values()])
        self._choices("needs", [(one.code, one.words) for one in NEEDS.values()])
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField | forms.MultipleChoiceField):
                field.widget.attrs["class"] = "input"

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def _named(one: Service) -> str:
    return str(one.name) if one.active else f"{one.name} (not shown)"


def values(one: Service) -> dict[str, Any]:
    """What the form of this service shows."""
    same = ("kind", "hours", "languages", "interpreter", "website", "rank", "takes_everyone")
    place = one.locations.order_by("id").first()
    shown: dict[str, Any] = {name: getattr(one, name) for name in (*same, "active")}
    if place:
        shown |= {name: str(getattr(place, name)) for name in _ADDRESS}
        shown |= {"latitude": place.latitude, "longitude": place.longitude}
    targets = Onward.objects.filter(service=one).order_by("rank", "id")
    onward = zip(ONWARD, targets.values_list("target_id", flat=True), strict=False)
    return {
        **shown,
        **{name: str(target) for name, target in onward},
        "name": str(one.name),
        "organization": str(one.organization.name),
        "description": str(one.description),
        "needs": one.need_codes,
        "seen": one.changed_at.isoformat(),
        "phones": "\n".join(_phone_line(phone) for phone in one.phones.all()),
    }


def _phone_line(phone: Phone) -> str:
    before = "" if phone.kind == Phone.Kind.VOICE else f"{phone.kind}: "
    return before + phone.shown


def data(typed: Mapping[str, Any], one: Service | None) -> ServiceData:
    """What is to be kept."""
    return ServiceData(
        one.pk if one else uuid4(),
        _organization(typed["organization"], one),
        typed["name"],
        typed["description"],
        typed["kind"],
        tuple(typed["needs"]),
        tuple(typed["languages"].split()),
        typed["interpreter"],
        typed["hours"],
        typed["website"],
        typed["active"],
        typed["takes_everyone"],
        tuple(_phones(typed["phones"])),
        tuple(_places(typed, one)),
        _onward(typed, one),
        typed["rank"],
    )


def _organization(name: str, one: Service | None) -> OrganizationData:
    """The same one while its name stays; another name is another organization."""
    if one and str(one.organization.name) == " ".join(name.split()):
        kept = one.organization
        return OrganizationData(name, kept.pk, str(kept.description), kept.website)
    return OrganizationData(name)


def _onward(typed: Mapping[str, Any], one: Service | None) -> tuple[UUID, ...]:
    """Those of the form, then those for which it has no room."""
    chosen = [UUID(typed[name]) for name in ONWARD if typed[name]]
    edges = Onward.objects.filter(service=one).order_by("rank", "id") if one else None
    further = list(edges.values_list("target_id", flat=True))[len(ONWARD) :] if edges else []
    return (*chosen, *further)


def seen(typed: Mapping[str, Any]) -> datetime | None:
    """When the service had last been changed as the form was opened."""
    try:
        return datetime.fromisoformat(typed["seen"]) if typed["seen"] else None
    except ValueError:
        return None


def _phones(text: str) -> list[PhoneData]:
    found = []
    for line in text.splitlines():
        if match := _LINE.fullmatch(line.strip()):
            kind, number = (match["kind"] or "voice").lower(), match["number"].strip()
            found += [PhoneData(number, kind=kind)] if number or match["kind"] else []
    return found


def _places(typed: Mapping[str, Any], one: Service | None) -> list[PlaceData]:
    """The place of the form, then those that it does not show."""
    there = list(one.locations.order_by("id")) if one else []
    first, others = (there[0], there[1:]) if there else (None, [])
    found = [_kept(place) for place in others]
    if any(typed[name] for name in _ADDRESS) or typed["latitude"] is not None:
        place = PlaceData(
            first.pk if first else None,
            str(first.name) if first else "",
            typed["latitude"],
            typed["longitude"],
            *(typed[name] for name in _ADDRESS),
        )
        found.insert(0, place)
    elif typed["longitude"] is not None:
        raise InvalidField("latitude", "Give both latitude and longitude, or neither.")
    return found


def _kept(place: Location) -> PlaceData:
    words = (str(place.street), str(place.city), place.state, place.postal_code, place.country)
    return PlaceData(place.pk, str(place.name), place.latitude, place.longitude, *words)


def tell(form: ServiceForm, error: InvalidField) -> None:
    """Show what the act refused beside its field."""
    name = _FIELD.get(error.field, error.field)
    form.add_error(name if name in form.fields else None, error.message)


@dataclass(frozen=True, slots=True)
class Line:
    """One service as the list shows it."""

    service: Service
    to_confirm: bool
    old: bool


def lines() -> list[Line]:
    """All services, those that are not shown to people last."""
    today = timezone.localdate()
    found = selectors.services(active_only=False)
    return [
        Line(one, one.active and selectors.needs_confirming(one, today), one.old(today))
        for one in sorted(found, key=lambda one: not one.active)
    ]


def drawn(one: Service) -> str:
    """The chains from this service, as text."""
    graph, ends, names = graph_of_active()
    return chains.drawn(
        graph, one.pk, lambda key: names[key] + (" – takes everyone" if key in ends else "")
    )
