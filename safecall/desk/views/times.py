"""How long people waited for an interpreter: the supervisor's figures."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safecall.desk import times
from safecall.interpreting import measures


def _days(request: HttpRequest) -> int:
    typed = request.GET.get("days", "")
    return int(typed) if typed in map(str, times.PERIODS) else 30


def _span(days: int) -> tuple[datetime, datetime]:
    """Whole days, up to the last midnight, and today."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days), now


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Chart and tables; languages of few people are hidden."""
    days = _days(request)
    since, until = _span(days)
    made = measures.report(since, until)
    names = {
        "requested": "Interpreter asked for",
        "offered": "First one called",
        "answered": "An interpreter accepted",
        "first_word": "First interpreted word",
    }
    context = {
        "days": days,
        "periods": times.PERIODS,
        "since": since,
        "until": until,
        "report": made,
        "chart": times.chart(made.rows),
        "steps": [(names[name], spread) for name, spread in made.steps.items()],
        "goals": times.GOALS,
        "small": measures.HIDDEN,
    }
    return render(request, "desk/times.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet; what is hidden there is hidden here."""
    days = _days(request)
    made = measures.report(*_span(days))
    name = f"interpreter-times-{days}-days.csv"
    return HttpResponse(
        measures.to_csv(made),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
