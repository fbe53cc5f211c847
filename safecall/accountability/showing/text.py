"""The statement as plain text, for a terminal, a mail or a reader who wants nothing else."""

import textwrap
from collections.abc import Iterator
from typing import Final

from safecall.accountability.showing.shape import Section, Shown, Table

_WIDTH: Final = 88


def as_text(shown: Shown, department: str) -> str:
    """The whole statement, wrapped."""
    return "\n".join(_lines(shown, department)) + "\n"


def _lines(shown: Shown, department: str) -> Iterator[str]:
    yield from (line for line in (department, shown.title, shown.demonstration) if line)
    yield ""
    for sentence in (shown.sentence, *shown.more, shown.as_of):
        yield from textwrap.wrap(sentence, _WIDTH)
    for section in shown.sections:
        yield ""
        yield section.title
        yield "-" * len(section.title)
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    for alert in section.alerts:
        yield from textwrap.wrap(f"! {alert}", _WIDTH, subsequent_indent="  ")
    for sentence in section.sentences:
        yield from textwrap.wrap(sentence, _WIDTH)
    for table in section.tables:
        yield ""
        yield from _table(table)
    for note in section.notes:
        yield from textwrap.wrap(note, _WIDTH)


def _table(table: Table) -> Iterator[str]:
    lines = [table.columns, *table.rows, *([table.total] if table.total else [])]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.columns))]
    yield table.title
    for line in lines:
        first, *rest = line
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  " + "  ".join(cells).rstrip()
