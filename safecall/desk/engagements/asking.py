"""The short form that asks for approval before anything happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safecall.engagements.facts import Plan
from safecall.vocabulary import engagements as words


class AskForm(forms.Form):
    """What somebody wants to do."""

    direction = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (words.Direction.OUTBOUND_CONTACT.value, _("Contact them")),
            (words.Direction.JOINT_ACTIVITY.value, _("Act together with them")),
            (words.Direction.INBOUND_REQUEST.value, _("Do what they asked for")),
        ],
    )
    authority = forms.ChoiceField(label=_("Which authority?"), choices=words.Authority.choices())
    subject_role = forms.ChoiceField(
        label=_("Whom does it concern?"), choices=words.SubjectRole.choices()
    )
    offense_level = forms.ChoiceField(
        label=_("How serious is the offence?"),
        choices=words.OffenseLevel.choices(),
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("How far is our investigation?"), choices=words.Stage.choices(), required=False
    )

    def plan(self) -> Plan:
        """What a valid form asks."""
        said = self.cleaned_data
        return Plan(
            words.Authority(said["authority"]),
            words.Direction(said["direction"]),
            words.SubjectRole(said["subject_role"]),
            words.OffenseLevel(said["offense_level"]),
            words.Stage(said["stage"]),
        )
