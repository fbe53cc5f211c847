"""The forms of feedback and complaints. Every question may stay open, and none is about the person
who answers."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from safecall.feedback.models import Complaint, Reply
from safecall.website.forms import SHORT_LENGTH, STORY_LENGTH, Form, PlainText, random_value

CHOOSE: Final = _("Please choose one answer.")
REPLIES: Final = [
    (Reply.YES.value, _("Yes")),
    (Reply.NO.value, _("No")),
    (Reply.UNSAID.value, _("I do not know, or I do not want to say")),
]
KINDS: Final = [
    (Complaint.Kind.ASKED.value, _("They asked what they must never ask")),
    (Complaint.Kind.AGENCY.value, _("They called an immigration agency, or helped one")),
    (Complaint.Kind.HELD.value, _("They kept someone longer because of immigration")),
    (Complaint.Kind.INTERPRETER.value, _("There was no interpreter")),
    (Complaint.Kind.TREATED.value, _("They treated someone badly")),
    (Complaint.Kind.OTHER.value, _("Something else")),
]


def _reply(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=REPLIES,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )


def _words(label: Any, help_text: Any, **options: Any) -> PlainText:
    return PlainText(
        most=STORY_LENGTH,
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
        **options,
    )


class FeedbackForm(Form):
    """Three questions. The third is about what the police did (see `guard/exempt.py`).

    `code` is that of a report, where its page led here; `once` is a random value of this page.
    """

    helped = _reply(_("Were you helped?"))
    own_language = _reply(_("Could you speak your language?"))
    asked = _reply(_("Did anyone from the police ask about your immigration status?"))
    words = _words(
        _("Do you want to tell us more?"),
        _("Write in any language. Please leave out names."),
        required=False,
    )
    code = forms.CharField(widget=forms.HiddenInput, max_length=SHORT_LENGTH, required=False)
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=random_value
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        answered = [given.get(name) for name in ("helped", "own_language", "asked", "words")]
        if not self.errors and not any(answered):
            raise forms.ValidationError(_("Please answer at least one question."))
        return given


class ComplaintForm(Form):
    """Which rule was broken, and what happened, if somebody wants to say so."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=KINDS,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        widget=forms.RadioSelect,
    )
    words = _words(
        _("Tell us about it"),
        _("When and where was it? Which officer or car? You may leave this empty."),
        required=False,
    )


class MoreForm(Form):
    """More about a complaint."""

    words = _words(
        _("Tell us more"),
        _("Write in your own words, in any language."),
        error_messages={"required": _("Please write what you want to add.")},
    )
    code = forms.CharField(widget=forms.HiddenInput, max_length=SHORT_LENGTH, required=False)
