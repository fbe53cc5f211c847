"""What kinds of service there are, and what people need: codes, and words for residents."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a person may need help with."""

    code: str
    words: Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service: what it is called, what it does, which needs it meets as a rule.

    `no_advice`: it helps, but gives no legal advice, and the page says so.
    """

    code: str
    name: Promise
    does: Promise
    needs: tuple[str, ...]
    no_advice: bool = False


NEEDS: Final = {
    one.code: one
    for one in (
        Need("danger", _("I am in danger, or someone is")),
        Need("immigration", _("Help with immigration papers")),
        Need("federal", _("A problem with a federal office")),
        Need("legal", _("The law, a court, or a lawyer")),
        Need("shelter", _("A safe place to sleep")),
        Need("violence", _("Someone at home hurts me")),
        Need("health", _("A doctor or a hospital")),
        Need("crisis", _("I feel I cannot go on")),
        Need("living", _("Food, rent, or bills")),
        Need("consulate", _("A consulate")),
    )
}

KINDS: Final = {
    one.code: one
    for one in (
        Kind(
            "emergency",
            _("Emergency"),
            _("Police, fire and ambulance, at any hour."),
            ("danger", "violence"),
        ),
        Kind(
            "line_211",
            _("Help line"),
            _("They know who helps with food, a home, health and the law near you."),
            ("living", "shelter", "legal", "health", "immigration"),
        ),
        Kind(
            "crisis",
            _("Crisis line"),
            _("They listen when you feel you cannot go on. They answer at any hour."),
            ("crisis",),
        ),
        Kind(
            "senator",
            _("Office of a United States senator"),
            _("The staff can ask a federal office about your case."),
            ("federal", "immigration"),
            no_advice=True,
        ),
        Kind(
            "representative",
            _("Office of a member of Congress"),
            _("The staff can ask a federal office about your case."),
            ("federal", "immigration"),
            no_advice=True,
        ),
        Kind(
            "legal_aid",
            _("Legal aid"),
            _("Lawyers who help for free, or for little money."),
            ("immigration", "legal"),
        ),
        Kind(
            "hospital",
            _("Hospital"),
            _("They treat you when you are sick or hurt."),
            ("health",),
        ),
        Kind(
            "shelter",
            _("Shelter"),
            _("A bed for the night when you have no safe place."),
            ("shelter", "violence"),
        ),
        Kind(
            "consulate",
            _("Consulate"),
            _(
                "A consulate helps with a passport and other papers. "
                "You may ask one. You never have to."
            ),
            ("consulate",),
            no_advice=True,
        ),
        Kind("other", _("Other help"), _("They may be able to help you."), ()),
    )
}
