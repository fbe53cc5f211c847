"""A text message that invites whoever called to say how it went."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def text_message(lang: str) -> str:
    """The invitation in a language of the pages. It names nobody, and has no code: whoever reads
    it over a shoulder learns that a number called the police, and nothing more."""
    with translation.override(lang):
        words = _("You called the police. Were you helped? Tell us: %(link)s")
        more = _("No name, no account. In an emergency call 911.")
    return words % {"link": f"{settings.PUBLIC_URL}/{lang}/feedback"} + f" {more}"
