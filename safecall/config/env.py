"""Typed values from environment variables.

Every helper refuses nonsense. Refusals are gathered, so that whoever sets the service up sees all
of them at once; `Environment.refuse_if_wrong` raises them together.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PREFIX = "SAFECALL_"


def base_dir() -> Path:
    """Where relative paths of settings begin: the repository, or else the working directory."""
    above = Path(__file__).resolve().parents[2]
    return above if (above / "pyproject.toml").exists() else Path.cwd()


class Environment:
    """Reads `SAFECALL_*` variables; a wrong one is noted in `problems` and its default is used."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks; empty counts as not set."""
        return self._variables.get(PREFIX + name, "").strip() or default

    def path(self, name: str, default: str = "") -> Path:
        """A file or folder; one that is not absolute lies in `base_dir`."""
        return base_dir() / self.text(name, default)

    def choice(self, name: str, default: str, choices: Sequence[str]) -> str:
        """One of `choices`."""
        value = self.text(name, default)
        if value not in choices:
            self._refuse(name, f"must be one of {', '.join(choices)}")
            return default
        return value

    def boolean(self, name: str, default: bool) -> bool:
        """`true` or `false`, nothing else: a typing error must not switch a protection off."""
        value = self.text(name, "true" if default else "false")
        if value not in ("true", "false"):
            self._refuse(name, "must be true or false")
            return default
        return value == "true"

    def integer(self, name: str, default: int, least: int = 0, most: int = 10**9) -> int:
        """A whole number between `least` and `most`."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self._refuse(name, f"must be a whole number from {least} to {most}")
            return default
        return int(value)

    def words(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """Values separated by commas."""
        value = self.text(name)
        return [word.strip() for word in value.split(",") if word.strip()] or list(default)

    def named(self, beginning: str) -> list[str]:
        """The rest of each secret's name that begins so, given itself or as a file."""
        begins = PREFIX + beginning
        names = {key.removeprefix(begins) for key in self._variables if key.startswith(begins)}
        return sorted({name.removesuffix("_FILE") for name in names} - {""})

    def secret(self, name: str) -> str:
        """A secret, given itself or as the path of a file in `SAFECALL_<name>_FILE`.

        The file must be readable by its owner alone (mode 600 or 400). Returns "" if not set.
        """
        value, path = self.text(name), self.text(f"{name}_FILE")
        if value and path:
            self._refuse(name, f"is given twice; keep either it or {PREFIX}{name}_FILE")
        return self._secret_file(name, Path(path)) if path else value

    def refuse_if_wrong(self) -> None:
        """Raise `ImproperlyConfigured`, naming every problem, if there is any."""
        if self.problems:
            lines = "\n".join(f"  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(
                f"safecall does not start with these settings:\n{lines}\n"
                "docs/operations.md lists every setting."
            )

    def _secret_file(self, name: str, path: Path) -> str:
        try:
            if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                self._refuse(
                    f"{name}_FILE", "names a file that others may read; run chmod 600 on it"
                )
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._refuse(f"{name}_FILE", "names a file that cannot be read")
            return ""

    def _refuse(self, name: str, reason: str) -> None:
        # The value itself is never shown: it may be a secret pasted into the wrong place.
        self.problems.append(f"{PREFIX}{name} {reason}.")


def from_process() -> Environment:
    """The environment of this process."""
    return Environment(os.environ)
