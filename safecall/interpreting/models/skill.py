"""What somebody speaks, how well, and who says so."""

from datetime import date
from typing import ClassVar, Final

from django.db import models

from safecall.interpreting.models.interpreter import Interpreter
from safecall.interpreting.terms import Kind, Purpose

# Interagency Language Roundtable, and ACTFL's scale with the ILR level that it is read as.
ILR: Final = ("0", "0+", "1", "1+", "2", "2+", "3", "3+", "4", "4+", "5")
ACTFL: Final[dict[str, str]] = {
    "novice": "0+",
    "intermediate-low": "1",
    "intermediate-mid": "1",
    "intermediate-high": "1+",
    "advanced-low": "2",
    "advanced-mid": "2",
    "advanced-high": "2+",
    "superior": "3",
    "distinguished": "4",
}
# Our decision, not confirmed by an interpreters' office: staff speak with callers from here on.
LEAST_FOR_DISPATCH: Final = "2"


class Skill(models.Model):
    """One language of one interpreter, with its level and where the level comes from."""

    class Source(models.TextChoices):
        """Who tested the level."""

        ILR = "ilr", "ILR test"
        ACTFL = "actfl", "ACTFL test"
        UNTESTED = "untested", "Not tested"

    class Certificate(models.TextChoices):
        """Certificates with which somebody may interpret an interview or a statement."""

        NONE = "", "None"
        FEDERAL_COURT = "fcice", "Federal court (FCICE)"
        STATE_COURT = "state_court", "State court"
        CHI = "chi", "Healthcare (CCHI)"
        CMI = "cmi", "Medical (NBCMI)"
        NIC = "nic", "Sign language (RID NIC)"
        CDI = "cdi", "Deaf interpreter (RID CDI)"

    LEVELS: ClassVar = [(level, level) for level in (*ILR, *ACTFL)]

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="skills")
    tag = models.CharField(max_length=16)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.UNTESTED)
    level = models.CharField(max_length=20, choices=LEVELS, blank=True, default="")
    tested_on = models.DateField(null=True, blank=True)
    certificate = models.CharField(
        max_length=12, choices=Certificate.choices, blank=True, default=Certificate.NONE
    )
    certified_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["interpreter", "tag"], name="skill_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["tag"], name="skill_tag")]

    def __str__(self) -> str:
        return self.tag

    @property
    def ilr(self) -> int | None:
        """The level as a place in `ILR`; None where nobody tested it."""
        if self.source == self.Source.UNTESTED or not self.level:
            return None
        return ILR.index(ACTFL.get(self.level, self.level))

    def certified(self, today: date) -> bool:
        """Whether a certificate holds today."""
        return bool(self.certificate) and (
            self.certified_until is None or self.certified_until >= today
        )

    def purposes(self, kind: str, today: date) -> frozenset[Purpose]:
        """What this skill may be used for.

        Dispatch: everybody on the roster, and staff who were tested well enough or are certified.
        An interview or a statement: only with a certificate.
        """
        found = set()
        tested = self.ilr is not None and self.ilr >= ILR.index(LEAST_FOR_DISPATCH)
        if kind == Kind.ROSTER or tested or self.certified(today):
            found.add(Purpose.DISPATCH)
        if self.certified(today):
            found.add(Purpose.INTERVIEW)
        return frozenset(found)
