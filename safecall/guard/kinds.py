"""The kinds of finding, and where the rules lie."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

RULES_DIR: Final = Path(__file__).parent / "rules"


class Kind(StrEnum):
    """What a finding is; each kind has one action (see the guard's policy)."""

    STATEMENT = "statement"
    QUESTION = "question"
    IDENTIFIER = "identifier"
    PROXY = "proxy"
    AUTHORITY = "authority"


class GuardUnavailable(RuntimeError):
    """The rules cannot be loaded, so nothing can be screened: no text may be stored."""


class RuleError(ValueError):
    """A rule file cannot be used; the message names file, line and rule, and what to change."""
