"""TOML files that ship with safecall, or that a department has written: by name or by path."""

from importlib.resources import files
from pathlib import Path


def names(package: str, folder: str) -> list[str]:
    """The files of this folder that ship, without their ending."""
    found = files(package).joinpath(folder).iterdir()
    return sorted(item.name.removesuffix(".toml") for item in found if item.name.endswith(".toml"))


def text(name_or_path: str, package: str, folder: str) -> str | None:
    """What stands in the file of this name or path; None where it cannot be read."""
    if name_or_path in names(package, folder):
        shipped = files(package).joinpath(folder, f"{name_or_path}.toml")
        return shipped.read_text(encoding="utf-8")
    try:
        return Path(name_or_path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
