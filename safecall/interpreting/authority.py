"""No immigration authority interprets for this department: the one test, used at every door.

The guard knows the authorities' names in its twenty languages; the list below holds what is
too short to be a name in running text, and the offices' addresses. It stands alone where the guard
cannot load. Source: California Government Code 7284.6(a)(3); the op-ed; `docs/interpreting.md`.
"""

import re
from typing import Final

from safecall import guard
from safecall.vocabulary.engagements.outcome import Finding

FINDING: Final = Finding.AUTHORITY_AS_INTERPRETER.value
TOLD: Final = (
    "An immigration authority cannot interpret for this department, nor somebody who works for one."
)
# In capitals only: ICE is an authority, Ice a family's name.
_LETTERS: Final = re.compile(
    r"\b(?:ICE|CBP|USBP|USCIS|HSI|ERO|OPLA|OFO|AMO|DHS|INS|EOIR|BORTAC|I\.C\.E\.)(?![\w.])"
)
_NAMES: Final = re.compile(
    r"border\s+patrol|customs\s+and\s+border|immigration\s+and\s+customs|"
    r"citizenship\s+and\s+immigration\s+services|homeland\s+security|"
    r"enforcement\s+and\s+removal|immigration\s+(?:enforcement|court|police|judge)|"
    r"(?:deportation|immigration)\s+officer|287\s*\(?g\)?",
    re.IGNORECASE,
)
_DOMAINS: Final = re.compile(r"(?:^|[@./])(?:dhs|ice|cbp|uscis)\.(?:gov|dhs\.gov)\b", re.IGNORECASE)


def is_immigration_authority(*texts: str) -> bool:
    """Whether any of these (name, employer, address) names an immigration authority."""
    return any(_named(text) for text in texts if text)


def _named(text: str) -> bool:
    if _LETTERS.search(text) or _NAMES.search(text) or _DOMAINS.search(text):
        return True
    try:
        findings = guard.screen(text).findings
    except guard.GuardUnavailable:
        return False
    return any(finding.kind is guard.Kind.AUTHORITY for finding in findings)
