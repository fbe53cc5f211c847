"""The guard: finds and removes what the department promised never to ask or keep.

Pure: no Django, no database, no network. See ``docs/guard.md``.
"""

from safecall.guard.engine import Finding, Screened, ask, screen
from safecall.guard.kinds import GuardUnavailable, Kind

__all__ = ["Finding", "GuardUnavailable", "Kind", "Screened", "ask", "screen"]
