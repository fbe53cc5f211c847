"""The forms of states and cities, filled from the records, for the clerk who sends them."""

from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safecall.accountability.forms import filling, reading, showing
from safecall.accountability.forms.reading import Regime
from safecall.accountability.periods import BadPeriod, Period

_WRITERS: Final = {
    "txt": (showing.as_text, "text/plain; charset=utf-8"),
    "json": (showing.as_json, "application/json"),
    "csv": (showing.as_csv, "text/csv; charset=utf-8"),
}


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Which forms there are, and the last period of each that is over."""
    today = timezone.localdate()
    listed = [(one, one.last_period(today)) for one in reading.regimes().values()]
    return render(request, "desk/forms.html", {"forms": listed})


@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """A form, filled for a period; a wrong period is said, and the last one shown."""
    regime = _regime(code)
    typed = {name: request.GET.get(name, "") for name in ("from", "to")}
    wrong = ""
    try:
        period = _period(typed["from"], typed["to"]) or regime.last_period(timezone.localdate())
    except BadPeriod as error:
        wrong, period = str(error), regime.last_period(timezone.localdate())
    made = filling.fill(regime, period)
    context = {
        "regime": regime,
        "form": made,
        "fields": [
            {**one, "columns": list(one["answer"][0]), "rows": _cells(one["answer"])}
            if isinstance(one["answer"], list) and one["answer"]
            else one
            for one in made["fields"]
        ],
        "notes": showing.notes(made),
        "nil": showing.nil_sentence(made),
        "complete": filling.is_complete(made),
        "period": period,
        "typed": typed if wrong else {"from": made["since"], "to": made["until"]},
        "wrong": wrong,
        "endings": list(_WRITERS),
    }
    return render(request, "desk/form.html", context, status=422 if wrong else 200)


@require_safe
def form_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The form as a file."""
    regime = _regime(code)
    if ending not in _WRITERS:
        raise Http404
    try:
        period = _period(request.GET.get("from", ""), request.GET.get("to", ""))
    except BadPeriod:
        raise Http404 from None
    made = filling.fill(regime, period)
    write, kind = _WRITERS[ending]
    name = f"{code}-{made['since']}-{made['until']}.{ending}"
    return HttpResponse(
        write(made),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _regime(code: str) -> Regime:
    try:
        return reading.regimes()[code]
    except KeyError:
        raise Http404 from None


def _period(first: str, last: str) -> Period | None:
    """The period that was typed; None where nothing was. Raises `BadPeriod`."""
    if not first and not last:
        return None
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except BadPeriod:
        raise
    except ValueError:
        raise BadPeriod("Give both days, each as 2026-01-31.") from None


def _cells(rows: list[dict[str, object]]) -> list[list[str]]:
    return [[showing.cell(value) for value in row.values()] for row in rows]
