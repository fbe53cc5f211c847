"""What can go wrong with an act, as a page or a page's script can show it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safecall.contacts.actions import ActRefused, InvalidField, VersionConflict
from safecall.desk import fields
from safecall.guard import GuardUnavailable

#: What an act may raise that a person can do something about.
ERRORS: Final = (ActRefused, InvalidField, VersionConflict, GuardUnavailable)


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: what the other's change made of its inputs."""

    group: str
    label: str
    theirs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is refused, invalid, conflict or guard; `message` is written for the person."""

    kind: str
    status: HTTPStatus
    message: str
    field: str = ""
    clashes: tuple[Clash, ...] = ()
    version: int = 0

    def as_json(self) -> dict[str, object]:
        """For the page's script."""
        return {
            "kind": self.kind,
            "message": self.message,
            "field": self.field,
            "version": self.version,
            "clashes": [
                {"group": one.group, "label": one.label, "theirs": one.theirs}
                for one in self.clashes
            ],
        }


def problem(error: Exception) -> Problem:
    """The problem behind one of `ERRORS`."""
    if isinstance(error, VersionConflict):
        return _conflict(error)
    if isinstance(error, InvalidField):
        return Problem("invalid", HTTPStatus.UNPROCESSABLE_ENTITY, error.message, error.field)
    if isinstance(error, ActRefused):
        return Problem("refused", HTTPStatus.CONFLICT, error.message)
    return Problem("guard", HTTPStatus.SERVICE_UNAVAILABLE, guard_is_down())


def guard_is_down() -> str:
    """Why words are not saved just now, and what still works."""
    return _(
        "The guard is not available, so words are kept on this screen, not saved. "
        "Type, priority, language and units still work: send help as always."
    )


def _conflict(error: VersionConflict) -> Problem:
    shown = fields.values(error.current)
    clashes = tuple(
        Clash(
            group, str(fields.LABELS[group]), {name: shown[name] for name in fields.GROUPS[group]}
        )
        for group in sorted(error.fields)
    )
    message = _("%(fields)s: changed by %(by)s at %(at)s, while you were typing.") % {
        "fields": ", ".join(one.label for one in clashes),
        "by": error.by,
        "at": date_format(timezone.localtime(error.at), "H:i:s"),
    }
    return Problem(
        "conflict", HTTPStatus.CONFLICT, message, clashes=clashes, version=error.current.version
    )
