"""Reading the registries' CSV files, which ship inside the package."""

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>.csv`, each as column -> value."""
    text = files("safecall.vocabulary").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
