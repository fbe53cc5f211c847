"""The lists behind the searching fields."""

from dataclasses import dataclass
from typing import Final

from safecall.desk.fields import language_label
from safecall.vocabulary import incident_types, languages
from safecall.vocabulary.languages import Group, Language


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what the field then shows; `also` are other words under which it is found.

    `keys` are those that, typed alone, find it before all others.
    """

    value: str
    hint: str
    also: str = ""
    keys: str = ""


TYPES: Final = [
    Choice(kind.label, kind.code, str(kind.priority)) for kind in incident_types.BY_CODE.values()
]


def _language(one: Language | Group) -> Choice:
    keys = languages.keys_of(one.tag)
    hint = one.ask if isinstance(one, Group) else keys[0]
    return Choice(
        language_label(one.tag), hint, f"{one.tag} {' '.join(one.aliases)}", " ".join(keys)
    )


#: The languages of the place first: where two are found alike, theirs is marked.
LANGUAGES: Final = [_language(one) for one in sorted(languages.CHOICES, key=lambda one: one.tier)]
