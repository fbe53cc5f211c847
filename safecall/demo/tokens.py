"""The token with which `safecall replay` reaches the demonstration."""

from pathlib import Path
from typing import Final

from safecall.demo.department import ANSWERING_POINT_CODE
from safecall.demo.files import write_private
from safecall.people.models import SystemToken

NAME: Final = "Replay (demo data)"


def make_token(path: Path) -> bool:
    """Write a token with all scopes to the file, unless the one in there works. Whether it did."""
    if path.exists() and SystemToken.authenticate(path.read_text(encoding="utf-8").strip()):
        return False
    SystemToken.objects.filter(name=NAME).delete()
    _, secret = SystemToken.issue(NAME, list(SystemToken.SCOPES), ANSWERING_POINT_CODE)
    write_private(path, f"{secret}\n")
    return True
