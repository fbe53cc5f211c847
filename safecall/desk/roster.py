"""The roster between its forms and the acts that keep it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safecall.contacts.actions import InvalidField
from safecall.desk import lookup
from safecall.desk.fields import language_label
from safecall.interpreting.actions import InterpreterData, SkillData, VendorData
from safecall.interpreting.models import Interpreter, Skill, Vendor
from safecall.interpreting.roster import available
from safecall.interpreting.terms import Modality
from safecall.people.models import User
from safecall.vocabulary.languages import label

WAYS: Final = [
    (Modality.TELEPHONE.value, _("Telephone")),
    (Modality.VIDEO.value, _("Video")),
    (Modality.IN_PERSON.value, _("In person")),
    (Modality.TEXT.value, _("Text")),
]
HOURS_HINT: Final = _("Mo-Fr 08:00-17:00; Sa 22:00-06:00, or always, or never")
_COLUMNS: Final = {
    Modality.TELEPHONE: "by_telephone",
    Modality.VIDEO: "by_video",
    Modality.IN_PERSON: "in_person",
    Modality.TEXT: "by_text",
}
#: A field of the acts -> the form's, where the names differ.
_FIELD: Final = {"languages": "languages", "account_secret": "account_secret"}


class PersonForm(forms.Form):
    """One interpreter, without their languages. The acts check what is typed."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short and for good, such as so-1")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Interpreter.KINDS, initial="roster")
    user = forms.CharField(
        label=_("User name"),
        max_length=60,
        required=False,
        help_text=_("With which they sign in to their own page; empty: they are telephoned"),
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=200, required=False)
    webhook = forms.CharField(label=_("Webhook"), max_length=300, required=False)
    works_for = forms.CharField(
        label=_("Works for"),
        max_length=200,
        required=False,
        help_text=_("An employer. An immigration authority is refused."),
    )
    gender = forms.ChoiceField(
        label=_("For callers who ask for it"),
        choices=[("", _("Not said")), *Interpreter.Gender.choices],
        required=False,
    )
    modalities = forms.MultipleChoiceField(
        label=_("Interprets by"), choices=WAYS, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.CharField(
        label=_("Weekly hours"), max_length=400, initial="never", help_text=HOURS_HINT
    )
    active = forms.BooleanField(label=_("Is asked"), required=False, initial=True)


class SkillForm(forms.Form):
    """One language of an interpreter."""

    language = forms.CharField(
        label=_("Language"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"list": "languages", "data-search": ""}),
    )
    source = forms.ChoiceField(
        label=_("Tested by"),
        choices=Skill.Source.choices,
        required=False,
        initial=Skill.Source.UNTESTED.value,
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("", "–"), *Skill.LEVELS], required=False)
    tested_on = forms.DateField(
        label=_("Tested on"), required=False, widget=forms.DateInput({"type": "date"})
    )
    certificate = forms.ChoiceField(
        label=_("Certificate"), choices=Skill.Certificate.choices, required=False
    )
    certified_until = forms.DateField(
        label=_("Holds until"), required=False, widget=forms.DateInput({"type": "date"})
    )


SkillForms = formset_factory(SkillForm, extra=2, max_num=20, absolute_max=20)


class VendorForm(forms.Form):
    """One company's line."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Company"), max_length=200)
    dial_string = forms.CharField(
        label=_("What is dialled"), max_length=60, help_text=_("+18005550100,,1")
    )
    account_secret = forms.CharField(
        label=_("Name of the secret with the account code"),
        max_length=60,
        required=False,
        help_text=_("In capitals, such as LINE_1_CODE. Never the code itself."),
    )
    languages = forms.CharField(
        label=_("Languages"),
        max_length=2000,
        initial="*",
        help_text=_("Tags with blanks between them, such as so es vi; * is every language"),
    )
    hours = forms.CharField(
        label=_("Weekly hours"), max_length=400, initial="always", help_text=HOURS_HINT
    )
    price = forms.DecimalField(
        label=_("Dollars a minute"), required=False, max_digits=6, decimal_places=3
    )
    rank = forms.IntegerField(
        label=_("Order"), initial=1, min_value=1, max_value=99, help_text=_("1 is dialled first")
    )
    modalities = forms.MultipleChoiceField(
        label=_("Interprets by"), choices=WAYS, widget=forms.CheckboxSelectMultiple
    )
    certified = forms.BooleanField(
        label=_("Has certified interpreters for interviews"), required=False
    )
    active = forms.BooleanField(label=_("Is dialled"), required=False, initial=True)


class TimesForm(forms.Form):
    """Away, or on call, in a time of its own."""

    begins_at = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=_("Until"), widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    available = forms.ChoiceField(
        label=_("In this time"), choices=[("away", _("Away")), ("here", _("On call"))]
    )


@dataclass(frozen=True, slots=True)
class Person:
    """An interpreter as a line of the roster."""

    interpreter: Interpreter
    languages: str
    here: bool


def people() -> list[Person]:
    """Everybody on the roster, those who are asked first. Three queries."""
    now = timezone.now()
    found = Interpreter.objects.prefetch_related("skills", "exceptions").select_related("user")
    return [
        Person(
            one,
            ", ".join(_skill_words(skill) for skill in one.skills.all()),
            one.active and available(one, list(one.exceptions.all()), now),
        )
        for one in found.order_by("-active", "code")
    ]


def _skill_words(skill: Skill) -> str:
    tested = f" {skill.level}" if skill.level else ""
    certified = f" {skill.get_certificate_display()}" if skill.certificate else ""
    return f"{label(skill.tag)}{tested}{certified}"


def person_values(one: Interpreter) -> dict[str, Any]:
    """What the form of this interpreter shows."""
    plain = ("code", "kind", "gender", "hours", "active")
    sealed = ("name", "telephone", "email", "webhook", "works_for")
    return {
        **{name: getattr(one, name) for name in plain},
        **{name: str(getattr(one, name)) for name in sealed},
        "user": one.user.username if one.user else "",
        "modalities": [way.value for way in one.modalities],
    }


def skill_values(one: Interpreter) -> list[dict[str, Any]]:
    """What the forms of their languages show."""
    names = ("source", "level", "tested_on", "certificate", "certified_until")
    return [
        {"language": language_label(skill.tag), **{name: getattr(skill, name) for name in names}}
        for skill in one.skills.order_by("id")
    ]


def vendor_values(one: Vendor) -> dict[str, Any]:
    """What the form of this line shows."""
    names = ("code", "dial_string", "account_secret", "languages", "hours", "price", "rank")
    return {
        **{name: getattr(one, name) for name in names},
        "name": str(one.name),
        "certified": one.certified,
        "active": one.active,
        "modalities": [way.value for way in one.modalities],
    }


def person_data(values: Mapping[str, Any], skills: Iterable[Mapping[str, Any]]) -> InterpreterData:
    """What is to be kept. Raises `InvalidField`."""
    user = None
    if values["user"]:
        user = User.objects.filter(username=values["user"]).first()
        if user is None:
            raise InvalidField("user", "No account has this user name. Ask an administrator.")
    plain = {
        name: values[name]
        for name in ("code", "name", "kind", "works_for", "gender", "telephone", "email", "webhook")
    }
    return InterpreterData(
        **plain,
        user=user,
        skills=tuple(_skill(one) for one in skills if one.get("language")),
        modalities=frozenset(map(Modality, values["modalities"])),
        hours=values["hours"],
        active=values["active"],
    )


def _skill(values: Mapping[str, Any]) -> SkillData:
    return SkillData(
        tag=lookup.language(values["language"]),
        source=values.get("source") or Skill.Source.UNTESTED.value,
        level=values.get("level", ""),
        tested_on=values.get("tested_on"),
        certificate=values.get("certificate", ""),
        certified_until=values.get("certified_until"),
    )


def vendor_data(values: Mapping[str, Any]) -> VendorData:
    """What is to be kept."""
    names = ("code", "name", "dial_string", "account_secret", "hours", "price", "rank")
    return VendorData(
        **{name: values[name] for name in names},
        languages=tuple(values["languages"].split()),
        modalities=frozenset(map(Modality, values["modalities"])),
        certified=values["certified"],
        active=values["active"],
    )


def tell(form: forms.Form, skills: BaseFormSet[SkillForm] | None, error: InvalidField) -> None:
    """Show what the act refused beside its field."""
    if error.field in form.fields:
        form.add_error(error.field, error.message)
        return
    form.add_error(None, error.message)
    if skills is not None:
        for one in skills.forms:
            one.full_clean()
