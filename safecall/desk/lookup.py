"""From what somebody typed into a searching field to a code.

A field shows labels ("Assault"), and a call taker types a code, a label, or the beginning of one.
"""

from collections.abc import Iterable, Mapping

from safecall.contacts.actions import InvalidField
from safecall.contacts.models import AnsweringPoint, Unit
from safecall.vocabulary import dispositions, incident_types, languages


def incident_type(typed: str) -> str:
    """A code, or an empty string for an empty field. Raises `InvalidField`."""
    labels = {kind.label: code for code, kind in incident_types.BY_CODE.items()}
    return _code("incident_type", typed, labels, "Choose a type from the list of incident types.")


def disposition(typed: str) -> str:
    """A code. Raises `InvalidField`."""
    labels = {label: code for code, label in dispositions.BY_CODE.items()}
    found = _code("disposition", typed, labels, "Choose how the contact ended from the list.")
    if not found:
        raise InvalidField("disposition", "Choose how the contact ended from the list.")
    return found


def language(typed: str) -> str:
    """A BCP 47 tag, or an empty string for an empty field. Raises `InvalidField`."""
    wanted = typed.strip()
    if not wanted:
        return ""
    for one in languages.CHOICES:
        if wanted in {one.tag, one.english, one.endonym, f"{one.english} ({one.endonym})"}:
            return one.tag
    found = languages.search(wanted)
    if found and (len(found) == 1 or wanted.lower() in languages.KEYS):
        return found[0].tag
    if languages.is_tag(wanted):
        return wanted
    like = found[:3] or languages.near(wanted)
    message = "Choose a language from the list."
    if like:
        message += f" Did you mean {' or '.join(one.english for one in like)}?"
    raise InvalidField("language", message)


def unit(typed: str, among: Iterable[Unit]) -> Unit:
    """The unit with this callsign. Raises `InvalidField`."""
    wanted = typed.strip().casefold()
    for one in among:
        if one.callsign.casefold() == wanted:
            return one
    raise InvalidField("unit", "Choose a unit by its callsign from the list.")


def answering_point(code: str) -> AnsweringPoint:
    """The answering point with this code. Raises `InvalidField`."""
    found = AnsweringPoint.objects.select_related("agency").filter(code=code[:40]).first()
    if found is None:
        raise InvalidField("answering_point", "Choose an answering point from the list.")
    return found


def _code(field: str, typed: str, labels: Mapping[str, str], message: str) -> str:
    wanted = typed.strip().casefold()
    if not wanted:
        return ""
    folded = {label.casefold(): code for label, code in labels.items()}
    codes = {code.casefold(): code for code in labels.values()}
    exact = codes.get(wanted) or folded.get(wanted)
    if exact:
        return exact
    begins = [code for label, code in folded.items() if label.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    raise InvalidField(field, message)
