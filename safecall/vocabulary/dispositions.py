"""How a contact was closed: NENA-STA-021.1b's registry, citing APCO ANS 1.111.2-2018."""

from typing import Final

from safecall.vocabulary._table import rows

BY_CODE: Final[dict[str, str]] = {row["code"]: row["label"] for row in rows("dispositions")}


def label(code: str) -> str:
    """The short label, or the code itself where it is not in the registry."""
    return BY_CODE.get(code, code)
