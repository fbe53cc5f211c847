"""The form behind the guided page: plain questions, turned into facts. It refuses nothing that
can have happened; the acts check what a register can hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safecall.contacts import selectors as contacts
from safecall.contacts.models import Contact
from safecall.engagements import reading
from safecall.engagements.facts import Facts
from safecall.vocabulary.engagements import occasion, outcome

#: How many papers the page asks about at least.
PAPERS: Final = 2
MOST_PAPERS: Final = 9
_PARTS: Final = ("kind", "court", "signed")
_YES_NO: Final = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
_ZERO: Final = {"min": 0, "inputmode": "numeric"}


def _choice(label: Any, choices: Iterable[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, **more)


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(_ZERO),
        **more,
    )


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget, **more)


class EngagementForm(forms.Form):
    """Every question there is; a page shows those that its kind of engagement needs."""

    direction = forms.ChoiceField(
        label=_("What happened?"), choices=occasion.Direction.choices(), widget=forms.RadioSelect
    )
    authority = forms.ChoiceField(
        label=_("Which authority?"), choices=[("", "–"), *occasion.Authority.choices()]
    )
    purpose_class = forms.ChoiceField(
        label=_("What was it for?"), choices=[("", "–"), *occasion.Purpose.choices()]
    )
    subject_role = forms.ChoiceField(
        label=_("Whom did it concern?"),
        help_text=_("The role in which somebody met the department. Never a name."),
        choices=occasion.SubjectRole.choices(),
        widget=forms.RadioSelect,
    )
    request_types = forms.MultipleChoiceField(
        label=_("What was asked for, or what was it about?"),
        choices=occasion.RequestKind.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    happened_at = _moment(_("When did it happen?"))
    contact_number = forms.CharField(
        label=_("Number of the contact it belongs to"),
        help_text=_("As 2026-000123. It stays inside: the public record does not have it."),
        max_length=14,
        required=False,
    )
    subject_count = _number(_("How many people did it concern?"), initial=1)
    offense_level = _choice(_("How serious is the offence?"), occasion.OffenseLevel.choices())
    offense_code = forms.CharField(
        label=_("Its number in the statute or in NIBRS"),
        help_text=_("Such as 609.52 or 13A. No words."),
        max_length=12,
        required=False,
    )
    stage = _choice(_("How far was the investigation?"), occasion.Stage.choices())
    continues = _choice(_("Does our investigation go on?"), _YES_NO)
    how_identified = _choice(
        _("How did it come up that the authority might be concerned?"),
        occasion.Identified.choices(),
    )
    decision = _choice(_("What did we answer?"), [("", "–"), *outcome.Decision.choices()])
    decline_reason = _choice(_("If declined, why?"), outcome.DeclineReason.choices())
    decided_at = _moment(_("When was it answered?"))
    legal_basis = _choice(_("On what ground did we act?"), [("", "–"), *outcome.Basis.choices()])
    actions_taken = forms.MultipleChoiceField(
        label=_("What did we do? Choose all that apply; none means nothing."),
        choices=outcome.Action.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    custody_outcome = _choice(_("What became of the custody?"), outcome.Custody.choices())
    custody_received_by = _choice(_("Who received the person?"), outcome.Receiver.choices())
    custody_event_at = _moment(_("When?"))
    held = _choice(
        _("Was somebody held longer than anyone else would be?"),
        [("", _("No")), ("yes", _("Yes, for the authority"))],
    )
    held_minutes = _number(_("For how many minutes?"))
    subject_notice = _choice(_("Was the person told of the request?"), outcome.Notice.choices())
    interview_consent = _choice(
        _("Did the person agree to an interview?"), outcome.Consent.choices()
    )
    task_force = forms.CharField(
        label=_("Short code of the task force"),
        help_text=_("Such as lake-superior-drugs."),
        max_length=40,
        required=False,
    )
    task_force_purpose = _choice(
        _("What is the task force for?"),
        occasion.TaskForcePurpose.choices(),
        help_text=_("Where one of several purposes is immigration, choose border or immigration."),
    )
    task_force_agencies = forms.MultipleChoiceField(
        label=_("Which kinds of agencies are in it?"),
        help_text=_("All that take part, beside ours."),
        choices=occasion.Agency.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    task_force_arrests = _number(_("Arrests in all"))
    task_force_immigration_arrests = _number(_("Of these, arrests for immigration"))
    people = _number(_("Our people"))
    minutes = _number(_("Their minutes, added up"))
    vehicles = _number(_("Vehicles"))
    facilities = _number(_("Rooms or facilities lent"))
    exigency = _choice(_("Was there time to ask a supervisor before?"), outcome.Exigency.choices())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values: Mapping[str, Any] = self.data or self.initial
        count = max(PAPERS, sum(f"paper{n}_kind" in values for n in range(MOST_PAPERS)))
        self.papers = tuple(f"paper{n}_{part}" for n in range(count) for part in _PARTS)
        for n in range(count):
            self.fields[f"paper{n}_kind"] = _choice(
                _("What paper was it?") if n == 0 else _("Another paper"),
                [("", "–"), *occasion.InstrumentKind.choices()],
            )
            self.fields[f"paper{n}_court"] = _choice(
                _("Is a court named on it?"), occasion.Court.choices()
            )
            self.fields[f"paper{n}_signed"] = _choice(
                _("Did a judge sign it?"), [("", "–"), *occasion.Signer.choices()]
            )
        self.contact: Contact | None = None

    def clean_contact_number(self) -> str:
        """The contact itself is then in `contact`."""
        typed: str = self.cleaned_data["contact_number"].strip()
        if typed:
            self.contact = contacts.by_number(typed)
            if self.contact is None:
                raise forms.ValidationError(
                    _("No contact has this number. Write it as year-number, such as 2026-000123.")
                )
        return typed

    def clean_happened_at(self) -> datetime:
        """A record needs a time; the day alone is not enough for what is due when."""
        at: datetime | None = self.cleaned_data["happened_at"]
        if at is None:
            raise forms.ValidationError(_("Say when it happened, as well as is known."))
        return at


def facts(form: EngagementForm, shown: frozenset[str], source: occasion.Source) -> Facts:
    """What a valid form says, of the fields that were shown. Raises `InvalidField`."""
    said = {name: value for name, value in form.cleaned_data.items() if name in shown}
    said |= {
        "investigation_continues": {"yes": True, "no": False}.get(said.get("continues", "")),
        "held_beyond_release": said.get("held") == "yes",
        "exigency_code": said.get("exigency", ""),
        "instruments": [
            {
                "kind": said[f"paper{n}_kind"],
                "signed_by": said.get(f"paper{n}_signed", ""),
                "issuing_court": said.get(f"paper{n}_court", ""),
            }
            for n in range(len(form.papers) // len(_PARTS))
            if said.get(f"paper{n}_kind")
        ],
    }
    return reading.facts(said, source)


def kept_moments(new: Facts, old: Facts) -> Facts:
    """The new facts with the old seconds where a moment was not touched: inputs show minutes."""
    same = {
        name: getattr(old, name)
        for name in reading.TIMES
        if _local(getattr(new, name)) == _local(getattr(old, name))
    }
    return replace(new, **same)


def values(said: Facts) -> dict[str, Any]:
    """What each input shows for these facts, to be amended."""
    shown = reading.flat(said)
    papers = shown.pop("instruments")
    shown |= {name: _local(shown[name]) for name in reading.TIMES}
    shown |= {
        "continues": {True: "yes", False: "no", None: ""}[said.predicate.continues],
        "held": "yes" if said.held_beyond_release else "",
        "exigency": said.exigency.value,
    }
    for n, paper in enumerate(papers[:MOST_PAPERS]):
        shown |= {
            f"paper{n}_kind": paper["kind"],
            f"paper{n}_court": paper["issuing_court"],
            f"paper{n}_signed": paper["signed_by"],
        }
    return {name: value for name, value in shown.items() if name not in reading.FLAGS}


def _local(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
