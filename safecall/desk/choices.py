"""The lists behind the searching fields."""

from dataclasses import dataclass
from typing import Final

from safecall.desk.fields import language_label
from safecall.vocabulary import incident_types, languages


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what the field then shows; `also` are other words under which it is found."""

    value: str
    hint: str
    also: str = ""


TYPES: Final = [
    Choice(kind.label, kind.code, str(kind.priority)) for kind in incident_types.BY_CODE.values()
]
LANGUAGES: Final = [
    Choice(language_label(one.tag), one.tag, " ".join(one.aliases))
    for one in languages.BY_TAG.values()
]
