"""What a column knows of a text before the engine looks at it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from safecall.guard.fold import Folded
from safecall.guard.plan import ActivePhrase


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text before it is looked at.

    Attributes:
        phrases: those that it may hold; None: any.
        straight: its straight form (`Spelling.straightened`).
        may_be_heavy: whether the scale may find something in it.
    """

    phrases: Collection[ActivePhrase] | None = None
    straight: Folded | None = None
    may_be_heavy: bool = True


NOTHING: Final = Known()
