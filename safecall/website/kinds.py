"""The simple choice of what a report is about, and what follows from it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: A report waits for somebody to read it, so none starts above this.
EMERGENCY_WORDS_PRIORITY: Final = 3
SAFETY_PRIORITY: Final = 4
ORDINARY_PRIORITY: Final = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """One choice: its words, the incident type, and whether somebody's safety is at stake."""

    key: str
    words: Promise
    incident_type: str
    safety: bool = False


KINDS: Final = (
    Kind("other", _("Something else, or I do not know"), ""),
    Kind("worried", _("I am worried about someone"), "WELFARE", safety=True),
    Kind("threat", _("Someone scares me or bothers me"), "HARR", safety=True),
    Kind("hate", _("Someone hurt or insulted me because of who I am"), "HATE", safety=True),
    Kind("theft", _("Something was stolen"), "LARCENY"),
    Kind("damage", _("Something was broken or painted on"), "VANDAL"),
    Kind("fraud", _("Someone cheated me or used my name"), "FRAUD"),
    Kind("noise", _("Noise, or trouble with neighbors"), "NOISE"),
    Kind("road", _("A problem on the road, or with a parked car"), "PARKING"),
    Kind("lost", _("I lost or found something"), "PROPLOST"),
)
BY_KEY: Final = {kind.key: kind for kind in KINDS}


def priority(kind: Kind, *, for_other: bool, emergency_words: bool) -> int:
    """1 is the most urgent, 5 can wait. Nothing else that was typed has a part in it."""
    if emergency_words:
        return EMERGENCY_WORDS_PRIORITY
    return SAFETY_PRIORITY if for_other or kind.safety else ORDINARY_PRIORITY
