"""`safecall simulate`: the real engine in simulated time, over a real call log."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safecall.cli._call_log import CALLS_HELP, read_calls
from safecall.cli._django import fail

if TYPE_CHECKING:
    from safecall.interpreting.simulation.figures import Figures, Times
    from safecall.interpreting.simulation.running import Options, Outcome

KEPT, MISSED = 0, 1

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# Each option of an assumption, and how it is printed.
_SAID = {
    "pick_up": "{:.0%} of rings are picked up (--pickup)",
    "declines": "{:.0%} are declined, the rest stay silent",
    "answers_in_s": "answering takes {:g} s on average, at least 2 s",
    "busy_minutes": "a call keeps an interpreter {:g} minutes on average (--busy)",
    "hello_s": "the first interpreted word comes {:g} s after accepting",
    "dials_in_s": "the call taker dials a vendor in {:g} s, one after the other",
    "vendor_s": "the vendor then takes {:g} s on average (--vendor; 49 s: Meischke 2013)",
    "vendor_fails": "{:.0%} of vendors' calls find no interpreter",
    "lost": "{:.1%} of interpreters are lost during the call",
    "supervisor_sees_in_s": "a supervisor sees a page within {:g} s on average",
    "gives_up_minutes": "a call that nobody interprets ends after {:g} minutes",
    "urgent": "{:.0%} of needs are priority 1, where the log has no priorities (--urgent)",
    "worker_s": "the worker carries a step out within {:g} s",
}


class Format(StrEnum):
    """How the figures are written."""

    TEXT = "text"
    JSON = "json"


@app.callback()
def simulate() -> None:
    """Try the software out in simulated time.

    Example:

      safecall simulate interpreters --calls calls.parquet --mapping sapd --share es=0.05,so=0.01
    """


@app.command()
def interpreters(
    calls: Annotated[Path, typer.Option(help=CALLS_HELP)],
    mapping: Annotated[str, typer.Option(help="As for safecall replay: sapd, oakland ...")] = "",
    days: Annotated[int, typer.Option(min=1, help="The last so many days of the log.")] = 30,
    share: Annotated[str, typer.Option(help="Callers per language, of all: so=0.01,es=0.05")] = "",
    people: Annotated[
        str, typer.Option(help="On call at any hour, instead of the staffing plan: so=3,lo=0")
    ] = "",
    pickup: Annotated[float, typer.Option(help="Share of rings that are picked up.")] = 0.7,
    busy: Annotated[float, typer.Option(help="Minutes that a call keeps an interpreter.")] = 12,
    vendor: Annotated[float, typer.Option(help="Seconds until a vendor has somebody.")] = 49,
    vendors: Annotated[
        int | None,
        typer.Option(min=0, max=9, help="Vendors with a contract; as the plan wants if not said."),
    ] = None,
    next_vendor: Annotated[
        int,
        typer.Option(min=0, max=3600, help="Where nobody rings: seconds to the next vendor."),
    ] = 5,
    urgent: Annotated[float, typer.Option(help="Share of needs with priority 1.")] = 0.1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same run.")] = 1,
    speed: Annotated[str, typer.Option(help="Simulated seconds a second, or max.")] = "max",
    zone: Annotated[str, typer.Option(help="Of times without an offset.")] = "America/Chicago",
    chart: Annotated[Path | None, typer.Option(help="Draw the chart to this SVG file.")] = None,
    form: Annotated[
        Format, typer.Option("--format", help="To read, or for a program.")
    ] = Format.TEXT,
) -> None:
    """Live through days of a call log with the real ladder, and say how long callers waited.

    A share of the callers needs an interpreter. People on call are those of the staffing plan,
    made from the days before. The engine decides who is rung; who answers, and when, is assumed:
    each assumption is printed.

    Exit code 0: every goal was kept. 1: one was missed. 2: the log or an option is wrong.

    Examples:

      safecall simulate interpreters --calls sapd.parquet --mapping sapd --share es=0.05,so=0.01

      safecall simulate interpreters --calls calls.csv --days 7 --vendor 30 --chart times.svg

      safecall simulate interpreters --calls calls.csv --share lo=0.001 --people lo=0 --seed 2
    """
    from safecall.feeds.files import FileUnreadable
    from safecall.feeds.mapping import MappingError
    from safecall.interpreting.simulation import demand
    from safecall.interpreting.simulation.assumed import Assumed
    from safecall.interpreting.simulation.running import LogUnusable, Options
    from safecall.interpreting.terms import Times

    try:
        assumed = Assumed(pick_up=pickup, declines=min(0.1, 1 - pickup), busy_minutes=busy,
                          vendor_s=vendor, urgent=urgent)  # fmt: skip
        shares, set_people = demand.parse_shares(share), demand.parse_people(people)
        pace = _speed(speed)
        found, in_zone = read_calls(calls, mapping, zone)
        options = Options(days, shares, in_zone, seed, set_people, assumed, speed=pace,
                          times=Times(next_vendor=next_vendor), vendors=vendors)  # fmt: skip
        outcome = _run(found, options)
    except (FileUnreadable, MappingError, LogUnusable, ValueError) as error:
        fail(str(error))
    if chart is not None:
        _draw(chart, outcome, options)
    if form is Format.JSON:
        typer.echo(json.dumps(_as_json(outcome, options), indent=2))
    else:
        _print(outcome, options)
    raise typer.Exit(KEPT if all(_goals(outcome.figures).values()) else MISSED)


def _speed(typed: str) -> float | None:
    if typed == "max":
        return None
    try:
        speed = float(typed)
    except ValueError:
        speed = 0
    if not 0 < speed < math.inf:
        raise ValueError("--speed is max, or simulated seconds a second, above 0")
    return speed


def _run(found: Any, options: Options) -> Outcome:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    from safecall.interpreting.simulation.running import simulate

    columns = (TextColumn("Simulating"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)
        return simulate(found, options, lambda done: progress.update(task, completed=done))


def _goals(found: Any) -> dict[str, bool]:
    """Each goal of each language, and whether it was kept."""
    return {
        f"{one.language}: {goal}": kept
        for one in found
        if one.language
        for goal, kept in one.goals.items()
    }


def _assumptions(options: Options) -> list[str]:
    values = {one.name: getattr(options.assumed, one.name) for one in fields(options.assumed)}
    return [text.format(values[name]) for name, text in _SAID.items()]


def _as_json(outcome: Outcome, options: Options) -> dict[str, Any]:
    return {
        "seed": options.seed,
        "first_day": outcome.first.isoformat(),
        "last_day": outcome.last.isoformat(),
        "days": outcome.days,
        "calls": outcome.calls,
        "shares_assumed": dict(options.shares),
        "assumed": asdict(options.assumed),
        "vendors": len(outcome.on_call.vendors),
        "next_vendor_s": options.times.next_vendor,
        "people_on_call": {tag: list(hours) for tag, hours in outcome.on_call.people.items()},
        "languages": [_figures(one) for one in outcome.figures],
    }


def _figures(one: Figures) -> dict[str, Any]:
    def finite(value: Times) -> dict[str, float | None]:
        """Who was never connected has no number of seconds."""
        return {k: v if math.isfinite(v) else None for k, v in asdict(value).items()}

    return {
        "language": one.language or "all",
        "needs": one.needs,
        "offered_s": finite(one.offered),
        "answered_s": finite(one.answered),
        "first_word_s": finite(one.first_word),
        "share_in_time": round(one.in_time, 4),
        "reached": {step.name.lower(): calls for step, calls in one.steps.items()},
        "supervisor_told": one.supervisor_told,
        "forgotten": one.forgotten,
        "goals": one.goals,
    }


def _draw(path: Path, outcome: Outcome, options: Options) -> None:
    from safecall.interpreting.simulation.chart import draw

    text = (
        f"{outcome.days} days of a call log, languages and behaviour assumed, seed {options.seed}"
    )
    try:
        path.write_text(draw(outcome.figures, text), encoding="utf-8")
    except OSError as error:
        fail(f"The chart cannot be written to {path}: {error.strerror}.")


def _print(outcome: Outcome, options: Options) -> None:
    from rich.console import Console

    console = Console(highlight=False)

    def say(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    planned = f"{outcome.planned_from_days} days"
    planned += " (the same)" if outcome.planned_from_itself else " before"
    say(f"Simulated: {outcome.days} days, {outcome.first} to {outcome.last}; {outcome.calls:,} "
        f"calls, {len(outcome.stories):,} need an interpreter; seed {options.seed}")  # fmt: skip
    say(f"On call: by the staffing plan from {planned}, so that {options.goal.share:.0%} are "
        f"connected in {options.goal.within_s:g} s")  # fmt: skip
    by_plan = " by the staffing plan" if options.vendors is None else ""
    say(f"Vendors: {len(outcome.on_call.vendors)}{by_plan}; where nobody rings, the next one is "
        f"dialled after {options.times.next_vendor:g} s")  # fmt: skip
    say("ASSUMED, not measured:")
    if options.shares:
        shares = ", ".join(f"{tag} {part:.2%}" for tag, part in options.shares.items())
        say(f"  - languages of the callers (--share): {shares}")
    for text in _assumptions(options):
        say(f"  - {text}")
    say("")
    _print_times(console, outcome)
    _print_steps(console, outcome)
    for goal, kept in _goals(outcome.figures).items():
        if not kept:
            say(f"Goal missed: {goal}")
    forgotten = outcome.figures[-1].forgotten
    say(f"Forgotten: {forgotten or 'nobody'}")


def _print_times(console: Any, outcome: Outcome) -> None:
    from rich.table import Table

    from safecall.vocabulary.languages import label

    table = Table("Language", box=None, title_justify="left", title_style="bold")
    table.title = "Seconds from the need to ...: half of the callers / nine tenths"
    for heading in ("Needs", "On call", "offer", "answer", "first word", "In 20 s", "Goals"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in outcome.figures:
        people = outcome.on_call.people.get(one.language, [])
        on_call = f"{min(people)}-{max(people)}" if people else ""
        table.add_row(
            label(one.language) if one.language else "All",
            f"{one.needs:,}",
            on_call,
            *map(_span, (one.offered, one.answered, one.first_word)),
            f"{one.in_time:.1%}",
            ("kept" if all(one.goals.values()) else "missed") if one.language else "",
        )
    console.print(table)
    console.print()


def _span(value: Times) -> str:
    def said(seconds: float) -> str:
        return f"{seconds:.1f}" if math.isfinite(seconds) else "never"

    return f"{said(value.p50)} / {said(value.p90)}"


def _print_steps(console: Any, outcome: Outcome) -> None:
    from rich.table import Table

    from safecall.interpreting.simulation.figures import Step
    from safecall.vocabulary.languages import label

    table = Table("Language", box=None, title_justify="left", title_style="bold")
    table.title = "Who was reached"
    for step in Step:
        table.add_column(step.value, justify="right")
    table.add_column("escalated", justify="right", min_width=9)
    for one in outcome.figures:
        shown = [f"{one.steps[step] / one.needs:.1%}" for step in Step]
        name = label(one.language) if one.language else "All"
        table.add_row(name, *shown, f"{one.supervisor_told:,}")
    console.print(table)
    console.print()
