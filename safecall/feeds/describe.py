"""Proposing a mapping for an export that nobody has mapped yet.

What is printed holds column names and counts. Values are shown only where a column holds a few
codes that repeat; text, addresses and anything about a person never are.
"""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from safecall.feeds.files import Export
from safecall.guard.columns import By, ColumnFinding, judge
from safecall.guard.kinds import Kind

_FEW_CODES = 300
_SHORT = 40

_PERSONAL: Final = re.compile(
    r"name|phone|callback|dob|birth|(^|_)age($|_)|race|ethnic|gender|(^|_)sex($|_)|officer|badge|unit"
    r"|employee|victim|offender|suspect|ssn|licen[cs]e|plate|email"
)
# In the order in which a column is tried; the first that fits and is free takes it.
_FIELDS: Final = (
    ("narrative", r"narrative|comment|remark|(^|_)notes?($|_)|details"),
    ("source_number", r"(incident|event|call|case|item)_?(num|no|id)|crime_id|(^|_)(no|id)$"),
    ("latitude", r"(^|_)lat(itude)?($|_)"),
    ("longitude", r"(^|_)(lon|lng|long|longitude)($|_)"),
    ("received_at", r"(call|creat|report|response|occur).*(date|time)|time_?creat|time_?stamp"),
    ("received_at", r"received|(^|_)date($|_)"),
    ("finished_at", r"clos|clear|finish|complete"),
    ("types", r"(call|incident|problem|event|crime|signal).*(type|desc)|(^|_)type($|_)|title"),
    ("priority", r"priority"),
    ("channel", r"source|channel|how_received|self_?initiated"),
    ("disposition", r"dispo"),
    ("place", r"address|location|(^|_)addr($|_)|block|street"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """A guess for one column: a field of a contact, or "" with the reason why it is not sent."""

    column: str
    field: str
    reason: str
    values: tuple[str, ...] = ()


def propose(export: Export) -> list[Proposal]:
    """A guess for every column, in the file's order.

    Raises:
        GuardUnavailable: the guard's rules cannot be loaded.
    """
    taken: set[str] = set()
    return [_propose(export, name, taken) for name in export.columns]


def _propose(export: Export, column: str, taken: set[str]) -> Proposal:
    counts = export.counts(column)
    found = judge(column, counts, export.columns)
    if found is not None and _never_mapped(found, len(counts)):
        return Proposal(column, "", f"NEVER MAP: {found.reason} ({found.rule})")
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower().strip().replace(" ", "_")
    if _PERSONAL.search(name):
        return Proposal(column, "", "about a person: not needed to send help")
    for field, pattern in _FIELDS:
        if field not in taken and re.search(pattern, name):
            taken.add(field)
            shown = (
                _codes(export.frame[column]) if field in ("types", "disposition", "channel") else ()
            )
            return Proposal(column, field, "", shown)
    return Proposal(column, "", "no field of a contact is like it")


def _never_mapped(found: ColumnFinding, distinct: int) -> bool:
    """Whether a column as a whole carries status.

    A list of call types with one code for it does not: that code is mapped like any other.
    """
    if found.by is not By.VALUES:
        return True
    stating = sum(one.kind != Kind.AUTHORITY for one in found.values)
    return stating * 10 >= distinct


def _codes(column: pl.Series) -> tuple[str, ...]:
    counts = column.value_counts(sort=True)
    values = [value for value in counts[column.name].to_list() if value.strip()]
    repeats = len(values) <= _FEW_CODES and all(len(value) <= _SHORT for value in values)
    return tuple(values) if repeats and len(values) * 2 <= max(column.len(), 2) else ()


def as_toml(proposals: list[Proposal], name: str) -> str:
    """The proposal as a mapping file to complete. It does not load before it is completed."""
    by_field = {proposal.field: proposal for proposal in proposals if proposal.field}
    lines = [
        "# A proposal made from column names. Read every line; docs/replay.md explains them.",
        f"name = {_quoted(name)}",
        'title = ""',
        'timezone = ""  # IANA name, such as America/Chicago',
        "",
        "[contact]",
        *(
            f"{field} = {_quoted('{' + by_field[field].column + '}')}"
            for field in (
                "source_number",
                "place",
                "latitude",
                "longitude",
                "narrative",
                "priority",
            )
            if field in by_field
        ),
        "",
        "# format: epoch_ms, epoch_s, epoch_ms_local, iso, or a strptime pattern. Compare with",
        "# another column: exports lose AM and PM, and write local time as if it were UTC.",
        "[times]",
        *(
            f'{field} = {{ columns = [{_quoted(by_field[field].column)}], format = "" }}'
            for field in ("received_at", "finished_at")
            if field in by_field
        ),
    ]
    for table, default in (("channel", "911"), ("disposition", "13"), ("types", "NONEMERG")):
        lines += _value_table(table, default, by_field.get(table))
    lines += ["", "[not_sent]"]
    lines += [
        f"{_quoted(proposal.column)} = {_quoted(proposal.reason)}"
        for proposal in proposals
        if not proposal.field
    ]
    return "\n".join(lines) + "\n"


def _value_table(table: str, default: str, proposal: Proposal | None) -> list[str]:
    lines = ["", f"[{table}]"]
    if proposal:
        lines.append(f"column = {_quoted(proposal.column)}")
    lines.append(f'{"fallback" if table == "types" else "default"} = "{default}"')
    if proposal and proposal.values:
        lines.append(f"[{table}.values]")
        lines += [f'{_quoted(value)} = ""' for value in proposal.values]
    return lines


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in escaped) + '"'
