"""Reading a department's export, whatever it was saved as, as rows of plain text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import polars as pl

#: How many differing values of a column are looked at, the most frequent ones.
MOST_VALUES: Final = 2000
_KINDS = (".parquet", ".csv", ".csv.gz", ".jsonl", ".ndjson", ".json")


T = TypeVar("T")
Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


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

    def counts(self, column: str, most: int = MOST_VALUES) -> dict[str, int]:
        """Differing values of a column and how often each occurs, most frequent first."""
        counted = self.frame[column].alias("value").value_counts(sort=True, name="rows").head(most)
        return dict(zip(counted["value"].to_list(), counted["rows"].to_list(), strict=True))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its number, from 1, the column names not counted."""
        yield from rows(self.frame)


@dataclass(frozen=True, slots=True)
class Stream:
    """An export that is read a batch of rows at a time."""

    path: Path
    lazy: pl.LazyFrame
    columns: list[str]
    height: int

    def __len__(self) -> int:
        return self.height

    def counts(self, column: str, most: int = MOST_VALUES) -> dict[str, int]:
        """Differing values of a column and how often each occurs, most frequent first."""
        text = _as_text(self.lazy.select(pl.col(column).alias("value")))
        counted = text.group_by("value").agg(pl.len().alias("rows"))
        frame = self._read(counted.sort("rows", descending=True).head(most))
        return dict(zip(frame["value"].to_list(), frame["rows"].to_list(), strict=True))

    def batches(self, size: int) -> Iterator[tuple[int, pl.DataFrame]]:
        """Frames of up to `size` rows, every value as text, each with its first row's number.

        Raises `FileUnreadable`.
        """
        number = 1
        try:
            found = self.lazy.collect_batches(
                chunk_size=size,
                maintain_order=True,
                engine="streaming",  # any other holds the whole file
            )
            for frame in found:
                yield number, _as_text(frame)
                number += frame.height
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(self.path, error) from None

    def _read(self, lazy: pl.LazyFrame) -> pl.DataFrame:
        try:
            return lazy.collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(self.path, error) from None


def read(path: Path, limit: int | None = None) -> Export:
    """The first `limit` rows (all without) of a parquet, CSV or JSON file.

    Raises `FileUnreadable`.
    """
    return Export(_as_text(_opened(path, limit, lambda lazy: lazy.collect())))


def stream(path: Path, limit: int | None = None) -> Stream:
    """The same, read a batch at a time: parquet and CSV never as a whole.

    Raises `FileUnreadable`.
    """
    return _opened(path, limit, lambda lazy: Stream(path, lazy, *_measured(lazy)))


def rows(frame: pl.DataFrame, first: int = 1) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a frame of texts with its number, the first row's given."""
    yield from enumerate(frame.iter_rows(named=True), start=first)


def _opened(path: Path, limit: int | None, use: Callable[[pl.LazyFrame], T]) -> T:
    if not path.is_file():
        raise FileUnreadable(f"There is no file {path}.")
    try:
        lazy = _scan(path)
        return use(lazy if limit is None else lazy.head(limit))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> FileUnreadable:
    # The message of a parser may quote the file, so only its kind is passed on.
    return FileUnreadable(
        f"{path} is not readable as {path.suffix or 'a table'} ({type(error).__name__}). "
        "Is it complete, and is its name's ending right?"
    )


def _measured(lazy: pl.LazyFrame) -> tuple[list[str], int]:
    height: int = lazy.select(pl.len()).collect(engine="streaming").item()
    return lazy.collect_schema().names(), height


def _as_text(frame: Frame) -> Frame:
    return frame.select(pl.all().cast(pl.String).fill_null(""))


def _scan(path: Path) -> pl.LazyFrame:
    name = path.name.lower()
    if name.endswith(".parquet"):
        return pl.scan_parquet(path)
    if name.endswith((".csv", ".csv.gz")):
        return pl.scan_csv(path, infer_schema=False, encoding="utf8-lossy")
    if name.endswith((".jsonl", ".ndjson")):
        return _flat(pl.read_ndjson(path, infer_schema_length=None))
    if name.endswith(".json"):
        return _flat(pl.read_json(path, infer_schema_length=None))
    raise FileUnreadable(f"{path}: the name should end in one of {', '.join(_KINDS)}.")


def _flat(frame: pl.DataFrame) -> pl.LazyFrame:
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    if nested:
        raise FileUnreadable(
            f"Columns with nested values cannot be mapped: {', '.join(nested)}. Flatten them first."
        )
    return frame.lazy()
