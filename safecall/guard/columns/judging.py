"""One column, or all columns of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from safecall.guard.columns import coding
from safecall.guard.columns.kinds import By, ColumnFinding, ValueFinding
from safecall.guard.columns.naming import Named, judge_name
from safecall.guard.columns.profile import Profile, profile
from safecall.guard.kinds import Kind

#: Digits alone are shown if they are a flag or a short code, so that no day is.
_FLAG: Final = 2


def judge(
    name: str, values: Iterable[str] | Mapping[str, int] = (), beside: Iterable[str] = ()
) -> ColumnFinding | None:
    """Whether a column carries status, by its name or by its values; None if it does not.

    Args:
        name: its header, in any spelling.
        values: its values, or its differing values with their counts.
        beside: the headers of the table; some short ones are judged by their company.

    Raises:
        GuardUnavailable: the guard's rules cannot be loaded.
    """
    held = profile(values)
    found = coding.judge_codes(name, held)
    named = judge_name(name, held, found, beside)
    if named is not None:
        return _by_name(name, named, held, found)
    return _by_values(name, held, found)


def judge_values(values: Iterable[str] | Mapping[str, int], name: str = "") -> ColumnFinding | None:
    """Whether the values alone carry status; ``name`` only helps to read them.

    Raises:
        GuardUnavailable: the guard's rules cannot be loaded.
    """
    held = profile(values)
    return _by_values(name, held, coding.judge_codes(name, held))


def judge_table(columns: Mapping[str, Mapping[str, int]]) -> list[ColumnFinding]:
    """The columns of a table that carry status, in order; each with its values and counts.

    Raises:
        GuardUnavailable: the guard's rules cannot be loaded.
    """
    names = tuple(columns)
    judged = (judge(name, values, names) for name, values in columns.items())
    return [one for one in judged if one is not None]


def _by_name(
    name: str, named: Named, held: Profile, found: tuple[ValueFinding, ...]
) -> ColumnFinding:
    shown = found or _codes_shown(name, named, held)
    return ColumnFinding(name, named.kind, named.rule, named.source, named.reason, By.NAME, shown)


def _codes_shown(name: str, named: Named, held: Profile) -> tuple[ValueFinding, ...]:
    """All codes under a header that says what they are, unless they may be persons' own."""
    if named.kind == Kind.IDENTIFIER or not (held.codes and held.repeat) or coding.of_persons(name):
        return ()
    return tuple(
        ValueFinding(value, count, named.kind, named.rule, named.source, named.reason)
        for value, count in held.counts.items()
        if held.code(value) and (len(value) <= _FLAG or any(map(str.isalpha, value)))
    )


def _by_values(name: str, held: Profile, found: tuple[ValueFinding, ...]) -> ColumnFinding | None:
    if found:
        return _by_codes(name, held, found)
    if (shape := coding.judge_shape(name, held)) is not None:
        rule, reason = shape
        return ColumnFinding(name, Kind.IDENTIFIER, rule, coding.SHAPE_SOURCE, reason, By.SHAPE)
    if held.codes or coding.skipped(name) or (one := coding.judge_text(held)) is None:
        return None
    reason = "is text that states status in many rows"
    return ColumnFinding(name, one.kind, one.rule, "the guard's rules on text", reason, By.TEXT)


def _by_codes(name: str, held: Profile, found: tuple[ValueFinding, ...]) -> ColumnFinding:
    """The kind of most rows is the column's."""
    rows: Counter[Kind] = Counter()
    for one in found:
        rows[one.kind] += one.count
    kind = max(rows, key=lambda one: rows[one])
    first = next(one for one in found if one.kind == kind)
    share = sum(rows.values()) / held.rows
    reason = f"has codes for {first.reason}"
    return ColumnFinding(name, kind, first.rule, first.source, reason, By.VALUES, found, share)
