"""The wall, which many eyes see."""

from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from safecall.contacts import answering, selectors
from safecall.contacts.models import Contact, Unit
from safecall.contacts.workflow import State
from safecall.vocabulary.unit_status import Primary


def wall_context(_request: HttpRequest) -> dict[str, Any]:
    """Counts and shares; nothing about any one contact."""
    now = timezone.now()
    last = selectors.last_change_id()
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    still_open = Contact.objects.exclude(state=State.CLOSED.value)
    by_priority = dict(still_open.values_list("priority").annotate(Count("pk")).order_by())
    return {
        "now": now,
        "change": last,
        "spans": [
            ("hour", answering.figures(now - timedelta(hours=1), now)),
            ("today", answering.figures(today, now)),
        ],
        "goals": answering.GOALS,
        "priorities": [(level, by_priority.get(level, 0)) for level in range(1, 6)],
        "open_count": sum(by_priority.values()),
        "ringing": still_open.filter(state=State.RECEIVED.value).count(),
        "free_units": Unit.objects.filter(primary_status=Primary.AVAILABLE.value).count(),
        "all_units": Unit.objects.count(),
    }


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """How fast calls are answered, and what is open; it keeps itself up to date."""
    return render(request, "desk/wall.html", wall_context(request))
