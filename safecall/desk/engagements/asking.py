"""The short form that asks for approval before anything happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safecall.engagements.facts import Plan
from safecall.vocabulary.engagements import occasion


class AskForm(forms.Form):
    """What somebody wants to do."""

    direction = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[
            (occasion.Direction.OUTBOUND_CONTACT.value, _("Contact them")),
            (occasion.Direction.JOINT_ACTIVITY.value, _("Act together with them")),
            (occasion.Direction.INBOUND_REQUEST.value, _("Do what they asked for")),
        ],
    )
    authority = forms.ChoiceField(label=_("Which authority?"), choices=occasion.Authority.choices())
    subject_role = forms.ChoiceField(
        label=_("Whom does it concern?"), choices=occasion.SubjectRole.choices()
    )
    offense_level = forms.ChoiceField(
        label=_("How serious is the offence?"),
        choices=occasion.OffenseLevel.choices(),
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("How far is our investigation?"), choices=occasion.Stage.choices(), required=False
    )

    def plan(self) -> Plan:
        """What a valid form asks."""
        said = self.cleaned_data
        return Plan(
            occasion.Authority(said["authority"]),
            occasion.Direction(said["direction"]),
            occasion.SubjectRole(said["subject_role"]),
            occasion.OffenseLevel(said["offense_level"]),
            occasion.Stage(said["stage"]),
        )
