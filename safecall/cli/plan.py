"""`safecall plan`: how many interpreters are needed, for each language and hour."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from safecall.cli._django import fail

if TYPE_CHECKING:
    from safecall.interpreting.staffing.history import History
    from safecall.interpreting.staffing.measured import Measured
    from safecall.interpreting.staffing.planning import Demand, LanguageNeeds, Plan
    from safecall.interpreting.staffing.queues import Assumptions, Goal
    from safecall.interpreting.staffing.vendors import Vendors

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How the plan is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


class By(StrEnum):
    """What the plan distinguishes."""

    DAY = "day"
    WEEK = "week"


@app.callback()
def plan() -> None:
    """The staffing plan for interpreters.

    Examples:

      safecall plan template > history.csv

      safecall plan interpreters --history history.csv
    """


@app.command()
def template() -> None:
    """Print an example of a history: one row per call, with time and language.

    time: when the call came, as 2026-03-01 07:40, in local time.

    language: a tag such as es, or an English name such as Spanish; empty where it is not known.
    Leave calls in English in: they tell how busy each hour is.

    Example:

      safecall plan template > history.csv
    """
    from safecall.interpreting.staffing.history import TEMPLATE

    typer.echo(TEMPLATE, nl=False)


@app.command()
def interpreters(
    history: Annotated[
        Path | None, typer.Option(help="Past calls with the columns time and language, as a file.")
    ] = None,
    from_records: Annotated[
        bool, typer.Option("--from-records", help="Count the last year of this department.")
    ] = False,
    target: Annotated[float, typer.Option(help="The share of callers to reach in time.")] = 0.9,
    within: Annotated[float, typer.Option(help="Seconds; after them comes the vendor.")] = 20,
    pickup: Annotated[
        float | None, typer.Option(help="Chance that who is free picks up; 0.7 if not measured.")
    ] = None,
    busy: Annotated[
        float | None, typer.Option(help="Minutes that a call takes; 12 if not measured.")
    ] = None,
    answers_in: Annotated[
        float | None, typer.Option(help="Seconds from ring to answer; 5 if not measured.")
    ] = None,
    vendor: Annotated[
        float, typer.Option(help="Seconds until a vendor has somebody, on average.")
    ] = 49,
    by: Annotated[By, typer.Option(help="Hours of any day, or of each day of the week.")] = By.DAY,
    also: Annotated[str, typer.Option(help="Plan for these too, though none called: lo,my")] = "",
    zone: Annotated[str, typer.Option(help="Zone to plan in, where times have an offset.")] = "",
    only_days_with_rows: Annotated[
        bool, typer.Option("--only-days-with-rows", help="Days without rows were not recorded.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="To read, for a spreadsheet, or for a program.")
    ] = Format.TEXT,
) -> None:
    """Say how many interpreters each language needs on call, hour by hour.

    So many that the target share of callers is connected in time, before the vendor is dialled.
    Where calls are frequent the queue decides, where they are rare the chance that someone picks
    up. Rates of sparse languages borrow from their other hours and from other languages. Numbers
    in brackets are those for the ends of the 90 % interval of the rate. A language that nobody on
    call speaks has vendors alone; how many contracts that takes is said too.

    Exit code 0: planned. 2: the history or an option is wrong.

    Examples:

      safecall plan interpreters --history calls.csv

      safecall plan interpreters --from-records

      safecall plan interpreters --history calls.csv --pickup 0.5 --busy 15 --by week

      safecall plan interpreters --history calls.csv --also lo,my --format csv > plan.csv
    """
    from safecall.feeds.files import FileUnreadable
    from safecall.interpreting.staffing import showing
    from safecall.interpreting.staffing.history import HistoryUnusable
    from safecall.interpreting.staffing.measured import Measured
    from safecall.interpreting.staffing.planning import Span
    from safecall.interpreting.staffing.queues import Goal
    from safecall.interpreting.staffing.vendors import Vendors

    measured = Measured()
    try:
        goal, assumed = Goal(target, within), measured.assumptions(pickup, busy, answers_in)
        vendors = Vendors(vendor_s=vendor)
        counted = _counted(history, from_records, zone)
        demand = counted.demand(Span(by), only_days_with_rows=only_days_with_rows, also=_tags(also))
        if from_records:
            measured = _measured(within)
            assumed = measured.assumptions(pickup, busy, answers_in)
        made = _make(demand, goal, assumed)
    except (FileUnreadable, HistoryUnusable, ValueError) as error:
        fail(str(error))
    if form is Format.TEXT:
        _print(made, counted, measured, only_days_with_rows)
        typer.echo("\n" + showing.vendors_said(vendors))
    else:
        typer.echo(_written(made, counted, measured, vendors, form), nl=False)


def _counted(path: Path | None, from_records: bool, zone: str) -> History:
    if (path is None) != from_records:
        fail("Say what to plan from: --history FILE, or --from-records; not both.")
    if path is not None:
        return _read(path, zone)
    if zone:
        fail("--zone is for a file; the records have the department's zone, SAFECALL_TIME_ZONE.")
    from rich.console import Console

    from safecall.cli._django import pending_migrations, setup

    setup()
    if pending_migrations():
        fail("The database is not up to date; safecall serve applies what is missing.")
    from safecall.interpreting import demand

    with Console(stderr=True).status("Counting the records of a year"):
        return demand.from_records()


def _measured(within_s: float) -> Measured:
    from safecall.interpreting.demand import measured

    return measured(within_s)


def _read(path: Path, zone: str) -> History:
    from safecall.feeds import files
    from safecall.interpreting.staffing import history

    export = files.read(path)
    history.check_columns(export.columns)
    return history.read(export.rows(), _zone(zone))


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, OSError, ValueError):
        fail(f"There is no time zone {name!r}. Write it as America/Chicago.")


def _tags(typed: str) -> list[str]:
    from safecall.interpreting.staffing.history import tag_of

    return [tag for tag in map(tag_of, typed.split(",")) if tag]


def _make(demand: Demand, goal: Goal, assumed: Assumptions) -> Plan:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from safecall.interpreting.staffing.planning import make

    columns = (TextColumn("Planning languages"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(demand.counts))
        return make(demand, goal, assumed, progress=lambda: progress.advance(task))


def _written(
    made: Plan, counted: History, measured: Measured, vendors: Vendors, form: Format
) -> str:
    from safecall.interpreting.staffing import showing
    from safecall.interpreting.staffing.vendors import vendors_needed

    if form is Format.CSV:
        return showing.as_csv(made)
    document: dict[str, Any] = {
        "goal": asdict(made.goal),
        "assumed": asdict(made.assumed),
        "measured": asdict(measured),
        "vendors_assumed": asdict(vendors),
        "vendors_needed": vendors_needed(vendors),
        "by": made.span,
        "first_day": counted.days[0].isoformat(),
        "last_day": counted.days[-1].isoformat(),
        "rows_counted": counted.total,
        "rows_without_language": counted.without_language,
        "needs": list(showing.rows(made)),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _print(made: Plan, counted: History, measured: Measured, only_days_with_rows: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from safecall.interpreting.staffing.planning import DAYS
    from safecall.interpreting.staffing.showing import runs
    from safecall.vocabulary.languages import label

    console = Console(highlight=False)
    for line in _rests_on(made, counted, measured, only_days_with_rows):
        console.print(line, markup=False, soft_wrap=True)
    if not made.languages:
        console.print("Every call in the history is in English: nobody is needed on call.")
        return
    table = Table(box=None, padding=(0, 2, 1, 0))
    table.add_column("Language")
    table.add_column("Calls", justify="right")
    table.add_column("A day", justify="right")
    table.add_column("On call, from hour to hour")
    for one in made.languages:
        days = [" · ".join(f"{run.hours}: {run.answer}" for run in day) for day in runs(one)]
        if len(days) > 1:
            days = [f"{name} {day}" for name, day in zip(DAYS, days, strict=True)]
        table.add_row(label(one.tag), f"{one.calls:,}", _a_day(one), "\n".join(days))
    console.print()
    console.print(table)


def _from(measured: Measured) -> str:
    if measured.pick_up is None and measured.busy_minutes is None:
        return "       (assumed or typed, not measured)"
    return (
        f"       (measured where not typed: {measured.rings:,} rings and {measured.talks:,} talks "
        "in the last year; assumed where they are too few)"
    )


def _a_day(one: LanguageNeeds) -> str:
    calls = sum(need.rate.mean for need in one.needs) * 24 / len(one.needs)
    if calls < 0.01:
        return "under 0.01"
    return f"{calls:,.0f}" if calls >= 10 else f"{calls:.2g}"


def _rests_on(
    made: Plan, counted: History, measured: Measured, only_days_with_rows: bool
) -> list[str]:
    goal, assumed, days = made.goal, made.assumed, counted.days
    span = (days[-1] - days[0]).days + 1
    took = f"{assumed.answers_in_s:g} s; a call takes {assumed.busy_minutes:g} minutes"
    lines = [
        f"Goal: {goal.share:.0%} of callers connected in {goal.within_s:g} s, before the vendor",
        f"Counted: {counted.total:,} calls, {days[0]} to {days[-1]}",
        f"Taken: {assumed.pick_up:.0%} of those who are free pick up, in {took}",
        _from(measured),
    ]
    if counted.without_language:
        lines.append(f"Left out: {counted.without_language:,} calls without a language")
    if len(days) < span and only_days_with_rows:
        lines.append(f"{span - len(days)} days between have no row; they are taken as not recorded")
    elif len(days) < span:
        lines.append(
            f"{span - len(days)} days between have no row; they count as days without calls "
            "(--only-days-with-rows leaves them out)"
        )
    return lines
