"""The public forms. None asks for more than the help needs, and almost all may stay empty."""

import secrets
from functools import cache
from typing import Any, Final

from babel import Locale
from babel.core import UnknownLocaleError
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from safecall.texts.actions import SUGGESTION_LENGTH
from safecall.vocabulary import languages, written
from safecall.website.kinds import KINDS
from safecall.website.widgets import QuickSelect

STORY_LENGTH: Final = 10_000
SHORT_LENGTH: Final = 200


class PlainText(forms.CharField):
    """Text as it was typed: no NUL, one kind of line end, and never cut by the browser."""

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\x00", "")
        return str(super().to_python(text) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if (over := len(value) - self.most) > 0:
            # No maxlength on the input: a browser would silently drop the end of a pasted text.
            raise ValidationError(
                ngettext_lazy(
                    "This is %(over)d character too long. Please make it shorter.",
                    "This is %(over)d characters too long. Please make it shorter.",
                    over,
                ),
                params={"over": over},
            )


def _short(label: Any, help_text: Any = "", **attributes: str) -> PlainText:
    return PlainText(
        most=SHORT_LENGTH,
        required=False,
        label=label,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "input", **attributes}),
    )


class Form(forms.Form):
    """A form whose messages are ours, not the browser's."""

    use_required_attribute = False


class StoryForm(Form):
    """The first step: what is happening, and for whom."""

    story = PlainText(
        most=STORY_LENGTH,
        label=_("What is happening?"),
        help_text=_("Write in your own words, in any language."),
        error_messages={"required": _("Please tell us what is happening. A few words are enough.")},
        widget=forms.Textarea(attrs={"class": "input", "rows": 7}),
    )
    for_whom = forms.ChoiceField(
        label=_("Who is this about?"),
        choices=[
            ("self", _("It is about me, or something I saw")),
            ("other", _("I am worried about someone's safety")),
        ],
        initial="self",
        error_messages={
            "required": _("Please choose one answer."),
            "invalid_choice": _("Please choose one answer."),
        },
        widget=forms.RadioSelect,
    )


def language_choices() -> list[tuple[str, str]]:
    """Every language by its own name, with its name in the language of the page."""
    return [("", str(_("Choose a language"))), *_named_languages(get_language() or "en")]


@cache
def _named_languages(page: str) -> list[tuple[str, str]]:
    return [
        (tag, f"{one.endonym} ({_language_name(tag, page)})")
        for tag, one in languages.BY_TAG.items()
    ]


def _language_name(tag: str, page: str) -> str:
    """The name of the language in the language of the page, from CLDR where it has one."""
    english = languages.label(tag)
    if page.startswith("en"):
        return english
    try:
        return Locale.parse(page, sep="-").languages.get(tag) or english
    except (UnknownLocaleError, ValueError):
        return english


def random_value() -> str:
    """So that a page sent twice is one report."""
    return secrets.token_hex(16)


class DetailsForm(StoryForm):
    """The second step; the first answer travels along, so nothing half-finished is stored.

    `once` is a random value of this page: the same report sent twice opens one contact.
    """

    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        choices=[(kind.key, kind.words) for kind in KINDS],
        initial="other",
        required=False,
        error_messages={"invalid_choice": _("Please choose one answer.")},
        widget=QuickSelect(attrs={"class": "input"}),
    )
    when = _short(_("When did it happen?"), _("For example: last night, or every Sunday."))
    place = _short(
        _("Where did it happen?"), _("A street and number, a crossing, or a place people know.")
    )
    who = _short(
        _("Who are you worried about?"), _("A name, or words that help us find the person.")
    )
    who_where = _short(_("Where is this person now?"))
    language = forms.ChoiceField(
        label=_("What language do you want to speak?"),
        help_text=_("An interpreter is free."),
        choices=language_choices,
        required=False,
        error_messages={"invalid_choice": _("Please choose a language from the list.")},
        widget=QuickSelect(attrs={"class": "input"}),
    )
    reach = _short(
        _("How can we reach you?"),
        _("A phone number or an e-mail address. Leave it empty if you do not want us to."),
        autocomplete="tel",
    )
    called = _short(_("What should we call you?"), _("Any name you like."))
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=random_value
    )
    not_emergency = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    about_place = ("kind", "when", "place")
    about_person = ("who", "who_where")
    private = ("language", "reach", "called")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("story", "for_whom"):
            self.fields[name].widget = forms.HiddenInput()

    @property
    def for_other(self) -> bool:
        """Whether the report is about somebody else's safety."""
        return str(self["for_whom"].value()) == "other"

    def shown(self) -> list[forms.BoundField]:
        """The fields before the notice of use."""
        names = self.about_person + self.about_place if self.for_other else self.about_place
        return [self[name] for name in names]

    def shown_private(self) -> list[forms.BoundField]:
        """The fields about the person who writes, which stand below the notice of use."""
        return [self[name] for name in self.private]


class CodeForm(Form):
    """A receipt code."""

    code = PlainText(
        most=SHORT_LENGTH,
        label=_("Your code"),
        help_text=_("It has four groups of five letters and numbers."),
        error_messages={"required": _("Please type the code from your receipt.")},
        widget=forms.TextInput(
            attrs={
                "class": "input code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class NoteForm(Form):
    """Something more about a report."""

    note = PlainText(
        most=STORY_LENGTH,
        label=_("Tell us more"),
        help_text=_("Write in your own words, in any language."),
        error_messages={"required": _("Please write what you want to add.")},
        widget=forms.Textarea(attrs={"class": "input", "rows": 5}),
    )
    code = forms.CharField(widget=forms.HiddenInput, max_length=SHORT_LENGTH, required=False)


def _page_languages() -> list[tuple[str, str]]:
    named = [(one.tag, one.endonym) for one in written.BY_TAG.values() if one.tag != "en"]
    return [("", str(_("Choose a language"))), *named]


class TranslationForm(Form):
    """A better translation of a page."""

    lang = forms.ChoiceField(
        label=_("Which language is it?"),
        choices=_page_languages,
        error_messages={
            "required": _("Please choose a language from the list."),
            "invalid_choice": _("Please choose a language from the list."),
        },
        widget=QuickSelect(attrs={"class": "input"}),
    )
    wrong = PlainText(
        most=SUGGESTION_LENGTH,
        required=False,
        label=_("Which words are wrong?"),
        help_text=_("Copy them from the page."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
    better = PlainText(
        most=SUGGESTION_LENGTH,
        label=_("How would you say it?"),
        error_messages={"required": _("Please write how you would say it.")},
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
