"""HSDS services, as JSON or as a package of tables, read as what the directory keeps.

Whatever cannot be kept is a fault of its line, and then nothing is kept; what HSDS knows and the
directory does not take (persons, other taxonomies, dates of validity) is left out, with a notice.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from safecall.contacts.actions.base import InvalidField
from safecall.referrals.actions import (
    OrganizationData,
    PhoneData,
    PlaceData,
    ServiceData,
)
from safecall.referrals.actions.keeping import (
    organization_columns,
    phone_columns,
    place_columns,
    service_columns,
)
from safecall.referrals.hsds import tables, terms
from safecall.referrals.hsds.weekly import NotWeekly, hours_of
from safecall.vocabulary import languages

Row = Mapping[str, Any]

MOST_SERVICES: Final = 5_000
_ACTIVE: Final = {"active": True, "inactive": False, "defunct": False, "temporarily closed": False}
#: Kinds of numbers in HSDS data -> ours; others are left out.
_PHONES: Final = {
    **dict.fromkeys(("", "voice", "cell", "phone", "telephone", "hotline"), "voice"),
    **dict.fromkeys(("text", "sms"), "text"),
    **dict.fromkeys(("tty", "tdd", "textphone"), "tty"),
    "fax": "fax",
}
_BY_ISO_639_2: Final = {one.iso639_2: tag for tag, one in languages.BY_TAG.items() if one.iso639_2}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one service of the file: where it stands, which field, and what to do."""

    place: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}, {self.field}: {self.message}"


@dataclass(slots=True)
class Reading:
    """What a file holds. With faults, nothing of it may be kept."""

    services: list[tuple[str, ServiceData]] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """The services of a file: HSDS JSON, or a zip of HSDS tables.

    Raises `guard.GuardUnavailable`; all else that is wrong is a fault.
    """
    reading = Reading()
    try:
        entries = tables.read(content) if content[:2] == b"PK" else list(_from_json(content))
    except tables.NoPackage as error:
        reading.faults.append(Remark("file", "file", str(error)))
        return reading
    if not entries:
        reading.faults.append(Remark("file", "file", "There is no service in this file."))
    if len(entries) > MOST_SERVICES:
        told = f"More than {MOST_SERVICES:,} services. Bring it in parts."
        reading.faults.append(Remark("file", "file", told))
        return reading
    seen: set[UUID] = set()
    for place, row in entries:
        one = _Reader(place, reading).service(row)
        if one is None:
            continue
        if one.id in seen:
            reading.faults.append(Remark(place, "id", "This id stands in the file twice."))
        seen.add(one.id)
        reading.services.append((place, one))
    return reading


def _from_json(content: bytes) -> Iterator[tuple[str, Row]]:
    """The services of a list, of a page of an HSDS API, or the one service."""
    try:
        value = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise tables.NoPackage(
            f"This is neither JSON nor a zip of tables{where}. Bring HSDS 3.0."
        ) from None
    if isinstance(value, dict):
        value = value.get("contents", [value])
    if not isinstance(value, list):
        raise tables.NoPackage("Bring a list of HSDS services, or a page of an HSDS API.")
    for number, row in enumerate(value, 1):
        if not isinstance(row, dict):
            raise tables.NoPackage(f"service {number} is no object.")
        yield f"service {number}", row


class _Reader:
    """Reads one service; its faults and notices go to the reading."""

    def __init__(self, place: str, reading: Reading) -> None:
        self.place = place
        self.reading = reading
        self.faulty = False

    def service(self, row: Row) -> ServiceData | None:
        """The service, or None where a fault was found."""
        one = self._read(row)
        if one is None:
            return None
        one = self._without_cut_description(one)
        for check in (service_columns, lambda data: organization_columns(data.organization)):
            self._checked(check, one)
        self._checked(lambda data: phone_columns(data.phones), one)
        for place in one.places:
            self._checked(lambda _, place=place: place_columns(place), one)
        return None if self.faulty else one

    def _read(self, row: Row) -> ServiceData | None:
        key = self._uuid("id", row.get("id"))
        owner = row.get("organization")
        if not isinstance(owner, dict):
            self._fault("organization", "Whose service is it? Its organization is missing.")
            owner = {}
        status = _text(row.get("status"))
        if status not in _ACTIVE:
            self._fault("status", f"One of: {', '.join(_ACTIVE)}.")
        ours = self._attributes(row)
        if _rows(row.get("contacts")):
            self._notice("contacts", "Persons are not kept, only offices.")
        if key is None:
            return None
        return ServiceData(
            key,
            OrganizationData(
                _text(owner.get("name")),
                self._uuid("organization", owner.get("id")),
                self._organization_words(owner),
                _text(owner.get("website")),
            ),
            _text(row.get("name")),
            _text(row.get("description")),
            kind=(ours[terms.KIND] or ["other"])[0],
            needs=tuple(ours[terms.NEED]),
            languages=tuple(self._languages(row)),
            interpreter=bool(_text(row.get("interpretation_services"))),
            hours=self._hours(row),
            website=_text(row.get("url")),
            active=_ACTIVE.get(status, False),
            takes_everyone=bool(ours[terms.TAKES_EVERYONE]),
            phones=tuple(self._phones(row)),
            places=tuple(self._places(row)),
            onward=tuple(filter(None, (self._uuid("onward", one) for one in ours[terms.ONWARD]))),
            rank=self._rank(ours[terms.RANK]),
        )

    def _organization_words(self, owner: Row) -> str:
        # Where there is no description, our own export writes the name.
        words = _text(owner.get("description"))
        return "" if words == _text(owner.get("name")) else words

    def _attributes(self, row: Row) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {code: [] for code in terms.TERMS}
        others = 0
        for one in _rows(row.get("attributes")):
            term = one.get("taxonomy_term") or {}
            code = term.get("code") if isinstance(term, dict) else None
            if code in found and term.get("taxonomy") == terms.TAXONOMY:
                found[code].append(_text(one.get("value")))
            else:
                others += 1
        if others:
            self._notice("attributes", f"{others} of other taxonomies are left out.")
        return found

    def _rank(self, given: list[str]) -> int:
        if not given:
            return 100
        if given[0].isascii() and given[0].isdigit() and len(given[0]) < 6:
            return int(given[0])
        self._fault("rank", "A whole number from 0 (shown first) to 999.")
        return 100

    def _languages(self, row: Row) -> Iterator[str]:
        for one in _rows(row.get("languages")):
            note = _text(one.get("note"))
            code = _text(one.get("code")).lower()
            tag = note.removeprefix(terms.TAG_NOTE) if note.startswith(terms.TAG_NOTE) else ""
            tag = tag or _BY_ISO_639_2.get(code, code)
            if languages.is_tag(tag):
                yield tag
            else:
                self._notice("languages", "A language without its ISO 639 code is left out.")

    def _hours(self, row: Row) -> str:
        try:
            return hours_of(_rows(row.get("schedules")))
        except NotWeekly as error:
            self._notice("schedules", f"{error} The hours are left empty.")
            return ""

    def _phones(self, row: Row) -> Iterator[PhoneData]:
        for one in _rows(row.get("phones")):
            kind = _PHONES.get(_text(one.get("type")).lower())
            if kind is None:
                self._notice("phones", "A number of another kind is left out.")
                continue
            yield PhoneData(_text(one.get("number")), _whole(one.get("extension")), kind)

    def _places(self, row: Row) -> Iterator[PlaceData]:
        for at in _rows(row.get("service_at_locations")):
            location = at.get("location")
            if not isinstance(location, dict):
                continue
            addresses = _rows(location.get("addresses"))
            address = addresses[0] if addresses else {}
            yield PlaceData(
                self._uuid("location", location.get("id")),
                _text(location.get("name")),
                self._degrees(location.get("latitude")),
                self._degrees(location.get("longitude")),
                _text(address.get("address_1")),
                _text(address.get("city")),
                _text(address.get("state_province")),
                _text(address.get("postal_code")),
                _text(address.get("country")) or "US",
            )

    def _degrees(self, value: Any) -> float | None:
        if value in (None, ""):
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            self._fault("location", "Latitude and longitude are degrees, such as 46.79.")
            return None

    def _uuid(self, field_name: str, value: Any) -> UUID | None:
        try:
            return UUID(_text(value))
        except ValueError:
            self._fault(field_name, "HSDS wants a UUID here.")
            return None

    def _without_cut_description(self, one: ServiceData) -> ServiceData:
        try:
            service_columns(replace(one, name="x"))
        except InvalidField as error:
            if error.field == "description":
                self._notice("description", f"It is left out. {error.message}")
                return replace(one, description="")
        return one

    def _checked(self, check: Any, one: ServiceData) -> None:
        try:
            check(one)
        except InvalidField as error:
            self._fault(error.field, error.message)

    def _fault(self, field_name: str, message: str) -> None:
        self.faulty = True
        self.reading.faults.append(Remark(self.place, field_name, message))

    def _notice(self, field_name: str, message: str) -> None:
        self.reading.notices.append(Remark(self.place, field_name, message))


def _rows(value: Any) -> list[dict[str, Any]]:
    given: Iterable[Any] = value if isinstance(value, list) else ()
    return [one for one in given if isinstance(one, dict)]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _whole(value: Any) -> str:
    """HSDS's extension, a number, as digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text(value)
