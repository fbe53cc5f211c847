"""The forms of help and referrals. Nothing that is typed or chosen here is kept."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from safecall.referrals.kinds import NEEDS
from safecall.referrals.models import Referral, Service
from safecall.website.forms import CodeForm, Form, PlainText, language_choices
from safecall.website.widgets import QuickSelect

WORDS_LENGTH: Final = 500
_CHOOSE: Final = {"invalid_choice": _("Please choose one answer.")}


def _needs() -> list[tuple[str, Any]]:
    return [("", _("Anything")), *((one.code, one.words) for one in NEEDS.values())]


class HelpForm(Form):
    """What somebody looks for; all of it may stay empty."""

    words = PlainText(
        most=WORDS_LENGTH,
        required=False,
        label=_("What do you need?"),
        help_text=_("Write in your own words, in any language. We do not keep them."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    need = forms.ChoiceField(
        label=_("Or choose from the list"),
        choices=_needs,
        required=False,
        error_messages=_CHOOSE,
        widget=QuickSelect(attrs={"class": "input"}),
    )
    language = forms.ChoiceField(
        label=_("What language do you want to speak?"),
        choices=language_choices,
        required=False,
        error_messages={"invalid_choice": _("Please choose a language from the list.")},
        widget=QuickSelect(attrs={"class": "input"}),
    )
    place = PlainText(
        most=WORDS_LENGTH,
        required=False,
        label=_("Where are you, about?"),
        help_text=_("A town or a ZIP code. We do not look where you are."),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    open_now = forms.BooleanField(label=_("Only who is open now"), required=False)


class ReferralCodeForm(CodeForm):
    """The code of a referral."""


class OutcomeForm(Form):
    """What became of a referral; the code travels along, hidden."""

    told_by = forms.ChoiceField(
        label=_("Who tells us this?"),
        choices=[
            (Referral.ToldBy.PERSON.value, _("I am the person who needs help")),
            (Referral.ToldBy.OFFICE.value, _("We are the office")),
        ],
        initial=Referral.ToldBy.PERSON.value,
        error_messages={"required": _("Please choose one answer."), **_CHOOSE},
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (Referral.Outcome.HELPED.value, _("The office helped")),
            (Referral.Outcome.SENT_ON.value, _("The office sent the person on to someone else")),
            (
                Referral.Outcome.NOT_REACHED.value,
                _("No one could be reached"),
            ),
        ],
        error_messages={"required": _("Please choose one answer."), **_CHOOSE},
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(
        label=_("Sent on to whom?"),
        help_text=_("Leave this empty if you do not know."),
        required=False,
        error_messages=_CHOOSE,
        widget=QuickSelect(attrs={"class": "input"}),
    )
    code = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, services: list[Service], **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101  tells the type checker
        to.choices = [("", ""), *((str(one.pk), str(one.name)) for one in services)]
