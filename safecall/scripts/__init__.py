"""What call takers ask and say, per kind of incident and language; versioned, held by the guard.

Pure: no Django, no database. The wordings are TOML files that a call taker can read and correct.
"""

from safecall.scripts.library import (
    LANGUAGES,
    TOPICS,
    Card,
    Question,
    Script,
    ScriptError,
    cards,
    for_incident_type,
    script,
    scripts,
)

__all__ = [
    "LANGUAGES",
    "TOPICS",
    "Card",
    "Question",
    "Script",
    "ScriptError",
    "cards",
    "for_incident_type",
    "script",
    "scripts",
]
