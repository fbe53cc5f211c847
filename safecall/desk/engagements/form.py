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
from safecall.engagements.facts import Facts, Instrument, Predicate, Resources, TaskForce
from safecall.vocabulary import engagements as words

#: How many papers the page asks about at least.
PAPERS: Final = 2
MOST_PAPERS: Final = 9
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
        label=_("What happened?"), choices=words.Direction.choices(), widget=forms.RadioSelect
    )
    authority = forms.ChoiceField(
        label=_("Which authority?"), choices=[("", "–"), *words.Authority.choices()]
    )
    purpose_class = forms.ChoiceField(
        label=_("What was it for?"), choices=[("", "–"), *words.Purpose.choices()]
    )
    subject_role = forms.ChoiceField(
        label=_("Whom did it concern?"),
        help_text=_("The role in which somebody met the department. Never a name."),
        choices=words.SubjectRole.choices(),
        widget=forms.RadioSelect,
    )
    request_types = forms.MultipleChoiceField(
        label=_("What was asked for, or what was it about?"),
        choices=words.RequestKind.choices(),
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
    offense_level = _choice(_("How serious is the offence?"), words.OffenseLevel.choices())
    offense_code = forms.CharField(
        label=_("Its number in the statute or in NIBRS"),
        help_text=_("Such as 609.52 or 13A. No words."),
        max_length=12,
        required=False,
    )
    stage = _choice(_("How far was the investigation?"), words.Stage.choices())
    continues = _choice(_("Does our investigation go on?"), _YES_NO)
    how_identified = _choice(
        _("How did it come up that the authority might be concerned?"), words.Identified.choices()
    )
    decision = _choice(_("What did we answer?"), [("", "–"), *words.Decision.choices()])
    decline_reason = _choice(_("If declined, why?"), words.DeclineReason.choices())
    decided_at = _moment(_("When was it answered?"))
    legal_basis = _choice(_("On what ground did we act?"), [("", "–"), *words.Basis.choices()])
    actions_taken = forms.MultipleChoiceField(
        label=_("What did we do? Choose all that apply; none means nothing."),
        choices=words.Action.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    custody_outcome = _choice(_("What became of the custody?"), words.Custody.choices())
    custody_received_by = _choice(_("Who received the person?"), words.Receiver.choices())
    custody_event_at = _moment(_("When?"))
    held = _choice(
        _("Was somebody held longer than anyone else would be?"),
        [("", _("No")), ("yes", _("Yes, for the authority"))],
    )
    held_minutes = _number(_("For how many minutes?"))
    subject_notice = _choice(_("Was the person told of the request?"), words.Notice.choices())
    interview_consent = _choice(_("Did the person agree to an interview?"), words.Consent.choices())
    task_force = forms.CharField(
        label=_("Short code of the task force"),
        help_text=_("Such as lake-superior-drugs."),
        max_length=40,
        required=False,
    )
    task_force_arrests = _number(_("Arrests in all"))
    task_force_immigration_arrests = _number(_("Of these, arrests for immigration"))
    people = _number(_("Our people"))
    minutes = _number(_("Their minutes, added up"))
    vehicles = _number(_("Vehicles"))
    facilities = _number(_("Rooms or facilities lent"))
    exigency = _choice(_("Was there time to ask a supervisor before?"), words.Exigency.choices())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values: Mapping[str, Any] = self.data or self.initial
        count = max(PAPERS, sum(f"paper{n}_kind" in values for n in range(MOST_PAPERS)))
        self.papers = tuple(
            f"paper{n}_{part}" for n in range(count) for part in ("kind", "court", "signed")
        )
        for n in range(count):
            self.fields[f"paper{n}_kind"] = _choice(
                _("What paper was it?") if n == 0 else _("Another paper"),
                [("", "–"), *words.InstrumentKind.choices()],
            )
            self.fields[f"paper{n}_court"] = _choice(
                _("Is a court named on it?"), words.Court.choices()
            )
            self.fields[f"paper{n}_signed"] = _choice(
                _("Did a judge sign it?"), [("", "–"), *words.Signer.choices()]
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


def facts(form: EngagementForm, shown: frozenset[str], source: words.Source) -> Facts:
    """What a valid form says, of the fields that were shown."""
    said = {name: value for name, value in form.cleaned_data.items() if name in shown}

    def code(name: str, kind: Any, default: Any) -> Any:
        return kind(said[name]) if said.get(name) else default

    def count(name: str) -> int:
        return int(said.get(name) or 0)

    return Facts(
        direction=words.Direction(said["direction"]),
        authority=words.Authority(said["authority"]),
        happened_at=said["happened_at"],
        purpose_class=words.Purpose(said["purpose_class"]),
        request_types=frozenset(words.RequestKind(one) for one in said["request_types"]),
        instruments=_instruments(form, said),
        subject_role=words.SubjectRole(said["subject_role"]),
        subject_count=count("subject_count"),
        predicate=Predicate(
            said.get("offense_code", ""),
            code("offense_level", words.OffenseLevel, words.OffenseLevel.NONE),
            code("stage", words.Stage, words.Stage.NONE),
            {"yes": True, "no": False}.get(said.get("continues", "")),
        ),
        how_identified=code("how_identified", words.Identified, words.Identified.NOT_APPLICABLE),
        decision=code("decision", words.Decision, _unanswered(said["direction"])),
        decline_reason=code("decline_reason", words.DeclineReason, words.DeclineReason.NONE),
        decided_at=said.get("decided_at"),
        legal_basis=code("legal_basis", words.Basis, words.Basis.UNKNOWN),
        actions_taken=frozenset(words.Action(one) for one in said.get("actions_taken", ())),
        custody_outcome=code("custody_outcome", words.Custody, words.Custody.NOT_IN_CUSTODY),
        custody_event_at=said.get("custody_event_at"),
        custody_received_by=code("custody_received_by", words.Receiver, words.Receiver.NONE),
        held_beyond_release=said.get("held") == "yes" or count("held_minutes") > 0,
        held_minutes=count("held_minutes"),
        subject_notice=code("subject_notice", words.Notice, words.Notice.NOT_APPLICABLE),
        interview_consent=code("interview_consent", words.Consent, words.Consent.NOT_APPLICABLE),
        resources=Resources(
            count("people"), count("minutes"), count("vehicles"), count("facilities")
        ),
        task_force=TaskForce(
            said.get("task_force", ""),
            count("task_force_arrests"),
            count("task_force_immigration_arrests"),
        ),
        exigency=code("exigency", words.Exigency, words.Exigency.NONE),
        source=source,
    )


def _unanswered(direction: str) -> words.Decision:
    """A request without an answer waits for one; elsewhere nothing was asked of us."""
    asked = direction == words.Direction.INBOUND_REQUEST.value
    return words.Decision.PENDING if asked else words.Decision.NOT_APPLICABLE


def kept_moments(new: Facts, old: Facts) -> Facts:
    """The new facts with the old seconds where a moment was not touched: inputs show minutes."""
    same = {
        name: getattr(old, name)
        for name in ("happened_at", "decided_at", "custody_event_at")
        if _local(getattr(new, name)) == _local(getattr(old, name))
    }
    return replace(new, **same)


def _instruments(form: EngagementForm, said: Mapping[str, Any]) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            words.InstrumentKind(said[f"paper{n}_kind"]),
            words.Signer(said.get(f"paper{n}_signed") or words.Signer.UNSIGNED),
            words.Court(said.get(f"paper{n}_court", "")),
        )
        for n in range(len(form.papers) // 3)
        if said.get(f"paper{n}_kind")
    )


def values(said: Facts) -> dict[str, Any]:
    """What each input shows for these facts, to be amended."""
    shown: dict[str, Any] = {
        "direction": said.direction.value,
        "authority": said.authority.value,
        "purpose_class": said.purpose_class.value,
        "subject_role": said.subject_role.value,
        "request_types": sorted(said.request_types),
        "happened_at": timezone.localtime(said.happened_at).strftime("%Y-%m-%dT%H:%M"),
        "subject_count": said.subject_count,
        "offense_level": said.predicate.offense_level.value,
        "offense_code": said.predicate.offense_code,
        "stage": said.predicate.stage.value,
        "continues": {True: "yes", False: "no", None: ""}[said.predicate.continues],
        "how_identified": said.how_identified.value,
        "decision": said.decision.value,
        "decline_reason": said.decline_reason.value,
        "decided_at": _local(said.decided_at),
        "legal_basis": said.legal_basis.value,
        "actions_taken": sorted(said.actions_taken),
        "custody_outcome": said.custody_outcome.value,
        "custody_received_by": said.custody_received_by.value,
        "custody_event_at": _local(said.custody_event_at),
        "held": "yes" if said.held_beyond_release else "",
        "held_minutes": said.held_minutes,
        "subject_notice": said.subject_notice.value,
        "interview_consent": said.interview_consent.value,
        "task_force": said.task_force.code,
        "task_force_arrests": said.task_force.arrests,
        "task_force_immigration_arrests": said.task_force.immigration_arrests,
        "people": said.resources.people,
        "minutes": said.resources.minutes,
        "vehicles": said.resources.vehicles,
        "facilities": said.resources.facilities,
        "exigency": said.exigency.value,
    }
    for n, paper in enumerate(said.instruments[:MOST_PAPERS]):
        shown |= {
            f"paper{n}_kind": paper.kind.value,
            f"paper{n}_court": paper.issuing_court.value,
            f"paper{n}_signed": paper.signed_by.value,
        }
    return shown


def _local(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
