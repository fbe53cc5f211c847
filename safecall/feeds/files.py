"""Reading a department's export, whatever it was saved as, as rows of plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

_KINDS = (".parquet", ".csv", ".csv.gz", ".jsonl", ".ndjson", ".json")


class FileUnreadable(ValueError):
    """The file cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of an export, every value as text ("" where empty)."""

    frame: pl.DataFrame

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in the file's order."""
        return self.frame.columns

    def __len__(self) -> int:
        return self.frame.height

    def counts(self, column: str, most: int = 2000) -> dict[str, int]:
        """Differing values of a column and how often each occurs, most frequent first."""
        counted = self.frame[column].alias("value").value_counts(sort=True, name="rows").head(most)
        return dict(zip(counted["value"].to_list(), counted["rows"].to_list(), strict=True))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its number, from 1, the column names not counted."""
        yield from enumerate(self.frame.iter_rows(named=True), start=1)


def read(path: Path, limit: int | None = None) -> Export:
    """The first `limit` rows (all without) of a parquet, CSV or JSON file.

    Raises `FileUnreadable`.
    """
    if not path.is_file():
        raise FileUnreadable(f"There is no file {path}.")
    try:
        frame = _frame(path, limit)
    except (pl.exceptions.PolarsError, OSError) as error:
        # The message of a parser may quote the file, so only its kind is passed on.
        raise FileUnreadable(
            f"{path} is not readable as {path.suffix or 'a table'} ({type(error).__name__}). "
            "Is it complete, and is its name's ending right?"
        ) from None
    return Export(frame.select(pl.all().cast(pl.String).fill_null("")))


def _frame(path: Path, limit: int | None) -> pl.DataFrame:
    name = path.name.lower()
    if name.endswith(".parquet"):
        lazy = pl.scan_parquet(path)
        return (lazy if limit is None else lazy.head(limit)).collect()
    if name.endswith((".csv", ".csv.gz")):
        return pl.read_csv(path, infer_schema=False, n_rows=limit, encoding="utf8-lossy")
    if name.endswith((".jsonl", ".ndjson")):
        return _flat(pl.read_ndjson(path, infer_schema_length=None), limit)
    if name.endswith(".json"):
        return _flat(pl.read_json(path, infer_schema_length=None), limit)
    raise FileUnreadable(f"{path}: the name should end in one of {', '.join(_KINDS)}.")


def _flat(frame: pl.DataFrame, limit: int | None) -> pl.DataFrame:
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    if nested:
        raise FileUnreadable(
            f"Columns with nested values cannot be mapped: {', '.join(nested)}. Flatten them first."
        )
    return frame if limit is None else frame.head(limit)
